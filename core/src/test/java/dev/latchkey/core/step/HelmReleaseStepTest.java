// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.ManifestDiff.Fate;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Instant;
import java.util.List;
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

  private List<ObjectDiff> objects(Seen seen) {
    Change change = step.plan(Samples.target(), seen).changes().getFirst();
    return change instanceof Change.Update update
        ? update.objects().objects()
        : ManifestDiff.none().objects();
  }

  private static Seen seen(Optional<ManagedIdentity> identity, Release release) {
    var kubeconfig = new Kubeconfig(Samples.CLUSTER, SignIn.CERTIFICATE, "");
    Seen plain = Samples.with(Samples.cluster(), identity, List.of());
    String client = identity.map(each -> each.client().value()).orElse(Steps.STAND_IN);
    return new Seen(
        plain.cluster(),
        plain.identity(),
        plain.credentials(),
        plain.vault(),
        plain.assignments(),
        Optional.of(new Inside(kubeconfig, NamespaceState.PRESENT, Optional.of(release))),
        Optional.of(Samples.chart(client)),
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
        List.of(
            new ManifestObject("ServiceAccount/orders", "client-id: " + clientId),
            new ManifestObject("Deployment/orders", deployment)));
  }
}
