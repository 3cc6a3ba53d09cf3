// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.util.List;

/// An app registration with its service principal.
///
/// @param clientId what signs in
/// @param objectId of its service principal, which role assignments name
/// @param secrets client secrets that are accepted
/// @param trusts its federated credentials
public record Application(
    String clientId,
    String objectId,
    String displayName,
    List<String> secrets,
    List<Trusts.Trust> trusts) {

  public Application {
    secrets = List.copyOf(secrets);
    trusts = List.copyOf(trusts);
  }

  @Override
  public String toString() {
    return "Application[" + displayName + ", " + clientId + "]";
  }
}
