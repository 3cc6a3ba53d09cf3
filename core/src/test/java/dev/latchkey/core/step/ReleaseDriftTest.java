// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.ManifestDiff.Fate;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.LiveDrift.Edited;
import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.core.resource.LiveDrift.Gone;
import dev.latchkey.core.resource.LiveDrift.ObjectDrift;
import dev.latchkey.core.resource.LiveDrift.Upgrade;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseDriftTest {
  private static final String AUTHORITY = "https://login.microsoftonline.com/";
  private static final Instant DEPLOYED = Instant.parse("2026-03-01T10:00:00Z");
  private static final FieldDrift REPLICAS = field("spec.replicas", "5", "2");

  private final HelmReleaseStep step = new HelmReleaseStep(AUTHORITY);

  @Test
  void anEditedFieldIsSetBackByAnotherRevision() {
    assertThat(only(edited(Upgrade.SETS_BACK, REPLICAS)))
        .isEqualTo(
            new Change.Update(
                ReleaseChange.thing(Samples.target()),
                ReleaseChange.revision(3),
                ReleaseChange.revision(4),
                Because.drift(
                    "somebody edited Deployment/orders: spec.replicas is 5, the chart says 2"),
                "",
                new ManifestDiff(
                    List.of(
                        new ObjectDiff(
                            "Deployment/orders",
                            Fate.CHANGED,
                            List.of("-spec.replicas: 5", "+spec.replicas: 2"))))));
  }

  @Test
  void aDeletedObjectIsMadeAgain() {
    Change change = only(new Gone("Service/orders"));

    assertThat(change.reason()).isEqualTo(Because.drift("somebody deleted Service/orders"));
    assertThat(((Change.Update) change).objects().objects())
        .containsExactly(new ObjectDiff("Service/orders", Fate.ADDED, List.of()));
  }

  @Test
  void severalEditsAreCounted() {
    var gone = new FieldDrift("spec.paused", Optional.empty(), "true");

    assertThat(only(new Gone("Service/orders"), edited(Upgrade.SETS_BACK, REPLICAS, gone)).reason())
        .isEqualTo(Because.drift("somebody deleted Service/orders (and 2 more)"));
    assertThat(only(edited(Upgrade.SETS_BACK, gone)).reason().words())
        .isEqualTo("somebody edited Deployment/orders: spec.paused is gone, the chart says true");
  }

  @Test
  void ofAHiddenValueOnlyThatItDiffersIsSaid() {
    assertThat(
            only(edited(Upgrade.SETS_BACK, field("data.api", "(hidden)", "(hidden)")))
                .reason()
                .words())
        .isEqualTo("somebody edited Deployment/orders: data.api is another one");
  }

  @Test
  void whatHelmLeavesIsToldAndNotPlanned() {
    StepPlan plan = plan(release(""), edited(Upgrade.LEAVES, REPLICAS));

    assertThat(plan.changesSomething()).isFalse();
    assertThat(plan.findings())
        .containsExactly(
            "drift: somebody edited Deployment/orders: spec.replicas is 5, the chart says 2;"
                + " Helm sets back no fields of such objects, so correct it by hand");
  }

  @Test
  void whatMayNotBeReadIsToldAndNothingElse() {
    var unseen = new LiveDrift(List.of(), List.of("Role: may not be read (403)"));

    StepPlan plan = step.plan(Samples.target(), seen(release(""), unseen));

    assertThat(plan.changesSomething()).isFalse();
    assertThat(plan.findings())
        .containsExactly("not compared with the release: Role: may not be read (403)");
  }

  @Test
  void whatARevisionCouldNotSetBackIsNotTriedAgain() {
    Release tried = release(note(edited(Upgrade.SETS_BACK, REPLICAS)));

    StepPlan plan = plan(tried, edited(Upgrade.SETS_BACK, REPLICAS));

    assertThat(plan.changesSomething()).isFalse();
    assertThat(plan.findings())
        .containsExactly(
            "revision 3 was to set back what is still there: somebody edited Deployment/orders:"
                + " spec.replicas is 5, the chart says 2; Helm did not, or something changed it"
                + " again at once");
  }

  @Test
  void theSameEditMadeLaterIsSetBackAgain() {
    Release tried = release(note(edited(Upgrade.SETS_BACK, REPLICAS)));
    var later =
        new Edited(
            "Deployment/orders",
            List.of(REPLICAS),
            Upgrade.SETS_BACK,
            Optional.of(DEPLOYED.plus(Duration.ofHours(1))));

    assertThat(plan(tried, later).changesSomething()).isTrue();
  }

  @Test
  void anotherEditIsSetBackEvenRightAfterARevisionThatSetBackOne() {
    Release tried = release(note(edited(Upgrade.SETS_BACK, REPLICAS)));

    assertThat(
            plan(tried, edited(Upgrade.SETS_BACK, field("spec.replicas", "6", "2")))
                .changesSomething())
        .isTrue();
  }

  @Test
  void aPlanDependsOnWhatWasEdited() {
    Release release = release("");
    var drift = new LiveDrift(List.of(edited(Upgrade.SETS_BACK, REPLICAS)), List.of());

    assertThat(Premises.of(Samples.target(), seen(release, drift)).observed())
        .containsKey("release's objects")
        .containsAllEntriesOf(
            Premises.of(Samples.target(), seen(release, LiveDrift.none())).observed());
  }

  @Test
  void aNoteKeepsTheFingerprintOfSubcharts() {
    var drift = new ReleaseDrift(List.of(edited(Upgrade.SETS_BACK, REPLICAS)));
    Release noted =
        release("deployed by latchkey, subcharts 0a1b, set back " + drift.fingerprint());

    assertThat(ReleaseNote.hasSubcharts(noted, Samples.chart("client-1", "0a1b"))).isTrue();
    assertThat(ReleaseNote.hasSubcharts(noted, Samples.chart("client-1", "2c3d"))).isFalse();
  }

  private static String note(ObjectDrift drift) {
    return ReleaseNote.of(Samples.chart("client-1"), Optional.of(new ReleaseDrift(List.of(drift))));
  }

  private Change only(ObjectDrift... drifts) {
    List<Change> changes = plan(release(""), drifts).changes();
    assertThat(changes).hasSize(1);
    return changes.getFirst();
  }

  private StepPlan plan(Release release, ObjectDrift... drifts) {
    var live = new LiveDrift(List.of(drifts), List.of());
    return step.plan(Samples.target(), seen(release, live));
  }

  private static Seen seen(Release release, LiveDrift drift) {
    var kubeconfig = new Kubeconfig(Samples.CLUSTER, SignIn.CERTIFICATE, "");
    var inside = Inside.of(kubeconfig, NamespaceState.PRESENT, List.of(release)).with(drift);
    Seen plain = Samples.with(Samples.cluster(), Optional.of(Samples.identity()), List.of());
    return new Seen(
        plain.cluster(),
        plain.identity(),
        plain.credentials(),
        plain.vault(),
        plain.assignments(),
        Optional.of(inside),
        Optional.of(Samples.chart("client-1")),
        plain.problems());
  }

  private static Release release(String description) {
    return new Release(
        "orders",
        "orders",
        3,
        "deployed",
        "workload 0.1.0",
        "digest-1",
        HandedOver.values(
            Samples.target(), Samples.identity(), Samples.vault(Vault.Model.ROLES), AUTHORITY),
        "",
        DEPLOYED,
        description,
        Map.of(),
        Samples.objects("client-1"),
        0);
  }

  private static Edited edited(Upgrade upgrade, FieldDrift... fields) {
    return new Edited(
        "Deployment/orders", List.of(fields), upgrade, Optional.of(DEPLOYED.plusSeconds(5)));
  }

  private static FieldDrift field(String path, String live, String wanted) {
    return new FieldDrift(path, Optional.of(live), wanted);
  }
}
