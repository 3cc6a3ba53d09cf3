// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadChartTest {
  private static final Path CHART =
      Path.of(System.getProperty("latchkey.root", "."), "charts", "workload");
  private static final String CLIENT_ID = "11111111-2222-3333-4444-555555555555";
  private static final String TENANT_ID = "66666666-7777-8888-9999-000000000000";
  private static final String VALUES =
      """
      serviceAccount: { create: true, name: orders }
      identity:
        clientId: %s
        tenantId: %s
        authorityHost: https://localhost:8443/
      keyVault: { uri: "https://kv-shared.vault.localhost:8443/" }
      secrets:
        - { name: db-password, as: db-password }
        - { name: payment-api-key, as: PAYMENT_KEY }
      replicaCount: 1
      """
          .formatted(CLIENT_ID, TENANT_ID);

  @TempDir Path folder;

  @Test
  void passesHelmsStrictLint() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @Test
  void bindsTheServiceAccountToTheIdentity() throws IOException {
    var account = only(ServiceAccount.class, render(VALUES));

    assertThat(account.getMetadata().getName()).isEqualTo("orders");
    assertThat(account.getMetadata().getAnnotations())
        .containsEntry("azure.workload.identity/client-id", CLIENT_ID)
        .containsEntry("azure.workload.identity/tenant-id", TENANT_ID);
  }

  @Test
  void labelsThePodForTheWebhookAndRollsItWhenTheIdentityChanges() throws IOException {
    var template = only(Deployment.class, render(VALUES)).getSpec().getTemplate();

    assertThat(template.getSpec().getServiceAccountName()).isEqualTo("orders");
    assertThat(template.getMetadata().getLabels())
        .containsEntry("azure.workload.identity/use", "true");
    assertThat(template.getMetadata().getAnnotations())
        .containsEntry("azure.workload.identity/client-id", CLIENT_ID)
        .containsEntry("azure.workload.identity/tenant-id", TENANT_ID)
        .containsEntry("azure.workload.identity/service-account", "orders");
  }

  @Test
  void tellsTheApplicationItsVaultAndItsSecrets() throws IOException {
    var container =
        only(Deployment.class, render(VALUES)).getSpec().getTemplate().getSpec().getContainers();

    Map<String, String> variables =
        container.getFirst().getEnv().stream()
            .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    assertThat(variables)
        .containsOnly(
            Map.entry("PORT", "8080"),
            Map.entry("KEY_VAULT_URI", "https://kv-shared.vault.localhost:8443/"),
            Map.entry(
                "SECRETS",
                "[{\"as\":\"db-password\",\"name\":\"db-password\"},"
                    + "{\"as\":\"PAYMENT_KEY\",\"name\":\"payment-api-key\"}]"),
            Map.entry("AZURE_AUTHORITY_HOST", "https://localhost:8443/"));
  }

  @Test
  void leavesTheAuthorityToTheWebhookUnlessOneIsGiven() throws IOException {
    var pod = only(Deployment.class, render("identity: {}")).getSpec().getTemplate().getSpec();

    assertThat(pod.getContainers().getFirst().getEnv())
        .extracting(EnvVar::getName)
        .doesNotContain("AZURE_AUTHORITY_HOST");
  }

  @Test
  void runsWithoutPrivileges() throws IOException {
    var pod = only(Deployment.class, render(VALUES)).getSpec().getTemplate().getSpec();
    var container = pod.getContainers().getFirst().getSecurityContext();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void letsADrainTakeOnePodAtATime() throws IOException {
    var budget = only(PodDisruptionBudget.class, render(VALUES));

    assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
  }

  @Test
  void leavesOutAServiceAccountThatOthersMake() throws IOException {
    var objects = render("serviceAccount: { create: false, name: theirs }");

    assertThat(objects).noneMatch(ServiceAccount.class::isInstance);
    assertThat(
            only(Deployment.class, objects)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getServiceAccountName())
        .isEqualTo("theirs");
  }

  @Test
  void refusesAValueThatNoTemplateReads() {
    assertThatThrownBy(() -> render("serviceAcount: { name: orders }"))
        .hasMessageContaining("serviceAcount");
  }

  private List<HasMetadata> render(String values) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    String rendered =
        new Helm(CHART)
            .template()
            .withName("orders")
            .withNamespace("orders")
            .withValuesFile(file)
            .call();
    var serialization = new KubernetesSerialization();
    return Arrays.stream(rendered.split("(?m)^---$", -1))
        .filter(document -> document.contains("kind:"))
        .map(document -> (HasMetadata) serialization.unmarshal(document))
        .toList();
  }

  private static <T extends HasMetadata> T only(Class<T> kind, List<HasMetadata> objects) {
    var found = objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
