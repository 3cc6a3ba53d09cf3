// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.step.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubeconfigsTest {
  private static final ResourceId ID = ResourceId.cluster("s-1", "rg-weu", "aks-a");
  private static final AzureProblem BROKEN =
      new AzureProblem.Unreachable("Reading the credentials", "localhost", "connection reset");

  private final World world = new World("aks-a");
  private final Kubeconfigs kubeconfigs = new Kubeconfigs(world);

  @Test
  void asksOnceForWhatManyNeed() {
    Kubeconfig first = kubeconfigs.kubeconfig(ID);
    Kubeconfig second = kubeconfigs.kubeconfig(ID);

    assertThat(second).isSameAs(first);
    assertThat(world.reads).containsExactly("kubeconfig of aks-a");
  }

  @Test
  void usesWhatWasFetchedEarly() throws InterruptedException {
    kubeconfigs.fetchEarly(ID).join();

    kubeconfigs.kubeconfig(ID);

    assertThat(world.reads).containsExactly("kubeconfig of aks-a");
  }

  @Test
  void asksAgainForWhatCouldNotBeFetchedEarly() throws InterruptedException {
    world.kubeconfigRefusals.add(BROKEN);
    kubeconfigs.fetchEarly(ID).join();

    assertThat(kubeconfigs.kubeconfig(ID).cluster()).isEqualTo(ID);
    assertThat(world.reads).hasSize(2);
  }

  @Test
  void aFailureIsToldToWhoNeedsItAndNotAskedForTwice() {
    world.kubeconfigRefusals.add(BROKEN);

    assertThatThrownBy(() -> kubeconfigs.kubeconfig(ID)).isInstanceOf(ProblemException.class);
    assertThat(world.reads).hasSize(1);
  }

  @Test
  void ofACrowdOfNewClustersTheFirstAreLookedIntoBeforeTheyAreUpdated()
      throws InterruptedException {
    var crowd = new World("aks-a", "aks-b");
    Fleet fleet = RunnerTest.fleet("aks-a", "aks-b");
    Limits tight = Limits.azure().with(Bucket.CLUSTER_OTHERS, new Limits.Rate(2, 1));

    new Observer(crowd.ports(), tight, RunnerTest.STEPS).look(fleet);

    assertThat(crowd.reads)
        .filteredOn(read -> read.startsWith("kubeconfig"))
        .containsExactly("kubeconfig of aks-a");
  }

  @Test
  void aFewNewClustersAreLookedInto() throws InterruptedException {
    Fleet fleet = RunnerTest.fleet("aks-a");

    new Observer(world.ports(), Limits.azure(), RunnerTest.STEPS).look(fleet);

    assertThat(world.reads).contains("kubeconfig of aks-a");
  }

  @Test
  void aDeploymentAsksOnceForEachCluster() throws InterruptedException {
    var crowd = new World("aks-a", "aks-b");
    Limits tight = Limits.azure().with(Bucket.CLUSTER_OTHERS, new Limits.Rate(2, 1));
    Steps steps = RunnerTest.STEPS;

    new Runner(crowd.ports(), tight, steps, List.of()).deploy(RunnerTest.fleet("aks-a", "aks-b"));

    assertThat(crowd.reads)
        .filteredOn(read -> read.startsWith("kubeconfig"))
        .containsExactlyInAnyOrder("kubeconfig of aks-a", "kubeconfig of aks-b");
  }
}
