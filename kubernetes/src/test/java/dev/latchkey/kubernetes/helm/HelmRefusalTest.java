// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.kubernetes.workload.ClusterProblem;
import org.junit.jupiter.api.Test;

class HelmRefusalTest {
  @Test
  void aPendingReleaseIsBusy() {
    String text = "UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress";

    assertThat(problem(text)).isEqualTo(new HelmProblem.ReleaseBusy("web", "shop", text));
  }

  @Test
  void aForeignObjectIsNotOwned() {
    String text =
        "ServiceAccount \"shop\" in namespace \"web\" exists and cannot be imported into the current"
            + " release: invalid ownership metadata";

    assertThat(problem(text)).isEqualTo(new HelmProblem.NotOwned("web", "shop", text));
  }

  @Test
  void aMissingRightIsFoundInHelmsSentence() {
    String text =
        "secrets is forbidden: User \"11e1\" cannot create resource \"secrets\" in API group \"\" in"
            + " the namespace \"web\"";

    assertThat(problem(text)).isInstanceOf(ClusterProblem.Forbidden.class);
  }

  @Test
  void whatIsNotKnownKeepsHelmsWords() {
    assertThat(problem("odd")).isEqualTo(new HelmProblem.RefusedByCluster("web", "shop", "odd"));
  }

  private static Problem problem(String text) {
    var kubeconfig = new Kubeconfig(ResourceId.cluster("s", "g", "c"), SignIn.CERTIFICATE, "");
    return HelmRefusal.problem(kubeconfig, "web", "shop", text);
  }
}
