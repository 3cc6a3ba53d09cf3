// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Releases.RenderedAccount;
import dev.latchkey.core.port.Releases.RenderedWorkload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartCheckTest {
  @Test
  void acceptsAChartThatCarriesTheIdentityToAPod() {
    assertThat(ChartCheck.missing(target(), Samples.chart("client-1"), "client-1")).isEmpty();
  }

  @Test
  void namesTheAnnotationThatHoldsAnotherClientId() {
    assertThat(ChartCheck.missing(target(), Samples.chart("client-2"), "client-1"))
        .contains(
            new StepProblem.ChartLacks(
                "ServiceAccount/orders",
                "metadata.annotations.azure.workload.identity/client-id",
                "the client id that latchkey hands over"));
  }

  @Test
  void namesTheLabelThatIsNotTheText() {
    Rendered chart = rendered(new RenderedWorkload("Deployment/web", "orders", Optional.of("yes")));

    assertThat(ChartCheck.missing(target(), chart, "client-1"))
        .contains(
            new StepProblem.ChartLacks(
                "Deployment/web",
                "spec.template.metadata.labels.azure.workload.identity/use",
                "\"true\", as a text"));
  }

  @Test
  void namesTheWorkloadThatUsesAnotherAccount() {
    Rendered chart =
        rendered(new RenderedWorkload("Deployment/web", "default", Optional.of("true")));

    assertThat(ChartCheck.missing(target(), chart, "client-1"))
        .contains(
            new StepProblem.ChartLacks(
                "Deployment/web", "spec.template.spec.serviceAccountName", "orders"));
  }

  private static Rendered rendered(RenderedWorkload workload) {
    return new Rendered(
        "",
        "web 1.0.0",
        "digest",
        "",
        Map.of(),
        List.of(),
        List.of(new RenderedAccount("orders", Optional.of("client-1"))),
        List.of(workload));
  }
}
