// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a cluster's proofs say of one edge of the drawing.
///
/// @param words why it is broken or not known; empty when proven
record Chain(State state, String words) {

  /// How sure an edge is.
  enum State {
    /// Every hop of it was proven in this run.
    PROVEN("edge"),
    /// It was set up, which is no proof.
    SET("edge set"),
    /// A hop of it was refuted, or could not be made.
    BROKEN("edge bad");

    private final String style;

    State(String style) {
      this.style = style;
    }

    /// The class of the edge in the page.
    String style() {
      return style;
    }
  }

  /// From the pod to its identity: everything up to the exchange.
  static Chain exchange(ClusterResult cluster) {
    return of(
        cluster, hop -> hop.compareTo(Hop.EXCHANGE) <= 0, Hop.EXCHANGE, Step.FEDERATED_CREDENTIAL);
  }

  /// From the identity to the vault: every declared secret.
  static Chain secrets(ClusterResult cluster) {
    return of(cluster, hop -> hop == Hop.SECRET, Hop.SECRET, Step.KEY_VAULT_ACCESS);
  }

  /// What must be refused.
  static Chain refusals(ClusterResult cluster) {
    return of(cluster, Hop::isRefusal, Hop.UNDECLARED_REFUSED, Step.KEY_VAULT_ACCESS);
  }

  /// Whether the way from the pod to each declared secret was proven.
  static boolean proven(ClusterResult cluster) {
    return exchange(cluster).state() == State.PROVEN && secrets(cluster).state() == State.PROVEN;
  }

  private static Chain of(ClusterResult cluster, Predicate<Hop> part, Hop decisive, Step setUpBy) {
    List<Proof> proofs = cluster.proofs().stream().filter(proof -> part.test(proof.hop())).toList();
    Optional<String> refuted =
        proofs.stream()
            .map(Proof::verdict)
            .filter(Proof.Verdict.Refuted.class::isInstance)
            .map(Proof.Verdict.Refuted.class::cast)
            .map(verdict -> verdict.problem().code())
            .findFirst();
    if (refuted.isPresent()) {
      return new Chain(State.BROKEN, refuted.get());
    }
    ClusterResult.StepResult setUp = cluster.steps().get(setUpBy);
    if (setUp != null && setUp.outcome() instanceof Outcome.Failed failed) {
      return new Chain(State.BROKEN, failed.problem().code());
    }
    boolean decided = proofs.stream().anyMatch(proof -> proof.hop() == decisive);
    boolean all =
        proofs.stream().allMatch(proof -> proof.verdict() instanceof Proof.Verdict.Proven);
    return decided && all ? new Chain(State.PROVEN, "") : new Chain(State.SET, "not proven");
  }
}
