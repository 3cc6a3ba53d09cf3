// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import java.util.List;
import java.util.Set;

/// What the data plane needs to know of a vault at this moment.
///
/// @param id the full resource id as written
/// @param location the region
/// @param retentionDays how long what was deleted can be recovered
public record Vault(
    String id,
    String name,
    String tenantId,
    String location,
    PermissionModel permissionModel,
    List<AccessPolicy> accessPolicies,
    Network network,
    Deletion deletion,
    int retentionDays) {
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

    /// Whether a rule names this IPv4 address.
    public boolean admits(String address) {
      return addresses.stream().anyMatch(range -> isIn(address, range));
    }

    private static boolean isIn(String address, String range) {
      String[] parts = range.split("/", 2);
      int bits = parts.length > 1 && parts[1].matches("\\d{1,2}") ? Integer.parseInt(parts[1]) : 32;
      long mask = bits == 0 ? 0 : -1L << (32 - Math.min(32, bits));
      return isIpv4(parts[0]) && (number(address) & mask) == (number(parts[0]) & mask);
    }

    private static boolean isIpv4(String text) {
      return text.matches("(\\d{1,3}\\.){3}\\d{1,3}");
    }

    private static long number(String address) {
      long number = 0;
      for (String part : address.split("\\.", -1)) {
        number = number << 8 | Integer.parseInt(part);
      }
      return number;
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

  /// What a deletion of the vault, or of something in it, means.
  public enum Deletion {
    /// It is gone: soft delete was never switched on.
    FINAL,
    /// It can be recovered, and purged by who may.
    RECOVERABLE,
    /// It can be recovered, and nobody can purge it.
    PROTECTED
  }

  public Vault {
    accessPolicies = List.copyOf(accessPolicies);
  }
}
