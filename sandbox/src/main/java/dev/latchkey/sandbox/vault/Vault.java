// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import java.util.List;
import java.util.Set;

/// What the data plane needs to know of a vault at this moment.
///
/// @param id the full resource id as written
/// @param location the region
public record Vault(
    String id,
    String name,
    String tenantId,
    String location,
    PermissionModel permissionModel,
    List<AccessPolicy> accessPolicies,
    Network network) {
  /// Who may read: by role assignments, or by the vault's own list.
  public enum PermissionModel {
    /// Role assignments at the vault, the secret, or above.
    ROLES,
    /// The access policies of the vault.
    ACCESS_POLICIES
  }

  /// One entry of the vault's own list.
  ///
  /// @param secretPermissions in lower case: `get`, `list`, `all` …
  public record AccessPolicy(String tenantId, String objectId, Set<String> secretPermissions) {
    public AccessPolicy {
      secretPermissions = Set.copyOf(secretPermissions);
    }

    /// Whether it allows an operation on secrets, named in lower case.
    public boolean allows(String operation) {
      return secretPermissions.contains(operation) || secretPermissions.contains("all");
    }
  }

  /// From where the vault may be asked.
  ///
  /// @param addresses the address ranges let in although the default is to deny
  public record Network(
      PublicAccess publicAccess, DefaultAction defaultAction, List<String> addresses) {
    public Network {
      addresses = List.copyOf(addresses);
    }
  }

  /// Whether the vault answers on its public address at all.
  public enum PublicAccess {
    /// It does.
    ENABLED,
    /// Only private endpoints are let in.
    DISABLED
  }

  /// What happens to an address that no rule names.
  public enum DefaultAction {
    /// It is let in.
    ALLOW,
    /// It is refused.
    DENY
  }

  public Vault {
    accessPolicies = List.copyOf(accessPolicies);
  }
}
