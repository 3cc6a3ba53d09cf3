// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.util.List;

/// Who can read the declared secrets: whom the run adds, and who can beside the fleet.
///
/// @param added in the order of the fleet
/// @param others by access that latchkey neither made nor changes
public record Access(List<Added> added, List<Other> others) {
  /// The identity of one cluster, which cannot read these secrets yet.
  ///
  /// @param secrets at least one
  public record Added(
      ClusterName cluster, String identity, ResourceId vault, List<SecretName> secrets) {
    public Added {
      secrets = List.copyOf(secrets);
    }
  }

  /// A principal that is no identity of this fleet.
  ///
  /// @param role the role's title, or `access policy`
  /// @param scope where it was assigned: the secret, the vault or anything above it
  /// @param assignment the assignment's name; empty for an access policy
  /// @param bounds whether a condition may narrow it
  /// @param secrets the declared ones that it covers
  public record Other(
      PrincipalId principal,
      String role,
      String scope,
      String assignment,
      Bounds bounds,
      ResourceId vault,
      List<SecretName> secrets) {
    public Other {
      secrets = List.copyOf(secrets);
    }
  }

  /// Whether access is bound to a condition.
  public enum Bounds {
    /// It holds always.
    NONE,
    /// Azure evaluates a condition at each call.
    CONDITION
  }

  public Access {
    added = List.copyOf(added);
    others = List.copyOf(others);
  }

  /// Nobody is added, and nobody else can read anything.
  public static Access none() {
    return new Access(List.of(), List.of());
  }
}
