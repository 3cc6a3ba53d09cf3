// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.Lock;
import dev.latchkey.core.resource.Reach;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What can go wrong in the six steps, the trust chain apart.
public sealed interface StepProblem extends Problem {
  /// About the cluster itself.
  sealed interface OfCluster extends StepProblem {}

  /// About its managed identity.
  sealed interface OfIdentity extends StepProblem {}

  /// About the vault and the access to its secrets.
  sealed interface OfVault extends StepProblem {}

  /// About the namespace, the release and its pods.
  sealed interface OfRelease extends StepProblem {}

  /// What any step can meet.
  sealed interface OfAny extends StepProblem {}

  /// There is no such cluster.
  record ClusterMissing(ResourceId cluster) implements OfCluster {}

  /// The cluster is stopped or is being deleted, and the fleet needs it.
  record ClusterNotRunning(ResourceId cluster, String why) implements OfCluster {}

  /// Its API server gives no answer here, so nothing is begun.
  ///
  /// @param network what the network says: `no such host: NAME`, `connection refused`
  record ApiServerUnreachable(ResourceId cluster, Reach reach, String network)
      implements OfCluster {
    /// A cluster's name in the zone that private networks alone know.
    private static final String PRIVATE_ZONE = ".privatelink.";

    /// Whether it is a private cluster: by what ARM says, or by its name.
    public boolean isPrivate() {
      return reach instanceof Reach.OwnNetwork || network.contains(PRIVATE_ZONE);
    }
  }

  /// The update of the cluster failed.
  record UpdateFailed(ResourceId cluster, AzureAnswer refusal) implements OfCluster {}

  /// The update ended and Azure reports no issuer.
  record IssuerNotAnnounced(ResourceId cluster) implements OfCluster {}

  /// The issuer at the end of the update is another one than the first answer announced.
  record IssuerChanged(ClusterName cluster, Issuer first, Issuer last) implements OfCluster {}

  /// Others make this thing, and it is missing or not as needed.
  ///
  /// @param needed what must be there, in one line
  /// @param command the command for its owner
  record Required(Thing thing, String needed, String command) implements OfAny {}

  /// The identity belongs to another cluster or application.
  record IdentityOfOthers(ResourceId identity, String tag, String wanted, String seen)
      implements OfIdentity {}

  /// Two clusters of the fleet would have one identity, and so each other's secrets.
  record IdentityShared(ResourceId identity, List<ClusterName> clusters) implements OfIdentity {
    public IdentityShared {
      clusters = List.copyOf(clusters);
    }
  }

  /// The subscription cannot have identities yet.
  record ProviderNotRegistered(String subscription, String namespace) implements OfIdentity {}

  /// The identity would lie in the node resource group, which AKS owns.
  record NodeResourceGroup(ResourceId identity) implements OfIdentity {}

  /// The identity has no room for another credential.
  ///
  /// @param limit how many each identity may have
  record CredentialsFull(ResourceId identity, int limit) implements OfIdentity {}

  /// Access was cut centrally.
  record Revoked(ResourceId identity, String since) implements OfIdentity {}

  /// A lock forbids to write this resource.
  record ScopeLocked(ResourceId resource, Lock lock) implements OfAny {}

  /// The vault does not have these secrets.
  record SecretsMissing(ResourceId vault, List<SecretName> secrets) implements OfVault {
    public SecretsMissing {
      secrets = List.copyOf(secrets);
    }
  }

  /// There is no such vault.
  record VaultMissing(ResourceId vault) implements OfVault {}

  /// The vault obeys access policies, which cannot name secrets.
  record VaultObeysPolicies(ResourceId vault) implements OfVault {}

  /// The vault obeys roles, so that a policy has no effect.
  record VaultObeysRoles(ResourceId vault) implements OfVault {}

  /// Others gave the identity the role at the vault, and it lets other secrets be read.
  ///
  /// @param readable which ones
  record AccessOfOthers(ResourceId vault, String assignment, String readable) implements OfVault {}

  /// The subscription of the vault has no room for the run's role assignments.
  ///
  /// @param used before the run
  /// @param needed what the whole run would add
  record RoleAssignmentsFull(String subscription, int used, int needed, int limit)
      implements OfVault {}

  /// The namespace is missing, and others make it.
  record NamespaceMissing(ClusterName cluster, String namespace) implements OfRelease {}

  /// The chart does not carry the identity to a pod.
  ///
  /// @param object which of its objects
  /// @param path where it is missing
  record ChartLacks(String object, String path, String needed) implements OfRelease {}

  /// The chart changes live objects where Kubernetes lets nobody change them.
  record FieldsFixed(List<FixedObject> objects) implements OfRelease {
    public FieldsFixed {
      objects = List.copyOf(objects);
    }
  }

  /// What serves under the name of the release is of another chart, and latchkey did not deploy it.
  ///
  /// @param chart the name of the chart that was to take its place
  record ReleaseOfOthers(String namespace, String release, String deployed, String chart)
      implements OfRelease {}

  /// A Helm operation that is not ours, or not dead, holds the release.
  record ReleaseBusy(String namespace, String release, String status, int revision)
      implements OfRelease {}

  /// No waiting can cure the rollout.
  record RolloutStuck(String object, String reason, String message, List<String> events)
      implements OfRelease {}

  /// The rollout did not end in time.
  record RolloutTimedOut(int ready, int wanted, Duration bound, List<String> events)
      implements OfRelease {}

  /// One of Azure's lags lasted longer than its bound.
  record LagOutlasted(Lag lag, Duration waited, Optional<AzureAnswer> last) implements OfAny {}

  /// The pods of a release that was rolled out stopped serving while its wave was watched.
  ///
  /// @param seen what is not as it was
  /// @param message what Kubernetes says to that; may be empty
  /// @param events the latest warnings, one a line
  record ServesNoMore(String seen, String message, List<String> events) implements OfRelease {
    public ServesNoMore {
      events = List.copyOf(events);
    }
  }

  /// A release could not be brought back.
  ///
  /// @param revisions to which it was brought back in vain, in that order
  /// @param last what failed at the last of them
  record RollBackFailed(List<Integer> revisions, Problem last) implements OfRelease {
    public RollBackFailed {
      revisions = List.copyOf(revisions);
    }
  }

  /// The run was interrupted.
  record Interrupted() implements OfAny {}

  /// The run was interrupted, and ended before an answer came to what this step had asked for.
  record InterruptedAtWork() implements OfAny {}

  /// A mistake of ours.
  record Bug(String detail) implements OfAny {}

  @Override
  default String code() {
    return switch (this) {
      case ClusterMissing _ -> "cluster-missing";
      case ClusterNotRunning _ -> "cluster-not-running";
      case ApiServerUnreachable p -> p.isPrivate() ? "private-cluster-unreachable" : "unreachable";
      case UpdateFailed _ -> "update-failed";
      case IssuerNotAnnounced _ -> "issuer-not-announced";
      case IssuerChanged _ -> "issuer-changed";
      case Required _ -> "required-but-missing";
      case IdentityOfOthers _ -> "identity-of-others";
      case IdentityShared _ -> "identity-shared";
      case ProviderNotRegistered _ -> "provider-not-registered";
      case NodeResourceGroup _ -> "node-resource-group";
      case CredentialsFull _ -> "credentials-full";
      case Revoked _ -> "revoked";
      case ScopeLocked _ -> "scope-locked";
      case SecretsMissing _ -> "secrets-missing";
      case VaultMissing _ -> "vault-missing";
      case VaultObeysPolicies _ -> "vault-obeys-policies";
      case VaultObeysRoles _ -> "vault-obeys-roles";
      case AccessOfOthers _ -> "access-of-others";
      case RoleAssignmentsFull _ -> "role-assignments-full";
      case NamespaceMissing _ -> "namespace-missing";
      case ChartLacks _ -> "chart-lacks-identity";
      case FieldsFixed _ -> "release-field-immutable";
      case ReleaseOfOthers _ -> "release-of-others";
      case ReleaseBusy _ -> "release-busy";
      case RolloutStuck _ -> "rollout-stuck";
      case RolloutTimedOut _ -> "rollout-timed-out";
      case ServesNoMore _ -> "serves-no-more";
      case RollBackFailed _ -> "roll-back-failed";
      case LagOutlasted _ -> "lag-outlasted";
      case Interrupted _, InterruptedAtWork _ -> "interrupted";
      case Bug _ -> "bug";
    };
  }

  @Override
  default Optional<AzureAnswer> answer() {
    return switch (this) {
      case UpdateFailed p -> Optional.of(p.refusal());
      case LagOutlasted p -> p.last();
      case RollBackFailed p -> p.last().answer();
      case ClusterMissing _,
          ClusterNotRunning _,
          ApiServerUnreachable _,
          IssuerNotAnnounced _,
          IssuerChanged _,
          Required _,
          IdentityOfOthers _,
          IdentityShared _,
          ProviderNotRegistered _,
          NodeResourceGroup _,
          CredentialsFull _,
          Revoked _,
          ScopeLocked _,
          SecretsMissing _,
          VaultMissing _,
          VaultObeysPolicies _,
          VaultObeysRoles _,
          AccessOfOthers _,
          RoleAssignmentsFull _,
          NamespaceMissing _,
          ChartLacks _,
          FieldsFixed _,
          ReleaseOfOthers _,
          ReleaseBusy _,
          RolloutStuck _,
          RolloutTimedOut _,
          ServesNoMore _,
          Interrupted _,
          InterruptedAtWork _,
          Bug _ ->
          Optional.empty();
    };
  }

  @Override
  default Text text() {
    return StepWording.of(this);
  }
}
