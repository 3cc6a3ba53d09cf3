// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Vaults that are missing, that obey other rules, or that cannot be reached.
class VaultsTest {
  private static final String VERSION = "2026-02-01";
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String VAULT_CONTRIBUTOR = "f25e0fa2-a7c8-4377-a976-54943a77a395";

  private static String byPolicy(String file) {
    return file.replace(
        "  resourceGroup: rg-shared\n", "  resourceGroup: rg-shared\n  access: policy\n");
  }

  private static String onCondition(String file) {
    return file.replace(
        "  resourceGroup: rg-shared\n", "  resourceGroup: rg-shared\n  access: condition\n");
  }

  @TempDir Path folder;

  @Test
  void deploysNothingWhenTheVaultIsMissing() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(file -> file.replace("name: kv-shared", "name: kv-none")), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity changed",
              "identity changed",
              "credential changed",
              "access failed vault-missing",
              "release notStarted",
              "verify notStarted");
      assertThat(stage.deploy().complete()).isTrue();
    }
  }

  @Test
  void refusesAVaultThatObeysPoliciesUnlessTheFileAcceptsIt() {
    try (var stage = Stage.of(1, folder)) {
      stage.arm(
          "PATCH",
          Stage.VAULT,
          VERSION,
          "{\"properties\":{\"enableRbacAuthorization\":false,\"accessPolicies\":[]}}");
      stage.give(VAULT_CONTRIBUTOR, Stage.PIPELINE, Stage.VAULT, 1);

      ClusterResult refused = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.told(refused, Step.KEY_VAULT_ACCESS))
          .startsWith(
              "vault-obeys-policies: The vault `kv-shared` obeys access policies, which cannot be"
                  + " limited to secrets.");

      Summary summary = stage.deploy(VaultsTest::byPolicy);
      ClusterResult accepted = Stage.result(summary, "aks-weu-1");

      assertThat(summary.complete()).isTrue();
      assertThat(stage.arm("GET", Stage.VAULT, VERSION, "").at("/properties/accessPolicies"))
          .singleElement()
          .satisfies(
              policy ->
                  assertThat(policy.path("permissions").toString())
                      .isEqualTo("{\"secrets\":[\"get\"]}"));
      assertThat(accepted.findings())
          .contains("an access policy lets the identity read every secret of the vault");
      assertThat(Stage.verdicts(accepted, Hop.UNDECLARED_REFUSED)).containsExactly(" notProven");
      assertThat(stage.deploy(VaultsTest::byPolicy).changes()).isZero();
    }
  }

  /// No waiting makes known what stands behind a firewall.
  @Test
  void provesNothingOfAVaultBehindAFirewallAndDoesNotWaitForIt() {
    try (var stage = Stage.of(1, folder)) {
      stage.arm(
          "PATCH",
          Stage.VAULT,
          VERSION,
          "{\"properties\":{\"networkAcls\":{\"defaultAction\":\"Deny\",\"bypass\":\"None\"}}}");

      Summary summary = stage.deploy();
      ClusterResult weu = Stage.result(summary, "aks-weu-1");

      assertThat(Stage.verdicts(weu, Hop.SECRET))
          .containsExactly("db-password notProven", "payment-api-key notProven");
      assertThat(Stage.verdicts(weu, Hop.UNDECLARED_REFUSED))
          .containsExactly("latchkey-probe-0a1b2c notProven");
      assertThat(Stage.took(weu, Step.VERIFICATION)).isLessThan(Duration.ofSeconds(50));
    }
  }

  @Test
  void tellsThatTheIdentityMayReadTheWholeVault() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      String principal =
          stage
              .arm("GET", Stage.identityId("aks-weu-1"), "2023-01-31", "")
              .at("/properties/principalId")
              .asString();
      stage.give(SECRETS_USER, principal, Stage.VAULT, 1);

      ClusterResult weu = Stage.result(stage.verify(), "aks-weu-1");

      assertThat(Stage.proofs(weu, Hop.UNDECLARED_REFUSED))
          .singleElement()
          .satisfies(proof -> assertThat(proof.verdict()).isInstanceOf(Verdict.Refuted.class));
      assertThat(weu.findings())
          .isEqualTo(
              List.of(
                  "`id-orders-aks-weu-1` can read the whole vault `kv-shared`, not only the"
                      + " declared secrets."));
    }
  }

  /// The vault itself decides by the condition, so the refusal of another name is a real one.
  @Test
  void letsExactlyTheDeclaredSecretsBeReadByOneAssignmentOnACondition() {
    try (var stage = Stage.of(1, folder)) {
      Summary summary = stage.deploy(VaultsTest::onCondition);
      ClusterResult weu = Stage.result(summary, "aks-weu-1");

      assertThat(summary.complete()).isTrue();
      assertThat(Stage.verdicts(weu, Hop.SECRET))
          .containsExactly("db-password proven", "payment-api-key proven");
      assertThat(Stage.verdicts(weu, Hop.UNDECLARED_REFUSED))
          .containsExactly("latchkey-probe-0a1b2c proven");
      assertThat(weu.findings()).isEmpty();
      Summary again = stage.deploy(VaultsTest::onCondition);
      assertThat(again.changes()).isZero();
      assertThat(Stage.result(again, "aks-weu-1").findings()).isEmpty();
    }
  }

  @Test
  void changesTheConditionWhenTheListOfSecretsChanges() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy(file -> onCondition(file).replace(", payment-api-key", ""));
      ClusterResult weu = Stage.result(stage.deploy(VaultsTest::onCondition), "aks-weu-1");

      assertThat(weu.succeeded()).as("%s", Stage.steps(weu)).isTrue();
      assertThat(Stage.steps(weu)).contains("access changed");
      assertThat(Stage.verdicts(weu, Hop.SECRET))
          .containsExactly("db-password proven", "payment-api-key proven");
    }
  }

  @Test
  void namesTheRolesPerSecretThatAConditionLeavesBehind() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();

      ClusterResult weu = Stage.result(stage.deploy(VaultsTest::onCondition), "aks-weu-1");

      assertThat(weu.succeeded()).as("%s", Stage.steps(weu)).isTrue();
      assertThat(weu.findings())
          .singleElement()
          .asString()
          .startsWith(
              "the file needs no more what an earlier run assigned: Key Vault Secrets User on"
                  + " kv-shared/secrets/");
      assertThat(stage.deploy(VaultsTest::onCondition).changes()).isZero();
    }
  }

  @Test
  void doesNotProveThatAForeignTokenIsRefusedWhereThereIsNoOtherCluster() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.verdicts(weu, Hop.FOREIGN_REFUSED)).containsExactly(" notProven");
    }
  }
}
