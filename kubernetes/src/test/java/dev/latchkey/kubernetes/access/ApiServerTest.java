// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Token;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiServerTest {
  /// What AKS hands out for a cluster with Entra ID.
  private static final String ENTRA =
      """
      apiVersion: v1
      kind: Config
      current-context: aks-weu-1
      clusters:
      - name: aks-weu-1
        cluster: {server: "https://aks.hcp.westeurope.azmk8s.io:443", certificate-authority-data: Q0E=}
      contexts:
      - name: aks-weu-1
        context: {cluster: aks-weu-1, user: clusterUser}
      users:
      - name: clusterUser
        user:
          exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin}
      """;

  @Test
  void anEntraClusterIsEnteredByATokenOfOurOwn() {
    var server = ApiServer.of(kubeconfig(ENTRA, ObservedCluster.SignIn.ENTRA_AZURE_RBAC));

    assertThat(server)
        .isEqualTo(
            new ApiServer(
                URI.create("https://aks.hcp.westeurope.azmk8s.io:443"),
                Optional.of("Q0E="),
                new SignIn.Entra()));
  }

  @Test
  void helmGetsOurTokenInPlaceOfTheProgram() {
    var server = ApiServer.of(kubeconfig(ENTRA, ObservedCluster.SignIn.ENTRA_AZURE_RBAC));

    String forHelm = server.kubeconfigWithCredentials(() -> new Token("entra-token"));

    assertThat(forHelm)
        .contains("\"token\":\"entra-token\"")
        .contains("\"certificate-authority-data\":\"Q0E=\"")
        .doesNotContain("exec");
  }

  @Test
  void credentialsDoNotShow() {
    String yaml =
        ENTRA.replace(
            "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin}",
            "{client-certificate-data: c2VjcmV0LTE=, client-key-data: c2VjcmV0LTI=}");

    var server = ApiServer.of(kubeconfig(yaml, ObservedCluster.SignIn.CERTIFICATE));

    assertThat(server.toString()).contains("hidden").doesNotContain("c2VjcmV0");
  }

  @Test
  void aClusterWithoutEntraMustHandOutCredentials() {
    assertThat(problem(ENTRA, ObservedCluster.SignIn.CERTIFICATE))
        .isEqualTo(
            new AzureProblem.NotUnderstood(
                "Reading the cluster's kubeconfig",
                "its user has neither certificate nor token, and the cluster no Entra ID"));
  }

  @Test
  void aServerWithoutTlsIsRefused() {
    String yaml = ENTRA.replace("https://aks", "http://aks");

    assertThat(problem(yaml, ObservedCluster.SignIn.ENTRA_AZURE_RBAC))
        .isEqualTo(
            new AzureProblem.NotUnderstood(
                "Reading the cluster's kubeconfig",
                "its `server` is not an https address:"
                    + " http://aks.hcp.westeurope.azmk8s.io:443"));
  }

  private static Object problem(String yaml, ObservedCluster.SignIn signIn) {
    return catchThrowableOfType(
            ProblemException.class, () -> ApiServer.of(kubeconfig(yaml, signIn)))
        .problem();
  }

  private static Kubeconfig kubeconfig(String yaml, ObservedCluster.SignIn signIn) {
    return new Kubeconfig(ResourceId.cluster("s", "g", "aks-weu-1"), signIn, yaml);
  }
}
