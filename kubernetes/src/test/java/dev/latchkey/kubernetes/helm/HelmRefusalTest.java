// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.kubernetes.workload.ClusterProblem;
import dev.latchkey.kubernetes.workload.HookLook.Hook;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void anObjectOfNoReleaseCanBeHandedOver() {
    String text =
        "ServiceAccount \"shop\" in namespace \"web\" exists and cannot be imported into the current"
            + " release: invalid ownership metadata; annotation validation error: missing key"
            + " \"meta.helm.sh/release-name\": must be set to \"shop\"";

    assertThat(problem(text).text().next())
        .contains(
            "kubectl label serviceaccount shop app.kubernetes.io/managed-by=Helm --namespace web"
                + " && kubectl annotate serviceaccount shop meta.helm.sh/release-name=shop"
                + " meta.helm.sh/release-namespace=web --namespace web");
  }

  @Test
  void nobodyIsToldToTakeAnObjectOfAnotherRelease() {
    String text =
        "ServiceAccount \"shop\" in namespace \"web\" exists and cannot be imported into the current"
            + " release: invalid ownership metadata; annotation validation error: key"
            + " \"meta.helm.sh/release-name\" must equal \"shop\": current value is \"other\"";

    assertThat(problem(text).text().next()).doesNotContain("kubectl");
  }

  @Test
  void aMissingRightIsFoundInHelmsSentence() {
    String text =
        "secrets is forbidden: User \"11e1\" cannot create resource \"secrets\" in API group \"\" in"
            + " the namespace \"web\"";

    assertThat(problem(text)).isInstanceOf(ClusterProblem.Forbidden.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 error occurred:\n\t* Post \"https://c/api/v1/namespaces/web/secrets\": EOF",
        "read tcp 10.0.0.1:4->10.0.0.2:443: read: connection reset by peer",
        "net/http: TLS handshake timeout",
        "cluster unreachable: Get \"https://c/version\": EOF",
      })
  void aBrokenConnectionIsNoRefusal(String text) {
    assertThat(problem(text))
        .isEqualTo(new AzureProblem.Unreachable("Deploying the release `shop`", "c", text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cannot patch "shop" with kind Deployment: Deployment.apps "shop" is invalid: spec.selector: Invalid value: v1.LabelSelector{}: field is immutable | Deployment | spec.selector
          cannot patch "shop" with kind Service: Service "shop" is invalid: spec.clusterIPs[0]: Invalid value: []string{"10.0.0.9"}: may not change once set | Service | spec.clusterIPs[0]
          cannot patch "shop" with kind Job: Job.batch "shop" is invalid: spec.template: Invalid value: core.PodTemplateSpec{}: field is immutable | Job | spec.template
          cannot patch "shop" with kind StatefulSet: StatefulSet.apps "shop" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden | StatefulSet | spec
          """)
  void namesTheFieldThatNobodyMayChange(String text, String kind, String field) {
    assertThat(problem("UPGRADE FAILED: " + text))
        .isEqualTo(new HelmProblem.FieldImmutable("web", "shop", kind, "shop", field));
  }

  @Test
  void namesTheHookThatFailed() {
    String text =
        "pre-upgrade hooks failed: 1 error occurred:\n\t* job migrate failed: BackoffLimitExceeded";

    assertThat(problem(text))
        .isEqualTo(
            new HelmProblem.HookFailed("web", "shop", "pre-upgrade", "migrate", text, List.of()));
  }

  @Test
  void namesAHookThatHelmStoppedWaitingForByItsRecord() {
    String text = "failed post-install: 1 error occurred:\n\t* timed out waiting for the condition";
    var failed = (HelmProblem.HookFailed) problem(text);

    var named =
        failed.with(List.of(new Hook("Job", "migrate")), List.of("pod    migrate-1: Running"));

    assertThat(named.text().what()).contains("The post-install hook `migrate` of");
    assertThat(named.text().seen()).endsWith("pod    migrate-1: Running");
    assertThat(named.text().why()).startsWith("It had not ended after 5 min");
  }

  @Test
  void aConnectionThatBreaksDuringAHookIsNoFailureOfTheHook() {
    assertThat(problem("pre-upgrade hooks failed: Get \"https://c/apis\": EOF"))
        .isInstanceOf(AzureProblem.Unreachable.class);
  }

  @Test
  void whatIsNotKnownKeepsHelmsWords() {
    assertThat(problem("odd")).isEqualTo(new HelmProblem.RefusedByCluster("web", "shop", "odd"));
    assertThat(problem("admission denied"))
        .isEqualTo(new HelmProblem.RefusedByCluster("web", "shop", "admission denied"));
  }

  private static Problem problem(String text) {
    var kubeconfig = new Kubeconfig(ResourceId.cluster("s", "g", "c"), SignIn.CERTIFICATE, "");
    return HelmRefusal.problem(kubeconfig, "web", "shop", text);
  }
}
