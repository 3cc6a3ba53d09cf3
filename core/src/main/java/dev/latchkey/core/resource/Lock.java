// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.Locale;

/// A management lock of the level `ReadOnly`: nobody may change anything at its scope or below it,
/// whatever rights they have.
///
/// @param id the lock's own full id
/// @param scope a subscription, a resource group or a resource
/// @see <a
///   href="https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources">locks</a>
public record Lock(String id, String scope) {
  /// Whether it forbids to change or to make this resource.
  public boolean forbids(ResourceId resource) {
    String locked = scope.toLowerCase(Locale.ROOT);
    return resource.key().equals(locked) || resource.key().startsWith(locked + "/");
  }

  /// The lock's name.
  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
