// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.kubernetes.workload.ClusterProblem.Authority;
import dev.latchkey.kubernetes.workload.ClusterProblem.Right;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterRefusalTest {
  private static final ResourceId CLUSTER = ResourceId.cluster("s", "g", "aks-weu-1");
  private static final String HOST = "aks-one.privatelink.westeurope.azmk8s.io";
  private static final String KUBERNETES =
      "pods is forbidden: User \"11e1\" cannot list resource \"pods\" in API group \"\" in the"
          + " namespace \"web\"";
  private static final String AZURE =
      KUBERNETES
          + ": User does not have access to the resource in Azure. Update role assignment to allow"
          + " access.";

  @Test
  void namesUserVerbAndResource() {
    assertThat(problem(403, "Forbidden", KUBERNETES))
        .isEqualTo(
            new ClusterProblem.Forbidden(
                CLUSTER,
                new Right("11e1", "list", "pods", "web"),
                Authority.KUBERNETES_RBAC,
                new AzureAnswer(403, "Forbidden", KUBERNETES, "")));
  }

  @Test
  void asksForARoleAssignmentWhereAzureDecides() {
    assertThat(problem(403, "Forbidden", AZURE).text())
        .isEqualTo(
            new Text(
                "`11e1` may not list `pods` in the namespace `web`.",
                List.of("cluster  " + CLUSTER, "answer   " + AZURE),
                "Rights in this cluster come from Azure role assignments; a new one takes effect"
                    + " within 5 minutes: Forbidden (HTTP 403).",
                "az role assignment create --assignee-object-id 11e1 --assignee-principal-type"
                    + " ServicePrincipal --role \"Azure Kubernetes Service RBAC Writer\" --scope "
                    + CLUSTER
                    + "/namespaces/web"));
  }

  @Test
  void asksForABindingWhereTheClusterDecides() {
    assertThat(problem(403, "Forbidden", KUBERNETES).text().next())
        .isEqualTo(
            "kubectl create rolebinding latchkey --namespace=web --clusterrole=admin"
                + " --user=\"11e1\"");
  }

  @Test
  void asksForTheClusterAdministratorWhereANamespaceIsMissing() {
    String text =
        "namespaces is forbidden: User \"11e1\" cannot create resource \"namespaces\" in API group"
            + " \"\" at the cluster scope: User does not have access to the resource in Azure.";

    assertThat(problem(403, "Forbidden", text).text().next())
        .endsWith("--role \"Azure Kubernetes Service RBAC Cluster Admin\" --scope " + CLUSTER);
  }

  @Test
  void aRefusedCredentialIsToldApart() {
    assertThat(problem(401, "Unauthorized", "Unauthorized"))
        .isEqualTo(
            new ClusterProblem.Unauthorized(
                CLUSTER, new AzureAnswer(401, "Unauthorized", "Unauthorized", "")));
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsNoRefusal() {
    var broken =
        new KubernetesClientException(
            "Operation: [get] failed.", new IOException("received no bytes"));

    assertThat(ClusterRefusal.of(CLUSTER, HOST, "Looking for the namespace", broken).problem())
        .isEqualTo(
            new AzureProblem.Unreachable(
                "Looking for the namespace", CLUSTER.name(), "received no bytes"));
  }

  @Test
  void aNameThatIsNotKnownHereIsNamed() {
    var unknown =
        new KubernetesClientException(
            "Operation: [get] failed.",
            new IOException(new ConnectException().initCause(new UnresolvedAddressException())));

    assertThat(ClusterRefusal.of(CLUSTER, HOST, "Looking for the namespace", unknown).problem())
        .isEqualTo(
            new AzureProblem.Unreachable(
                "Looking for the namespace", CLUSTER.name(), "no such host: " + HOST));
  }

  private static Problem problem(int code, String reason, String message) {
    var status = new StatusBuilder().withCode(code).withReason(reason).withMessage(message).build();
    return ClusterRefusal.of(
            CLUSTER, HOST, "Listing the pods", new KubernetesClientException(status))
        .problem();
  }
}
