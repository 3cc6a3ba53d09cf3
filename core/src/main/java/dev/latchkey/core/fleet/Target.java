// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.ServiceAccount;
import java.util.Optional;

/// What is wanted on one cluster, with every default of the file resolved.
///
/// @param name unique in the fleet
/// @param environment such as `dev`; only names things
public record Target(
    ClusterName name,
    ResourceId cluster,
    String application,
    Presence presence,
    Optional<String> environment,
    ServiceAccount serviceAccount,
    Namespace namespace,
    IdentityWish identity,
    VaultAccess vault,
    ChartWish chart,
    Management manage) {

  /// Whether the fleet is complete without this cluster.
  public enum Presence {
    /// A cluster that is stopped or being deleted is a failure of the run.
    REQUIRED,
    /// A cluster that is stopped or being deleted is skipped and counts as success.
    OPTIONAL
  }

  /// Who makes the namespace.
  public enum Namespace {
    /// latchkey, where it is missing.
    CREATE,
    /// Others, and so are its quotas and labels.
    EXISTING
  }
}
