// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.port.Workloads.Webhook;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.Optional;

/// A pod that is only tried, by which the workload identity webhook shows itself.
///
/// It runs under the account `default`, since the app's own may not be there yet, and keeps the
/// restricted Pod Security Standard, so that a strict namespace takes it too.
///
/// @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run">dry run</a>
final class WebhookProbe {
  private static final String LABEL = "azure.workload.identity/use";
  private static final String VARIABLE = "AZURE_FEDERATED_TOKEN_FILE";
  private static final String ACCOUNT_NOT_MADE_YET = "error looking up service account";
  private static final long NOBODY = 65_534;

  private WebhookProbe() {}

  static Pod pod(String namespace) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withGenerateName("latchkey-webhook-check-")
        .addToLabels(LABEL, "true")
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName("default")
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(NOBODY)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .addNewContainer()
        .withName("pause")
        .withImage("registry.k8s.io/pause:3.10")
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }

  static Webhook read(Pod answer) {
    boolean mutated =
        answer.getSpec().getContainers().stream()
            .flatMap(container -> container.getEnv().stream())
            .anyMatch(variable -> VARIABLE.equals(variable.getName()));
    return mutated ? Webhook.SERVES : Webhook.SILENT;
  }

  /// What a refusal says of the webhook; empty when it is about who asks. A server that is too busy
  /// or does not answer calls no webhook either.
  static Optional<Webhook> read(KubernetesClientException refusal) {
    int code = refusal.getCode();
    if (code == 401) {
      return Optional.empty();
    }
    boolean answered = code >= 400 && code < 500 && code != 429;
    boolean early =
        Objects.requireNonNullElse(refusal.getMessage(), "").contains(ACCOUNT_NOT_MADE_YET);
    return Optional.of(answered && !early ? Webhook.HIDDEN : Webhook.SILENT);
  }
}
