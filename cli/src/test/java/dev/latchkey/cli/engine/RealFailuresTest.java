// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Row;
import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.premise.Premise;
import dev.latchkey.sandbox.premise.Premises;
import dev.latchkey.sandbox.server.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Situations in Azure in which deployments of others failed, and what becomes of them here.
class RealFailuresTest {
  private static final String CLUSTER = "aks-weu-1";
  private static final String AKS = "2025-10-01";
  private static final String IDENTITIES = "2023-01-31";
  private static final String WEU = Stage.clusterId(CLUSTER);
  private static final String IDENTITY = Stage.identityId(CLUSTER);
  private static final String CREDENTIALS = IDENTITY + "/federatedIdentityCredentials";

  @TempDir Path folder;

  @Test
  @Row("C005")
  void switchesOnWhatTheWebhookNeedsAndMakesThePodsAnewThatLackedIt() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      ObjectNode cluster = (ObjectNode) stage.arm("GET", WEU, AKS, "");
      cluster
          .withObject("properties")
          .withObject("securityProfile")
          .withObject("workloadIdentity")
          .put("enabled", false);
      stage.arm("PUT", WEU, AKS, cluster.toString());
      stage.cluster(CLUSTER, "DELETE", "/api/v1/namespaces/orders/pods", "");
      assertThat(pods(stage)).noneMatch(pod -> pod.contains("azure-identity-token"));

      Change.Update update = update(stage, Step.WORKLOAD_IDENTITY);
      Summary summary = stage.deploy();

      assertThat(setting(update.before(), "OIDC issuer")).isEqualTo("on");
      assertThat(setting(update.before(), "workload identity")).isEqualTo("off");
      assertThat(setting(update.after(), "workload identity")).isEqualTo("on");
      assertThat(summary.complete()).isTrue();
      assertThat(pods(stage)).isNotEmpty().allMatch(pod -> pod.contains("azure-identity-token"));
    }
  }

  @Test
  @Row("C015")
  void plansToGiveTheCredentialTheSlashThatTheIssuerHas() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      set(stage, "issuer-without-slash");

      Change.Update update = update(stage, Step.FEDERATED_CREDENTIAL);
      String before = setting(update.before(), "issuer");
      String after = setting(update.after(), "issuer");

      assertThat(before + "/").isEqualTo(after);
      assertThat(update.because().isDrift()).isTrue();
      assertThat(Stage.told(Stage.result(stage.verify(), CLUSTER), Step.VERIFICATION))
          .startsWith("issuer-differs: ")
          .contains(
              "seen: cluster     " + withoutPort(after) + "\n",
              "seen: credential  " + withoutPort(before) + "\n");
      assertThat(stage.deploy().complete()).isTrue();
      assertThat(credentials(stage).getFirst().at("/properties/issuer").asString())
          .isEqualTo(after);
    }
  }

  @Test
  @Row("C030")
  void adoptsACredentialThatHasTheSameIssuerAndSubjectUnderAnotherName() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      JsonNode ours = credentials(stage).getFirst();
      stage.arm("DELETE", ours.path("id").asString(), IDENTITIES, "");
      stage.arm(
          "PUT",
          CREDENTIALS + "/by-hand",
          IDENTITIES,
          "{\"properties\":" + ours.path("properties") + "}");

      StepPlan planned = planned(stage, Step.FEDERATED_CREDENTIAL);
      Summary summary = stage.deploy();

      assertThat(planned.changesSomething()).isFalse();
      assertThat(planned.findings())
          .containsExactly("adopted: the credential by-hand was not made by latchkey");
      assertThat(summary.complete()).isTrue();
      assertThat(credentials(stage))
          .extracting(each -> each.path("name").asString())
          .containsExactly("by-hand");
    }
  }

  @Test
  @Row("C036")
  void givesARoleAndNoPolicyAtAVaultThatObeysRoles() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult refused =
          Stage.result(
              stage.deploy(
                  file ->
                      file.replace(
                          "  resourceGroup: rg-shared\n",
                          "  resourceGroup: rg-shared\n  access: policy\n")),
              CLUSTER);

      assertThat(Stage.told(refused, Step.KEY_VAULT_ACCESS))
          .startsWith("vault-obeys-roles: The vault `kv-shared` obeys roles")
          .contains("enableRbacAuthorization: true")
          .endsWith("next: set keyVault.access: roles");
      assertThat(Stage.steps(refused)).contains("release notStarted");

      assertThat(stage.deploy().complete()).isTrue();
      assertThat(
              stage
                  .arm("GET", Stage.VAULT, "2026-02-01", "")
                  .at("/properties/accessPolicies")
                  .isEmpty())
          .isTrue();
    }
  }

  @Test
  @Row("C040")
  void namesTheRightToAssignRolesAndItsScopeBeforeTheFirstChange() {
    try (var stage = Stage.of(1, folder)) {
      stage.take("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "kv-shared");

      assertThat(planned(stage, Step.KEY_VAULT_ACCESS).obstacle())
          .hasValueSatisfying(
              problem -> assertThat(problem.code()).isEqualTo("permission-missing"));
      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.KEY_VAULT_ACCESS))
          .startsWith("permission-missing: ")
          .contains(
              "Microsoft.Authorization/roleAssignments/write",
              Stage.VAULT,
              "Role Based Access Control Administrator");
      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity notStarted",
              "identity notStarted",
              "credential notStarted",
              "access failed permission-missing",
              "release notStarted",
              "verify notStarted");
    }
  }

  @Test
  @Row("C042")
  void takesTheSameRoleUnderAnotherNameAsDone() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      List<JsonNode> ours = assignments(stage);
      ours.forEach(each -> stage.arm("DELETE", each.path("id").asString(), "2022-04-01", ""));
      int number = 1;
      for (JsonNode each : ours) {
        stage.give(
            "4633458b-17de-408a-b874-0445c86b69e6",
            each.at("/properties/principalId").asString(),
            each.at("/properties/scope").asString(),
            number++);
      }

      Summary summary = stage.deploy();

      assertThat(ours).hasSize(2);
      assertThat(summary.complete()).isTrue();
      assertThat(summary.changes()).isZero();
      assertThat(assignments(stage))
          .hasSize(2)
          .allSatisfy(
              each ->
                  assertThat(each.path("name").asString()).startsWith("00000000-0000-4000-8000-"));
    }
  }

  @Test
  @Row({"C044", "C046"})
  void givesAnIdentityThatWasMadeAgainRolesOfItsOwnAndItsClientIdToThePods() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      List<JsonNode> orphans = assignments(stage);
      String old = client(stage);
      set(stage, "identity-recreated");

      Summary summary = stage.deploy();

      assertThat(client(stage)).isNotEqualTo(old);
      assertThat(summary.complete()).isTrue();
      assertThat(assignments(stage))
          .extracting(each -> each.path("name").asString())
          .hasSize(2)
          .doesNotContainAnyElementsOf(
              orphans.stream().map(each -> each.path("name").asString()).toList());
      assertThat(pods(stage))
          .isNotEmpty()
          .allMatch(pod -> pod.contains(client(stage)) && !pod.contains(old));
      assertThat(stage.requests("PUT", "", 409)).isZero();
    }
  }

  @Test
  @Row("C069")
  void namesCredentialsSoThatClustersDoNotOverwriteEachOthersAndPutsBackWhatWasOverwritten() {
    try (var stage = Stage.of(2, folder)) {
      stage.deploy();
      JsonNode ours = credentials(stage).getFirst();
      String theirs =
          stage
              .arm(
                  "GET",
                  Stage.identityId("aks-neu-1") + "/federatedIdentityCredentials",
                  IDENTITIES,
                  "")
              .at("/value/0/name")
              .asString();
      assertThat(ours.path("name").asString()).contains(CLUSTER).isNotEqualTo(theirs);
      set(stage, "credential-overwritten");

      Change.Update update = update(stage, Step.FEDERATED_CREDENTIAL);
      ClusterResult broken = Stage.result(stage.verify(), CLUSTER);
      Summary summary = stage.deploy();

      assertThat(update.because().words()).isEqualTo("somebody changed the issuer");
      assertThat(setting(update.after(), "issuer"))
          .isEqualTo(ours.at("/properties/issuer").asString());
      assertThat(Stage.told(broken, Step.VERIFICATION))
          .startsWith("issuer-differs: ")
          .contains("seen: credential  " + withoutPort(setting(update.before(), "issuer")));
      assertThat(summary.complete()).isTrue();
    }
  }

  @Test
  @Row("C095")
  void namesTheProviderThatIsNotRegisteredBeforeTheFirstChange() {
    try (var stage = Stage.of(1, folder)) {
      unregister(stage);

      StepPlan planned = planned(stage, Step.MANAGED_IDENTITY);
      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(planned.obstacle())
          .hasValueSatisfying(
              problem -> assertThat(problem.code()).isEqualTo("provider-not-registered"));
      assertThat(Stage.told(weu, Step.MANAGED_IDENTITY))
          .isEqualTo(
              """
              provider-not-registered: The subscription `%1$s` is not registered for `Microsoft.ManagedIdentity`.
              why: Azure makes no identity in it until it is. Nothing was begun that needs one.
              next: az provider register --namespace Microsoft.ManagedIdentity --subscription %1$s --wait"""
                  .formatted(Stage.SUBSCRIPTION));
      assertThat(stage.requests("PUT", "id-orders-aks-weu-1", 409)).isZero();
      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity notStarted",
              "identity failed provider-not-registered",
              "credential notStarted",
              "access notStarted",
              "release notStarted",
              "verify notStarted");
    }
  }

  /// Who may not look at the registration meets the refusal itself.
  @Test
  @Row("C095")
  void namesTheProviderThatIsNotRegisteredAndDoesNotAskAgain() {
    try (var stage = Stage.of(1, folder)) {
      unregister(stage);
      stage.sandbox.let(
          (ask, service) ->
              ask.path().endsWith("/providers/Microsoft.ManagedIdentity")
                  ? Answer.json(
                      403,
                      JsonMapper.shared()
                          .readTree(
                              "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"no\"}}"))
                  : service.answer(ask));

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.MANAGED_IDENTITY))
          .startsWith("refused: ")
          .contains("Microsoft.ManagedIdentity", "MissingSubscriptionRegistration");
      assertThat(stage.requests("PUT", "id-orders-aks-weu-1", 409)).isOne();
      assertThat(Stage.steps(weu)).contains("release notStarted");
    }
  }

  @Test
  @Row("C097")
  void refusesTheTwentyFirstCredentialBeforeItIsWritten() {
    try (var stage = Stage.of(1, folder)) {
      stage.arm("PUT", IDENTITY, IDENTITIES, "{\"location\":\"westeurope\"}");
      for (int number = 0; number < 20; number++) {
        stage.arm(
            "PUT",
            CREDENTIALS + "/other-" + number,
            IDENTITIES,
            "{\"properties\":{\"issuer\":\"https://issuer.example/%d\",\"subject\":\"s\",\"audiences\":[\"api://AzureADTokenExchange\"]}}"
                .formatted(number));
      }

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.FEDERATED_CREDENTIAL))
          .startsWith("credentials-full: ")
          .contains("has 20 federated credentials already");
    }
  }

  @Test
  @Row("C100")
  void endsAnUpgradeThatWasCutAndSaysSo() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      set(stage, "release-pending");

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(weu.succeeded()).as("%s", Stage.steps(weu)).isTrue();
      assertThat(weu.findings())
          .containsExactly(
              "the release was left pending-upgrade by a run that was cut off; that revision was ended");
    }
  }

  @Test
  @Row("C140")
  void namesTheImageThatCannotBePulledWithoutWaitingForTheBound() {
    try (var stage =
        Stage.with(Options.defaults().withClusters(1).withPrograms(Map.of()), folder)) {
      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.VERIFICATION))
          .startsWith("rollout-stuck: ")
          .contains("ImagePull");
    }
  }

  private static void unregister(Stage stage) {
    stage.arm(
        "POST",
        "/subscriptions/" + Stage.SUBSCRIPTION + "/providers/Microsoft.ManagedIdentity/unregister",
        "2021-04-01",
        "");
  }

  private static void set(Stage stage, String premise) {
    assertThat(stage.sandbox.set(Premise.of(premise).orElseThrow(), CLUSTER))
        .isInstanceOf(Premises.Outcome.Done.class);
  }

  private static StepPlan planned(Stage stage, Step step) {
    return stage.plan().plan().clusters().getFirst().step(step).orElseThrow();
  }

  private static Change.Update update(Stage stage, Step step) {
    List<Change> changes = planned(stage, step).changes();
    assertThat(changes).singleElement().isInstanceOf(Change.Update.class);
    return (Change.Update) changes.getFirst();
  }

  private static String setting(Settings settings, String name) {
    return Optional.ofNullable(settings.values().get(name)).orElseThrow().words();
  }

  /// Those that stay.
  private static List<String> pods(Stage stage) {
    return stage
        .cluster(CLUSTER, "GET", "/api/v1/namespaces/orders/pods", "")
        .path("items")
        .valueStream()
        .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
        .map(JsonNode::toString)
        .toList();
  }

  private static List<JsonNode> credentials(Stage stage) {
    return list(stage.arm("GET", CREDENTIALS, IDENTITIES, "").path("value"));
  }

  /// Those of the cluster's identity.
  private static List<JsonNode> assignments(Stage stage) {
    String principal =
        stage.arm("GET", IDENTITY, IDENTITIES, "").at("/properties/principalId").asString();
    return list(
            stage
                .arm(
                    "GET",
                    "/subscriptions/"
                        + Stage.SUBSCRIPTION
                        + "/providers/Microsoft.Authorization/roleAssignments",
                    "2022-04-01",
                    "")
                .path("value"))
        .stream()
        .filter(each -> each.at("/properties/principalId").asString().equals(principal))
        .toList();
  }

  private static String client(Stage stage) {
    return stage.arm("GET", IDENTITY, IDENTITIES, "").at("/properties/clientId").asString();
  }

  private static String withoutPort(String issuer) {
    return issuer.replaceAll("localhost:[0-9]+", "localhost");
  }

  private static List<JsonNode> list(JsonNode array) {
    return array.valueStream().toList();
  }
}
