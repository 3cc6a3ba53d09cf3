// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.ManifestDiff.Fate;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ReleaseCopy;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HelmReleaseStepTest {
  private final HelmReleaseStep step = new HelmReleaseStep("https://login.microsoftonline.com/");

  @Test
  void showsWhichLinesOfWhichObjectsChange() {
    Seen seen = seen(Optional.of(Samples.identity()), release("client-1", "replicas: 3"));

    assertThat(objects(seen))
        .containsExactly(
            new ObjectDiff(
                "Deployment/orders", Fate.CHANGED, List.of("-replicas: 3", "+replicas: 1")));
  }

  @Test
  void showsAsKnownLaterWhatTheIdentityWillBe() {
    Seen seen = seen(Optional.empty(), release("client-1", "replicas: 1"));

    assertThat(objects(seen))
        .containsExactly(
            new ObjectDiff(
                "ServiceAccount/orders",
                Fate.CHANGED,
                List.of("-client-id: client-1", "+client-id: (known after the identity is made)")));
  }

  @Test
  void noticesASubchartThatChangedWithoutItsVersion() {
    Release release =
        as(release("client-1", "replicas: 1"), "deployed by latchkey, subcharts 0a1b");

    assertThat(plan(release, "0a1b", Map.of()).changesSomething()).isFalse();
    assertThat(plan(release, "2c3d", Map.of()).changesSomething()).isTrue();
  }

  @Test
  void comparesWhatWasRenderedWhereOthersWroteAReleaseWithSubcharts() {
    Release same = as(release("client-1", "replicas: 1"), "Upgrade complete");
    Release other = as(release("client-1", "replicas: 7"), "Upgrade complete");

    assertThat(plan(same, "0a1b", Map.of()).changesSomething()).isFalse();
    assertThat(plan(other, "0a1b", Map.of()).changesSomething()).isTrue();
  }

  @Test
  void saysWhyThereIsANewRevisionWhereNoObjectDiffers() {
    Release same = as(release("client-1", "replicas: 1"), "deployed by latchkey");

    assertThat(note(ReleaseCopy.of(same).status("failed").made()))
        .isEqualTo("the revision before it failed");
    assertThat(note(ReleaseCopy.of(same).chartDigest("digest-0").made()))
        .isEqualTo("no object differs; the chart's files do, hooks perhaps");
    assertThat(note(ReleaseCopy.of(same).values(ChartValues.none()).made()))
        .isEqualTo("no object differs; the values do, which hooks may use");
    assertThat(note(release("client-1", "replicas: 3"))).isEmpty();
  }

  @Test
  void doesNotReplaceWhatOthersRunUnderTheNameOfTheRelease() {
    Release billing = ReleaseCopy.of(release("", "")).chart("billing 2.0.0").made();
    Release byHand = ReleaseCopy.of(billing).description("Install complete").made();
    Release ours = ReleaseCopy.of(billing).description("deployed by latchkey").made();
    Release failed = ReleaseCopy.of(byHand).status("failed").made();

    assertThat(plan(byHand, "", Map.of()).obstacle())
        .contains(new StepProblem.ReleaseOfOthers("orders", "orders", "billing 2.0.0", "workload"));
    assertThat(plan(ours, "", Map.of()).obstacle()).isEmpty();
    assertThat(plan(failed, "", Map.of()).obstacle()).isEmpty();
  }

  @Test
  void saysThatHelmUpdatesNoDefinition() {
    Release release = release("client-1", "replicas: 1");

    assertThat(plan(release, "", Map.of("crds/queue.yaml", "0a1b")).findings())
        .containsExactly(
            "crds/queue.yaml differs from revision 1, and Helm never updates what lies in crds/:"
                + " kubectl apply -f it");
  }

  private StepPlan plan(Release release, String subcharts, Map<String, String> definitions) {
    Rendered chart = Samples.chart("client-1");
    var rendered =
        new Rendered(
            chart.manifest(),
            chart.chart(),
            chart.chartDigest(),
            subcharts,
            definitions,
            chart.objects(),
            chart.serviceAccounts(),
            chart.workloads());
    return step.plan(Samples.target(), seen(Optional.of(Samples.identity()), release, rendered));
  }

  private String note(Release release) {
    Change change =
        step.plan(Samples.target(), seen(Optional.of(Samples.identity()), release))
            .changes()
            .getFirst();
    return ((Change.Update) change).note();
  }

  /// A revision with the values and the chart that are wanted.
  private static Release as(Release release, String description) {
    return ReleaseCopy.of(release)
        .chartDigest("digest-1")
        .values(
            HandedOver.values(
                Samples.target(),
                Samples.identity(),
                Samples.vault(Vault.Model.ROLES),
                "https://login.microsoftonline.com/"))
        .description(description)
        .made();
  }

  private List<ObjectDiff> objects(Seen seen) {
    Change change = step.plan(Samples.target(), seen).changes().getFirst();
    return change instanceof Change.Update update
        ? update.objects().objects()
        : ManifestDiff.none().objects();
  }

  private static Seen seen(Optional<ManagedIdentity> identity, Release release) {
    String client = identity.map(each -> each.client().value()).orElse(Steps.STAND_IN);
    return seen(identity, release, Samples.chart(client));
  }

  private static Seen seen(Optional<ManagedIdentity> identity, Release release, Rendered chart) {
    var kubeconfig = new Kubeconfig(Samples.CLUSTER, SignIn.CERTIFICATE, "");
    Seen plain = Samples.with(Samples.cluster(), identity, List.of());
    return new Seen(
        plain.cluster(),
        plain.identity(),
        plain.credentials(),
        plain.vault(),
        plain.assignments(),
        Optional.of(Inside.of(kubeconfig, NamespaceState.PRESENT, List.of(release))),
        Optional.of(chart),
        plain.problems());
  }

  private static Release release(String clientId, String deployment) {
    return new Release(
        "orders",
        "orders",
        1,
        "deployed",
        "workload 0.1.0",
        "digest-0",
        ChartValues.none(),
        "",
        Instant.EPOCH,
        "",
        Map.of(),
        List.of(
            new ManifestObject("ServiceAccount/orders", "client-id: " + clientId),
            new ManifestObject("Deployment/orders", deployment)),
        0);
  }
}
