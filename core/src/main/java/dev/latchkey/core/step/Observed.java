// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import dev.latchkey.core.trust.ChainProblem;
import java.util.List;
import java.util.Optional;

/// What is there without this run, as the facts that step 6 needs.
public final class Observed {
  private Observed() {}

  /// The facts of a cluster on which everything was deployed before; ends in a problem that names
  /// what is missing.
  public static List<Known> facts(Target target, Seen seen) {
    seen.problems().values().stream().findFirst().ifPresent(Observed::fail);
    ObservedCluster cluster =
        seen.cluster()
            .orElseThrow(
                () -> new ProblemException(new StepProblem.ClusterMissing(target.cluster())));
    Issuer issuer =
        cluster
            .issuer()
            .orElseThrow(
                () -> missing(target, Kind.CLUSTER, cluster.id().name(), "OIDC issuer on"));
    String name = target.identity().id(cluster.location()).name();
    ManagedIdentity identity =
        seen.identity()
            .orElseThrow(() -> missing(target, Kind.IDENTITY, name, "a managed identity"));
    Vault vault =
        seen.vault()
            .orElseThrow(
                () -> new ProblemException(new StepProblem.VaultMissing(target.vault().vault())));
    Release release =
        seen.inside()
            .flatMap(Inside::release)
            .orElseThrow(
                () -> missing(target, Kind.RELEASE, target.chart().release(), "a Helm release"));
    return List.of(
        new Known.Announced(issuer),
        new Known.ClusterUpdated(cluster, Optional.empty()),
        new Known.Identity(identity),
        new Known.Credential(credential(target, seen, identity), Optional.empty()),
        new Known.Access(vault, Optional.empty(), 0),
        new Known.Deployed(release, Optional.empty()));
  }

  /// Ours; or another one for the same service account, so that its difference can be told.
  private static FederatedCredential credential(
      Target target, Seen seen, ManagedIdentity identity) {
    String subject = target.serviceAccount().subject();
    return FederatedCredentialStep.ours(target, seen.credentials())
        .or(
            () ->
                seen.credentials().stream()
                    .filter(each -> each.subject().equals(subject))
                    .findFirst())
        .orElseThrow(
            () ->
                new ProblemException(
                    new ChainProblem.CredentialMissing(
                        target.name(),
                        identity.id().name(),
                        FederatedCredentialStep.name(target))));
  }

  private static ProblemException missing(Target target, Kind kind, String name, String needed) {
    return new ProblemException(
        new StepProblem.Required(
            new Thing(kind, name), needed, "latchkey deploy --only " + target.name()));
  }

  private static void fail(Problem problem) {
    throw new ProblemException(problem);
  }
}
