// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

/// Who asks, as the token says.
///
/// @param objectId what role assignments name
/// @param clientId what signed in
/// @param user the name of the user who signed in, or the empty text for a service principal
public record Caller(String objectId, String clientId, String tenantId, String user) {
  /// A service principal.
  public Caller(String objectId, String clientId, String tenantId) {
    this(objectId, clientId, tenantId, "");
  }

  /// How `systemData` names who wrote.
  public String name() {
    return user.isEmpty() ? clientId : user;
  }

  /// How `systemData` sorts who wrote.
  public String kind() {
    return user.isEmpty() ? "Application" : "User";
  }
}
