// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.snapshot;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.Vault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen of one cluster and of all that belongs to it.
///
/// @param identity the identity under the wanted id, if there is one
/// @param credentials all credentials of that identity
/// @param assignments all role assignments at the vault, below it and inherited by it
/// @param chart the chart rendered with the identity's values, or with stand-ins while it is not
///   there
/// @param problems what could not be looked at, and why
public record Seen(
    Optional<ObservedCluster> cluster,
    Optional<ManagedIdentity> identity,
    List<FederatedCredential> credentials,
    Optional<Vault> vault,
    List<RoleAssignment> assignments,
    Optional<Inside> inside,
    Optional<Rendered> chart,
    Map<Part, Problem> problems) {

  /// A part of the world that is looked at by requests of its own.
  public enum Part {
    /// The cluster through ARM.
    CLUSTER,
    /// The identity and its credentials.
    IDENTITY,
    /// The vault and the assignments at it.
    VAULT,
    /// Namespace and release, through the cluster's API server.
    INSIDE,
    /// The chart, rendered on this machine.
    CHART
  }

  /// What was seen inside the cluster.
  ///
  /// @param release the newest revision of the release, if there is one
  /// @param base the revision that an upgrade by Helm starts from: the newest that was deployed in
  ///   full, else the newest
  /// @param drift what others changed in the release's objects, where somebody looked
  /// @param fixed objects that the upgrade would change where nobody may, where somebody looked
  public record Inside(
      Kubeconfig kubeconfig,
      NamespaceState namespace,
      Optional<Release> release,
      Optional<Release> base,
      LiveDrift drift,
      List<FixedObject> fixed) {
    public Inside {
      fixed = List.copyOf(fixed);
    }

    /// What is seen before anybody looks at the release's objects.
    ///
    /// @param revisions of the release, newest first
    public static Inside of(
        Kubeconfig kubeconfig, NamespaceState namespace, List<Release> revisions) {
      Optional<Release> newest = revisions.stream().findFirst();
      Optional<Release> deployed =
          revisions.stream().filter(revision -> revision.status().equals("deployed")).findFirst();
      return new Inside(
          kubeconfig, namespace, newest, deployed.or(() -> newest), LiveDrift.none(), List.of());
    }

    /// The same with what a look at the release's objects tells.
    public Inside with(LiveDrift found) {
      return new Inside(kubeconfig, namespace, release, base, found, fixed);
    }

    /// The same with objects that an upgrade would change where nobody may.
    public Inside with(List<FixedObject> found) {
      return new Inside(kubeconfig, namespace, release, base, drift, found);
    }
  }

  public Seen {
    credentials = List.copyOf(credentials);
    assignments = List.copyOf(assignments);
    problems = Map.copyOf(problems);
  }

  /// The same with another look into the cluster.
  public Seen with(Inside found) {
    return new Seen(
        cluster, identity, credentials, vault, assignments, Optional.of(found), chart, problems);
  }
}
