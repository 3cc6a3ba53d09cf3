// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.CLUSTER;
import static dev.latchkey.core.step.Samples.cluster;
import static dev.latchkey.core.step.Samples.identity;
import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManagedIdentityStepTest {
  private static final Thing THING = new Thing(Kind.IDENTITY, "id-orders-aks-weu-1");

  private final ManagedIdentityStep step = new ManagedIdentityStep();

  @Test
  void makesAnIdentityThatIsMissing() {
    StepPlan plan = step.plan(target(), seen(Optional.empty()));

    assertThat(plan.changes()).hasSize(1).first().isInstanceOf(Change.Create.class);
  }

  @Test
  void keepsAnIdentityThatCarriesOurMarks() {
    StepPlan plan = step.plan(target(), seen(Optional.of(identity())));

    assertThat(plan.changes()).containsExactly(new Change.Keep(THING));
  }

  @Test
  void keepsItWhenTheClustersIdIsSpelledInOtherCase() {
    Tags shouted =
        new Tags(
            Map.of(
                Tags.APPLICATION, "orders", Tags.CLUSTER, CLUSTER.text().toUpperCase(Locale.ROOT)));

    assertThat(obstacle(identity(shouted))).isEmpty();
  }

  @Test
  void refusesAnIdentityOfAnotherApplication() {
    Tags theirs = new Tags(Map.of(Tags.APPLICATION, "billing"));

    assertThat(obstacle(identity(theirs)))
        .contains(
            new StepProblem.IdentityOfOthers(
                identity().id(), Tags.APPLICATION, "orders", "billing"));
  }

  @Test
  void refusesAnIdentityWhoseAccessWasCut() {
    Tags cut = ManagedIdentityStep.marks(target()).with(new Tags(Map.of(Tags.REVOKED, "2026-11")));

    assertThat(obstacle(identity(cut)))
        .contains(new StepProblem.Revoked(identity().id(), "2026-11"));
  }

  @Test
  void refusesTheNodeResourceGroup() {
    Target target = target();
    String nodes = cluster().nodeResourceGroup().toUpperCase(Locale.ROOT);
    var wish = new IdentityWish("s-1", nodes, "id-orders", Optional.empty(), Tags.none());

    StepPlan plan = step.plan(withIdentity(target, wish), seen(Optional.empty()));

    assertThat(plan.obstacle())
        .contains(
            new StepProblem.NodeResourceGroup(ResourceId.identity("s-1", nodes, "id-orders")));
  }

  @Test
  void tellsWhomElseTheIdentityTrusts() {
    var other =
        new FederatedCredential(
            "ci", new Issuer("https://ci.example/"), "system:serviceaccount:ci:ci", "x");
    Seen seen = Samples.with(cluster(), Optional.of(identity()), List.of(other));

    assertThat(step.plan(target(), seen).findings())
        .containsExactly(
            "id-orders-aks-weu-1 also trusts system:serviceaccount:ci:ci of https://ci.example/"
                + " (credential ci)");
  }

  private Optional<Problem> obstacle(ManagedIdentity identity) {
    return step.plan(target(), seen(Optional.of(identity))).obstacle();
  }

  private static Seen seen(Optional<ManagedIdentity> identity) {
    return Samples.with(cluster(), identity, List.of());
  }

  private static Target withIdentity(Target target, IdentityWish wish) {
    return new Target(
        target.name(),
        target.cluster(),
        target.application(),
        target.presence(),
        target.environment(),
        target.serviceAccount(),
        target.namespace(),
        wish,
        target.vault(),
        target.chart(),
        target.manage());
  }
}
