// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.port.TokenExchange.Exchange;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks why an application does not start: it may wait for a declared secret that its vault does
/// not have, and Kubernetes knows nothing of that.
///
/// Asked once, when a rollout has failed and nothing in Kubernetes explains it.
final class AbsentSecret {
  /// What Kubernetes says of an application that ends by itself or never becomes ready.
  private static final Set<String> UNEXPLAINED =
      Set.of("CrashLoopBackOff", "ProgressDeadlineExceeded");

  private AbsentSecret() {}

  /// The secret that is not there; empty when they all are, or nobody can tell.
  static Optional<ChainProblem> behind(Rollout failed, Work work, Cluster cluster) {
    boolean unexplained =
        switch (failed) {
          case Rollout.Ready _ -> false;
          case Rollout.Stuck stuck -> UNEXPLAINED.contains(stuck.reason());
          case Rollout.TimedOut _ -> true;
        };
    if (!unexplained) {
      return Optional.empty();
    }
    try {
      return missing(work, cluster);
    } catch (ProblemException _) {
      return Optional.empty(); // the rollout's own failure is told
    }
  }

  private static Optional<ChainProblem> missing(Work work, Cluster cluster) {
    Optional<Token> token = signedIn(work, cluster);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    List<SecretName> names = work.target().vault().names();
    return names.stream().flatMap(name -> missing(work, name, token.get()).stream()).findFirst();
  }

  /// Signs in as a pod of the application would.
  private static Optional<Token> signedIn(Work work, Cluster cluster) {
    Target target = work.target();
    ManagedIdentity identity = work.facts().identity().identity();
    Optional<Pod> pod =
        cluster.pods(target.serviceAccount()).stream()
            .filter(PodHops::labelled)
            .filter(each -> PodHops.injected(each).isEmpty())
            .findFirst();
    return pod.map(each -> cluster.token(target.serviceAccount(), each, ChainWalk.TOKEN_LIFE))
        .map(token -> work.ports().exchange().exchange(identity.tenant(), identity.client(), token))
        .flatMap(
            answer ->
                answer instanceof Exchange.Granted(Token token)
                    ? Optional.of(token)
                    : Optional.empty());
  }

  private static Optional<ChainProblem> missing(Work work, SecretName name, Token token) {
    Vault vault = work.facts().access().vault();
    if (work.ports().secrets().probe(vault, name, token)
        instanceof SecretProbe.Answer.Missing(var answer)) {
      var problem =
          new ChainProblem.SecretMissing(work.target().name(), vault.id().name(), name, answer);
      work.proved(Proof.refuted(Hop.SECRET, name.value(), problem));
      return Optional.of(problem);
    }
    return Optional.empty();
  }
}
