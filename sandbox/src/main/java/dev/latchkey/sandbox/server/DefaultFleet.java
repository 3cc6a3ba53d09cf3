// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.cluster.ClusterPlan;
import dev.latchkey.sandbox.cluster.ClusterView.Authorization;
import dev.latchkey.sandbox.kubernetes.KubernetesClusters;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.premise.Operator;
import dev.latchkey.sandbox.secret.Secrets;
import dev.latchkey.sandbox.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fleet that a sandbox begins with: clusters in several regions, one shared vault, and a
/// pipeline's service principal with no more rights than a deployment needs.
record DefaultFleet(List<Site> sites) {
  static final String TENANT = "11111111-1111-1111-1111-111111111111";
  static final String PIPELINE_CLIENT = "5a2d8c44-9b1e-4f0a-8d56-2c7e1f3b9a60";
  static final String PIPELINE_OBJECT = "c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31";
  static final String OPERATOR_CLIENT = "e0b7a3c1-2f58-4d6e-9a14-8c35d7f20b96";
  static final String OPERATOR_OBJECT = "7d94f0e6-b3a8-4127-8e5c-19f6a2c7d083";
  static final String VAULT = "kv-shared";
  static final String VAULT_GROUP = "rg-shared";
  static final List<String> DECLARED_SECRETS = List.of("db-password", "payment-api-key");
  private static final List<String> OTHER_SECRETS = List.of("admin-master-key", "backup-token");
  private static final String KUBERNETES = "1.32.6";

  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  private static final String READER = "1a7c4e80-0000-4000-8000-000000000001";
  private static final String AKS_CONTRIBUTOR = "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8";
  private static final String AKS_USER = "4abbcc35-e782-43d8-92c5-2d3f1bd2253f";
  private static final String AKS_RBAC_CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";
  private static final String IDENTITY_CONTRIBUTOR = "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59";
  private static final String ROLE_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";

  // Microsoft's published form of a delegation that is limited to one role
  private static final String ONLY_SECRETS_USER =
      """
      ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) \
      OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6} \
      AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'})) \
      AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) \
      OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6} \
      AND @Resource[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))\
      """;

  /// What a deployment reads before it decides what to change.
  private static final List<String> READS =
      List.of(
          "Microsoft.Resources/subscriptions/read",
          "Microsoft.Resources/subscriptions/providers/read",
          "Microsoft.Resources/subscriptions/resources/read",
          "Microsoft.Resources/subscriptions/resourceGroups/read",
          "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
          "Microsoft.ContainerService/managedClusters/read",
          "Microsoft.ManagedIdentity/userAssignedIdentities/read",
          "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read",
          "Microsoft.KeyVault/vaults/read",
          "Microsoft.KeyVault/vaults/secrets/read",
          "Microsoft.Authorization/roleAssignments/read",
          "Microsoft.Authorization/locks/read",
          "Microsoft.Authorization/roleDefinitions/read");

  private static final List<Region> REGIONS =
      List.of(
          new Region("weu", "westeurope", Authorization.AZURE_RBAC),
          new Region("neu", "northeurope", Authorization.ENTRA_KUBERNETES_RBAC),
          new Region("sea", "southeastasia", Authorization.LOCAL));

  private record Region(String code, String location, Authorization authorization) {}

  /// One cluster's place.
  record Site(
      String subscription,
      String group,
      String name,
      String location,
      Authorization authorization) {
    String id() {
      return "/subscriptions/%s/resourcegroups/%s/providers/Microsoft.ContainerService/managedClusters/%s"
          .formatted(subscription, group, name);
    }
  }

  /// `aks-weu-1`, `aks-neu-1`, `aks-sea-1`, `aks-weu-2` and so on.
  static DefaultFleet of(Options.Size size) {
    List<Site> sites = new ArrayList<>();
    for (int index = 0; index < size.clusters(); index++) {
      Region region = REGIONS.get(index % REGIONS.size());
      sites.add(
          new Site(
              subscription(index / size.perSubscription()),
              "rg-" + region.code(),
              "aks-" + region.code() + "-" + (index / REGIONS.size() + 1),
              region.location(),
              region.authorization()));
    }
    return new DefaultFleet(List.copyOf(sites));
  }

  private static String subscription(int index) {
    return new UUID(0, index).toString();
  }

  static String firstSubscription() {
    return subscription(0);
  }

  static String vaultId() {
    return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.KeyVault/vaults/%s"
        .formatted(firstSubscription(), VAULT_GROUP, VAULT);
  }

  /// Builds it all. What is written through ARM takes Azure's time to be honoured: the caller sets
  /// the clock so that this lies in the past.
  void build(
      AzureResources azure,
      Directory directory,
      Secrets secrets,
      KubernetesClusters kubernetes,
      UnaryOperator<Ask> asOperator) {
    directory.add(principal(PIPELINE_CLIENT, PIPELINE_OBJECT, "sp-pipeline"));
    directory.add(principal(OPERATOR_CLIENT, OPERATOR_OBJECT, "sp-operator"));
    List<String> subscriptions = sites.stream().map(Site::subscription).distinct().toList();
    subscriptions.forEach(id -> subscribe(azure, id));
    write(azure, asOperator, definition(READER), reader(subscriptions));
    sites.forEach(site -> add(azure, kubernetes, site));
    azure.addVault(
        firstSubscription(), VAULT_GROUP, VAULT, "westeurope", Vault.PermissionModel.ROLES);
    DECLARED_SECRETS.forEach(name -> secrets.generate(VAULT, name));
    OTHER_SECRETS.forEach(name -> secrets.generate(VAULT, name));
    delegate(azure, asOperator);
  }

  private static Principal principal(String clientId, String objectId, String name) {
    return new Principal(objectId, clientId, TENANT, name, Optional.empty(), Instant.EPOCH);
  }

  private static void subscribe(AzureResources azure, String id) {
    azure.addSubscription(id, "sandbox " + (UUID.fromString(id).getLeastSignificantBits() + 1));
    REGIONS.forEach(region -> azure.addGroup(id, "rg-" + region.code(), region.location()));
    azure.addGroup(id, VAULT_GROUP, "westeurope");
    String scope = "/subscriptions/" + id;
    azure.assign(OPERATOR_OBJECT, OWNER, scope);
    azure.assign(PIPELINE_OBJECT, READER, scope);
    for (Region region : REGIONS) {
      String group = scope + "/resourceGroups/rg-" + region.code();
      azure.assign(PIPELINE_OBJECT, AKS_CONTRIBUTOR, group);
      azure.assign(PIPELINE_OBJECT, AKS_USER, group);
      azure.assign(PIPELINE_OBJECT, IDENTITY_CONTRIBUTOR, group);
    }
  }

  private static void add(AzureResources azure, KubernetesClusters kubernetes, Site site) {
    String id =
        azure.addCluster(
            new ClusterPlan(
                site.subscription(),
                site.group(),
                site.name(),
                site.location(),
                KUBERNETES,
                site.authorization(),
                ClusterPlan.Features.NONE,
                Map.of("env", "prod")));
    switch (site.authorization()) {
      case AZURE_RBAC -> azure.assign(PIPELINE_OBJECT, AKS_RBAC_CLUSTER_ADMIN, id);
      case ENTRA_KUBERNETES_RBAC -> kubernetes.grantClusterAdmin(id, PIPELINE_OBJECT);
      case LOCAL -> {} // whoever gets its credentials is its administrator
    }
  }

  private static String definition(String guid) {
    return "/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s"
        .formatted(firstSubscription(), guid);
  }

  private static ObjectNode reader(List<String> subscriptions) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode properties = body.putObject("properties").put("roleName", "latchkey reader");
    properties.put("description", "Lets a deployment see what is there.");
    READS.forEach(properties.putArray("permissions").addObject().putArray("actions")::add);
    ArrayNode scopes = properties.putArray("assignableScopes");
    subscriptions.forEach(id -> scopes.add("/subscriptions/" + id));
    return body;
  }

  private static void delegate(AzureResources azure, UnaryOperator<Ask> asOperator) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putObject("properties")
        .put("roleDefinitionId", definition(ROLE_ADMINISTRATOR))
        .put("principalId", PIPELINE_OBJECT)
        .put("principalType", "ServicePrincipal")
        .put("description", "the pipeline may give Key Vault Secrets User and nothing else")
        .put("condition", ONLY_SECRETS_USER)
        .put("conditionVersion", "2.0");
    String id =
        vaultId()
            + "/providers/Microsoft.Authorization/roleAssignments/"
            + new UUID(0x4c61746368L, 0x8000000000000001L);
    write(azure, asOperator, id, body);
  }

  private static void write(
      AzureResources azure, UnaryOperator<Ask> asOperator, String id, ObjectNode body) {
    var answer = azure.arm().answer(asOperator.apply(Operator.put(id, "2022-04-01", body)));
    if (answer.status() != 201) {
      throw new IllegalStateException("the default fleet cannot be built: " + answer);
    }
  }
}
