// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.vault.Vault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The codes that ARM and its providers refuse with, each brought about by one wrong request.
class RefusalsTest {
  private static final String GROUP = TestWorld.GROUP;
  private static final String SUBSCRIPTION = "/subscriptions/" + TestWorld.SUBSCRIPTION;
  private static final String IDENTITIES =
      GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final String IDENTITY = IDENTITIES + "/id-a";
  private static final String CLUSTER =
      GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-1";
  private static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/kv-shared";
  private static final String SUBNET =
      GROUP + "/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes";
  private static final String GROUPS = "?api-version=2021-04-01";
  private static final String MSI = "?api-version=2024-11-30";
  private static final String AKS = "?api-version=2025-08-01";
  private static final String ROLES = "?api-version=2022-04-01";
  private static final String HERE = "{\"location\": \"westeurope\"}";
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String AKS_CONTRIBUTOR = "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8";
  private static final String STRANGER = "33333333-3333-4333-8333-333333333333";

  private final TestWorld world = TestWorld.slow();

  @BeforeEach
  void anIdentityAClusterAndAVault() {
    world.ask("PUT", IDENTITY + MSI, HERE);
    world.azure.addVault(
        TestWorld.SUBSCRIPTION, "rg-weu", "kv-shared", "westeurope", Vault.PermissionModel.ROLES);
    world.addPlainCluster("aks-1");
  }

  /// Where code and message stand.
  enum Form {
    /// `{"error": {"code", "message"}}`, as ARM and most providers.
    WRAPPED("/error"),
    /// `{"code", "message"}`, as the container service.
    BARE("");

    private final String place;

    Form(String place) {
      this.place = place;
    }
  }

  /// @param message how it begins
  record Refused(
      int status, String code, Form form, String message, Function<TestWorld, Answer> wrong) {
    @Override
    public String toString() {
      return status + " " + code + ": " + message;
    }
  }

  private static Refused arm(
      int status, String code, String message, Function<TestWorld, Answer> wrong) {
    return new Refused(status, code, Form.WRAPPED, message, wrong);
  }

  private static Refused aks(
      int status, String code, String message, Function<TestWorld, Answer> wrong) {
    return new Refused(status, code, Form.BARE, message, wrong);
  }

  static Stream<Refused> refusals() {
    return Stream.of(ofTokens(), ofTypes(), ofPlaces(), ofRights(), ofRoles(), ofClusters())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aWrongRequestIsRefusedInAzuresForm(Refused wanted) {
    Answer answer = wanted.wrong().apply(world);

    assertThat(TestWorld.at(answer, wanted.form().place + "/code")).isEqualTo(wanted.code());
    assertThat(answer.status()).isEqualTo(wanted.status());
    assertThat(TestWorld.at(answer, wanted.form().place + "/message")).startsWith(wanted.message());
  }

  private static List<Refused> ofTokens() {
    String arm = "https://management.azure.com";
    return List.of(
        arm(
            401,
            "InvalidAuthenticationToken",
            "The access token is invalid.",
            world -> world.send("nonsense", "GET", GROUP + GROUPS, "")),
        arm(
            401,
            "ExpiredAuthenticationToken",
            "The access token expiry ",
            world ->
                world.send(
                    TestWorld.token(TestWorld.OWNER, arm, world.clock.now().minusSeconds(1)),
                    "GET",
                    GROUP + GROUPS,
                    "")),
        arm(
            401,
            "InvalidAuthenticationTokenTenant",
            "The access token is from the wrong issuer ",
            world ->
                world.send(
                    TestWorld.token(
                        STRANGER, TestWorld.OWNER, arm, world.clock.now().plusSeconds(60)),
                    "GET",
                    GROUP + GROUPS,
                    "")),
        arm(
            401,
            "InvalidAuthenticationTokenAudience",
            "The access token has been obtained for wrong audience or resource 'https://else'.",
            world ->
                world.send(
                    TestWorld.token(
                        TestWorld.OWNER, "https://else", world.clock.now().plusSeconds(60)),
                    "GET",
                    GROUP + GROUPS,
                    "")));
  }

  private static List<Refused> ofTypes() {
    return List.of(
        arm(
            400,
            "InvalidApiVersionParameter",
            "The api-version '1999-01-01' is invalid. The supported versions are '",
            world -> world.ask("GET", GROUP + "?api-version=1999-01-01")),
        arm(
            404,
            "InvalidResourceType",
            "The resource type 'userAssignedIdentities' could not be found in the namespace 'Microsoft.ManagedIdentity' for api version '1999-01-01'.",
            world -> world.ask("GET", IDENTITIES + "?api-version=1999-01-01")),
        arm(
            400,
            "NoRegisteredProviderFound",
            "No registered resource provider found for location 'westeurope' and API version '1999-01-01' for type 'userAssignedIdentities'.",
            world -> world.ask("PUT", IDENTITY + "?api-version=1999-01-01", HERE)),
        arm(
            409,
            "MissingSubscriptionRegistration",
            "The subscription is not registered to use namespace 'Microsoft.ManagedIdentity'.",
            world -> {
              world.ask(
                  "POST",
                  SUBSCRIPTION + "/providers/Microsoft.ManagedIdentity/unregister" + GROUPS);
              return world.ask("PUT", IDENTITIES + "/id-b" + MSI, HERE);
            }),
        arm(
            400,
            "InvalidRequestContent",
            "The request content was invalid and could not be deserialized",
            world -> world.ask("PUT", IDENTITY + MSI, "[")),
        arm(
            400,
            "BadRequest",
            "Federated Identity Credential name 'a.dot' is invalid.",
            world -> credential(world, "a.dot")),
        arm(
            400,
            "BadRequest",
            "Federated Identity Credential name 'aaaa",
            world -> credential(world, "a".repeat(121))));
  }

  private static Answer credential(TestWorld world, String name) {
    return world.ask(
        "PUT",
        IDENTITY + "/federatedIdentityCredentials/" + name + MSI,
        "{\"properties\": {\"issuer\": \"https://i/\", \"subject\": \"s\", \"audiences\": [\"a\"]}}");
  }

  private static List<Refused> ofPlaces() {
    return List.of(
        arm(
            404,
            "ResourceNotFound",
            "The Resource 'Microsoft.ManagedIdentity/userAssignedIdentities/none' under resource group 'rg-weu' was not found.",
            world -> world.ask("GET", IDENTITIES + "/none" + MSI)),
        arm(
            404,
            "ResourceGroupNotFound",
            "Resource group 'rg-none' could not be found.",
            world -> world.ask("GET", IDENTITY.replace("rg-weu", "rg-none") + MSI)),
        arm(
            404,
            "ParentResourceNotFound",
            "Failed to perform 'read' on resource(s) of type 'userAssignedIdentities/federatedIdentityCredentials', because the parent resource '",
            world -> world.ask("GET", IDENTITIES + "/none/federatedIdentityCredentials/fic" + MSI)),
        arm(
            400,
            "InvalidResourceGroup",
            "The provided resource group name 'aaa",
            world ->
                world.ask(
                    "PUT", SUBSCRIPTION + "/resourceGroups/" + "a".repeat(91) + GROUPS, HERE)),
        arm(
            409,
            "InvalidResourceGroupLocation",
            "Invalid resource group location 'northeurope'. The Resource group already exists in location 'westeurope'.",
            world -> world.ask("PUT", GROUP + GROUPS, "{\"location\": \"northeurope\"}")),
        arm(
            409,
            "ResourceGroupBeingDeleted",
            "The resource group 'rg-weu' is in deprovisioning state and cannot perform this operation.",
            world -> {
              world.ask("DELETE", GROUP + GROUPS);
              return world.ask("PUT", IDENTITIES + "/id-b" + MSI, HERE);
            }));
  }

  private static List<Refused> ofRights() {
    return List.of(
        arm(
            403,
            "AuthorizationFailed",
            "The client '%s' with object id '%s' does not have authorization to perform action 'Microsoft.ManagedIdentity/userAssignedIdentities/read' over scope '"
                .formatted(STRANGER, STRANGER),
            world -> world.askAs(STRANGER, "GET", IDENTITY + MSI, "")),
        arm(
            403,
            "LinkedAuthorizationFailed",
            "The client '%s' with object id '%s' has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on scope '"
                .formatted(STRANGER, STRANGER),
            RefusalsTest::inASubnetOfOthers),
        arm(
            403,
            "RequestDisallowedByPolicy",
            "Resource 'id-b' was disallowed by policy.",
            RefusalsTest::againstThePolicy),
        locked("CanNotDelete", IDENTITY, "delete", world -> world.ask("DELETE", IDENTITY + MSI)),
        locked("CanNotDelete", GROUP, "delete", world -> world.ask("DELETE", IDENTITY + MSI)),
        locked("ReadOnly", IDENTITY, "write", world -> world.ask("PUT", IDENTITY + MSI, HERE)),
        locked("ReadOnly", SUBSCRIPTION, "write", world -> world.ask("PUT", IDENTITY + MSI, HERE)));
  }

  private static Refused locked(
      String level, String scope, String verb, Function<TestWorld, Answer> wrong) {
    return arm(
        409,
        "ScopeLocked",
        "The scope '%s' cannot perform %s operation because following scope(s) are locked: '%s'."
            .formatted(IDENTITY, verb, scope),
        world -> {
          world.ask(
              "PUT",
              scope + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01",
              "{\"properties\": {\"level\": \"%s\"}}".formatted(level));
          return wrong.apply(world);
        });
  }

  private static Answer inASubnetOfOthers(TestWorld world) {
    world.add(STRANGER);
    world.azure.assign(STRANGER, AKS_CONTRIBUTOR, GROUP);
    return world.askAs(
        STRANGER,
        "PUT",
        CLUSTER + AKS,
        "{\"location\": \"westeurope\", \"properties\": {\"agentPoolProfiles\": [{\"name\": \"p\", \"vnetSubnetID\": \"%s\"}]}}"
            .formatted(SUBNET));
  }

  private static Answer againstThePolicy(TestWorld world) {
    String authorization = SUBSCRIPTION + "/providers/Microsoft.Authorization";
    String definition = authorization + "/policyDefinitions/none";
    world.ask(
        "PUT",
        definition + "?api-version=2023-04-01",
        """
        {"properties": {"displayName": "None", "mode": "All", "policyRule": {
          "if": {"field": "type", "equals": "Microsoft.ManagedIdentity/userAssignedIdentities"},
          "then": {"effect": "deny"}}}}
        """);
    world.ask(
        "PUT",
        authorization + "/policyAssignments/none?api-version=2023-04-01",
        "{\"properties\": {\"policyDefinitionId\": \"%s\"}}".formatted(definition));
    return world.ask("PUT", IDENTITIES + "/id-b" + MSI, HERE);
  }

  private static List<Refused> ofRoles() {
    String fresh = new UUID(0, 7).toString();
    return List.of(
        arm(
            400,
            "PrincipalNotFound",
            "Principal 00000000000000000000000000000007 does not exist in the directory "
                + TestWorld.TENANT,
            world -> give(world, 1, SECRETS_USER, fresh)),
        arm(
            404,
            "RoleDefinitionDoesNotExist",
            "The specified role definition with ID '00000000000000000000000000000007' does not exist.",
            world -> give(world, 1, fresh, TestWorld.OWNER)),
        arm(
            409,
            "RoleAssignmentExists",
            "The role assignment already exists.",
            world -> {
              give(world, 1, SECRETS_USER, TestWorld.OWNER);
              return give(world, 2, SECRETS_USER, TestWorld.OWNER);
            }),
        arm(
            400,
            "RoleAssignmentUpdateNotPermitted",
            "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
            world -> {
              give(world, 1, SECRETS_USER, TestWorld.OWNER);
              return give(world, 1, AKS_CONTRIBUTOR, TestWorld.OWNER);
            }),
        arm(
            400,
            "RoleAssignmentLimitExceeded",
            "The number of role assignments has exceeded the limit of 4000.",
            world -> {
              for (int i = 0; i < 4000; i++) {
                world.azure.assign(new UUID(1, i).toString(), SECRETS_USER, VAULT);
              }
              return give(world, 1, SECRETS_USER, TestWorld.OWNER);
            }));
  }

  private static Answer give(TestWorld world, int number, String role, String principal) {
    return world.ask(
        "PUT",
        VAULT + "/providers/Microsoft.Authorization/roleAssignments/" + new UUID(2, number) + ROLES,
        "{\"properties\": {\"roleDefinitionId\": \"/providers/Microsoft.Authorization/roleDefinitions/%s\", \"principalId\": \"%s\"}}"
            .formatted(role, principal));
  }

  private static List<Refused> ofClusters() {
    return List.of(
        aks(
            409,
            "OperationNotAllowed",
            "Operation is not allowed: Another operation (Updating) is in progress",
            world -> {
              cluster(world, "");
              return cluster(world, "");
            }),
        aks(
            400,
            "OperationNotAllowed",
            "An error has occurred in subscription "
                + TestWorld.SUBSCRIPTION
                + ", resourceGroup: rg-weu request: Managed Cluster is in stopped state",
            world -> {
              world.ask("POST", CLUSTER + "/stop" + AKS);
              world.later(Duration.ofMinutes(16));
              return cluster(world, "");
            }),
        aks(
            400,
            "PropertyChangeNotAllowed",
            "Changing property 'dnsPrefix' is not allowed.",
            world -> cluster(world, "\"dnsPrefix\": \"other\", ")),
        aks(
            409,
            "EtagMismatch",
            "Operation is not allowed: Another operation is in progress",
            world -> {
              world.azure.situations().isContested(CLUSTER);
              return cluster(world, "");
            }),
        aks(
            412,
            "PreconditionFailed",
            "The provided ETag stale does not match the current ETag ",
            world -> cluster(world.with("if-match", "stale"), "")),
        aks(
            400,
            "BadRequest",
            "Both If-Match and If-None-Match are set.",
            world -> cluster(world.with("if-match", "a").with("if-none-match", "*"), "")));
  }

  private static Answer cluster(TestWorld world, String more) {
    return world.ask(
        "PUT",
        CLUSTER + AKS,
        "{\"location\": \"westeurope\", \"identity\": {\"type\": \"SystemAssigned\"}, \"properties\": {%s\"agentPoolProfiles\": [{\"name\": \"nodepool1\", \"mode\": \"System\", \"count\": 3}]}}"
            .formatted(more));
  }
}
