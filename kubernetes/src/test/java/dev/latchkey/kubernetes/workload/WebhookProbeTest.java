// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Workloads.Webhook;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookProbeTest {
  @Test
  void isMarkedForTheWebhookAndFitsARestrictedNamespace() {
    var pod = WebhookProbe.pod("orders");

    assertThat(pod.getMetadata().getLabels()).containsEntry("azure.workload.identity/use", "true");
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getContainers().getFirst().getSecurityContext().getCapabilities())
        .returns(List.of("ALL"), each -> each.getDrop());
  }

  @Test
  void seesTheWebhookByTheTokenFile() {
    var plain = WebhookProbe.pod("orders");
    var mutated =
        new PodBuilder(plain)
            .editSpec()
            .editFirstContainer()
            .addNewEnv()
            .withName("AZURE_FEDERATED_TOKEN_FILE")
            .withValue("/token")
            .endEnv()
            .endContainer()
            .endSpec()
            .build();

    assertThat(WebhookProbe.read(plain)).isEqualTo(Webhook.SILENT);
    assertThat(WebhookProbe.read(mutated)).isEqualTo(Webhook.SERVES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | pods "p" is forbidden: error looking up service account orders/default | SILENT
          500 | failed calling webhook "mutation.azure-workload-identity.io": refused    | SILENT
          403 | pods "p" is forbidden: violates PodSecurity "restricted:latest"         | HIDDEN
          403 | pods is forbidden: User "u" cannot create resource "pods"               | HIDDEN
          400 | admission webhook "validation.gatekeeper.sh" denied the request         | HIDDEN
          429 | too many requests                                                       | SILENT
          0   | EOF reached while reading                                               | SILENT
          """)
  void readsARefusal(int code, String message, Webhook expected) {
    assertThat(WebhookProbe.read(refusal(code, message))).contains(expected);
  }

  @Test
  void whoIsNotKnownLearnsNothing() {
    assertThat(WebhookProbe.read(refusal(401, "Unauthorized"))).isEmpty();
  }

  private static KubernetesClientException refusal(int code, String message) {
    return new KubernetesClientException(
        message, code, new StatusBuilder().withMessage(message).withCode(code).build());
  }
}
