// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline lacks one right at a time: it is named, the other cluster does not suffer, and
/// giving it back is all that the next run needs.
class MissingRightsTest {
  private static final String AKS_CONTRIBUTOR = "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8";
  private static final String AKS_USER = "4abbcc35-e782-43d8-92c5-2d3f1bd2253f";
  private static final String AKS_RBAC_CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";
  private static final String IDENTITY_CONTRIBUTOR = "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59";
  private static final String ROLE_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

  @TempDir Path folder;

  @Test
  void namesTheRightToWriteClusters() {
    try (var stage = Stage.of(2, folder)) {
      stage.take(AKS_CONTRIBUTOR, "rg-weu");

      Summary summary = stage.deploy();
      ClusterResult weu = Stage.result(summary, "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity failed permission-missing",
              "identity changed",
              "credential notStarted",
              "access changed",
              "release notStarted",
              "verify notStarted");
      assertThat(Stage.told(weu, Step.WORKLOAD_IDENTITY))
          .isEqualTo(
              """
              permission-missing: Enabling workload identity on the cluster `aks-weu-1` is not allowed.
              seen: missing  Microsoft.ContainerService/managedClusters/write
              seen: on       /subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg-weu/providers/Microsoft.ContainerService/managedClusters/aks-weu-1
              why: The signed-in principal lacks this right: AuthorizationFailed (HTTP 403, correlation id …). Nothing was changed by this request.
              next: az role assignment create --role "Azure Kubernetes Service Contributor Role" --assignee-object-id c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31 --assignee-principal-type ServicePrincipal --scope /subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg-weu/providers/Microsoft.ContainerService/managedClusters/aks-weu-1""");
      assertThat(Stage.result(summary, "aks-neu-1").ending()).isEqualTo(Ending.CHANGED);

      stage.give(AKS_CONTRIBUTOR, Stage.PIPELINE, Stage.group("rg-weu"), 1);

      assertThat(stage.deploy().complete()).isTrue();
      assertThat(stage.deploy().changes()).isZero();
    }
  }

  @Test
  void namesTheRightToWriteIdentities() {
    try (var stage = Stage.of(1, folder)) {
      stage.take(IDENTITY_CONTRIBUTOR, "rg-weu");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity changed",
              "identity failed permission-missing",
              "credential notStarted",
              "access notStarted",
              "release notStarted",
              "verify notStarted");
      assertThat(Stage.told(weu, Step.MANAGED_IDENTITY))
          .isEqualTo(
              """
              permission-missing: Making the identity `id-orders-aks-weu-1` is not allowed.
              seen: missing  Microsoft.ManagedIdentity/userAssignedIdentities/write
              seen: on       /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-aks-weu-1
              why: The signed-in principal lacks this right: AuthorizationFailed (HTTP 403, correlation id …). Nothing was changed by this request.
              next: az role assignment create --role "Managed Identity Contributor" --assignee-object-id c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31 --assignee-principal-type ServicePrincipal --scope /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu""");
    }
  }

  /// Without access to its secrets all else would be made in vain.
  @Test
  void namesTheRightToAssignRolesBeforeAnythingIsWritten() {
    try (var stage = Stage.of(1, folder)) {
      stage.take(ROLE_ADMINISTRATOR, "kv-shared");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity notStarted",
              "identity notStarted",
              "credential notStarted",
              "access failed permission-missing",
              "release notStarted",
              "verify notStarted");
      assertThat(Stage.told(weu, Step.KEY_VAULT_ACCESS))
          .isEqualTo(
              """
              permission-missing: Assigning roles at `kv-shared` is not allowed.
              seen: missing  Microsoft.Authorization/roleAssignments/write
              seen: on       %1$s
              why: The signed-in principal lacks this right: none of the roles that it holds there has it. Nothing was begun that needs it.
              next: az role assignment create --role "Role Based Access Control Administrator" --assignee-object-id c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31 --assignee-principal-type ServicePrincipal --scope %1$s"""
                  .formatted(Stage.VAULT));
      assertThat(stage.requests("PUT", "/id-orders-aks-weu-1", 201)).isZero();

      stage.give(ROLE_ADMINISTRATOR, Stage.PIPELINE, Stage.VAULT, 1);

      assertThat(stage.deploy().complete()).isTrue();
    }
  }

  @Test
  void namesTheRightToReadTheClustersCredentials() {
    try (var stage = Stage.of(1, folder)) {
      stage.take(AKS_USER, "rg-weu");
      stage.take(AKS_CONTRIBUTOR, "rg-weu");
      stage.take(AKS_RBAC_CLUSTER_ADMIN, "aks-weu-1");
      stage.give(onlyWritesClusters(stage), Stage.PIPELINE, Stage.group("rg-weu"), 2);

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity changed",
              "identity changed",
              "credential changed",
              "access changed",
              "release failed permission-missing",
              "verify notStarted");
      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .contains(
              "seen: missing  Microsoft.ContainerService/managedClusters/listClusterUserCredential/action")
          .contains(
              "next: az role assignment create --role \"Azure Kubernetes Service Cluster User Role\"");
    }
  }

  /// A role of its own, since Azure's contributor role holds both rights.
  private static String onlyWritesClusters(Stage stage) {
    String guid = "7e1d2c3b-0000-4000-8000-000000000001";
    stage.arm(
        "PUT",
        "/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s"
            .formatted(Stage.SUBSCRIPTION, guid),
        "2022-04-01",
        """
        {"properties":{"roleName":"writes clusters","type":"CustomRole","assignableScopes":["/subscriptions/%s"],
        "permissions":[{"actions":["Microsoft.ContainerService/managedClusters/read",
        "Microsoft.ContainerService/managedClusters/write","Microsoft.ContainerService/locations/*"]}]}}"""
            .formatted(Stage.SUBSCRIPTION));
    return guid;
  }

  @Test
  void namesTheAzureRoleThatAClusterWithAzureRightsNeeds() {
    try (var stage = Stage.of(1, folder)) {
      stage.take(AKS_RBAC_CLUSTER_ADMIN, "aks-weu-1");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu)).contains("release failed cluster-permission-missing");
      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .startsWith(
              "cluster-permission-missing: `c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31` may not list"
                  + " `secrets` in the namespace `orders`.")
          .contains("Rights in this cluster come from Azure role assignments")
          .contains("--role \"Azure Kubernetes Service RBAC Writer\"");
    }
  }

  @Test
  void namesTheBindingThatAClusterWithItsOwnRightsNeeds() {
    try (var stage = Stage.of(2, folder)) {
      stage.cluster(
          "aks-neu-1",
          "DELETE",
          "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/cluster-admin-" + Stage.PIPELINE,
          "");

      Summary summary = stage.deploy();
      ClusterResult neu = Stage.result(summary, "aks-neu-1");

      assertThat(Stage.steps(neu)).contains("release failed cluster-permission-missing");
      assertThat(Stage.told(neu, Step.HELM_RELEASE))
          .contains("Rights in this cluster come from its own roles and bindings")
          .endsWith(
              "next: kubectl create rolebinding latchkey --namespace=orders --clusterrole=admin"
                  + " --user=\"c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31\"");
      assertThat(Stage.result(summary, "aks-weu-1").ending()).isEqualTo(Ending.CHANGED);
    }
  }
}
