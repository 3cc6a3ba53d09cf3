// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InsideTest {
  @Test
  void anUpgradeStartsFromTheNewestRevisionThatWasDeployedInFull() {
    Release good = revision(3, "deployed");

    assertThat(inside(revision(4, "failed"), good, revision(2, "superseded")).base())
        .contains(good);
  }

  @Test
  void anUpgradeStartsFromTheNewestRevisionWhereNoneWasDeployedInFull() {
    Release bad = revision(2, "failed");

    assertThat(inside(bad, revision(1, "failed")).base()).contains(bad);
    assertThat(inside().base()).isEmpty();
  }

  private static Inside inside(Release... revisions) {
    var cluster = ResourceId.cluster("s", "rg", "aks");
    var kubeconfig = new Kubeconfig(cluster, SignIn.CERTIFICATE, "");
    return Inside.of(kubeconfig, NamespaceState.PRESENT, List.of(revisions));
  }

  private static Release revision(int number, String status) {
    return new Release(
        "orders",
        "orders",
        number,
        status,
        "workload 0.1.0",
        "",
        ChartValues.none(),
        "",
        Instant.EPOCH,
        "",
        Map.of(),
        List.of(),
        0);
  }
}
