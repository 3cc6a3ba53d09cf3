// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static dev.latchkey.sandbox.server.Rehearsal.CLUSTER;
import static dev.latchkey.sandbox.server.Rehearsal.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.premise.AccessPremise;
import dev.latchkey.sandbox.premise.ClusterPremise;
import dev.latchkey.sandbox.premise.IdentityPremise;
import dev.latchkey.sandbox.premise.Premise;
import dev.latchkey.sandbox.premise.Premises.Outcome;
import dev.latchkey.sandbox.premise.WorkloadPremise;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PremisesTest {
  private final Rehearsal rehearsal = Rehearsal.start();
  private final Sandbox sandbox = rehearsal.sandbox;

  @AfterEach
  void stop() {
    rehearsal.close();
  }

  static List<Arguments> symptoms() {
    return List.of(
        Arguments.of(IdentityPremise.ISSUER_WITHOUT_SLASH, "AADSTS700211"),
        Arguments.of(IdentityPremise.WRONG_SUBJECT, "AADSTS700213"),
        Arguments.of(IdentityPremise.WRONG_SUBJECT_CASE, "AADSTS7002138"),
        Arguments.of(IdentityPremise.WRONG_AUDIENCE, "AADSTS700212"),
        Arguments.of(IdentityPremise.CREDENTIAL_OVERWRITTEN, "AADSTS700211"),
        Arguments.of(IdentityPremise.IDENTITY_RECREATED, "AADSTS700016"),
        Arguments.of(WorkloadPremise.MISSING_POD_LABEL, "no variables"),
        Arguments.of(WorkloadPremise.LABEL_ON_WRONG_OBJECT, "no variables"),
        Arguments.of(WorkloadPremise.MISSPELT_ANNOTATION, "no client id"),
        Arguments.of(WorkloadPremise.WRONG_CLIENT_ID, "AADSTS700016"),
        Arguments.of(WorkloadPremise.WRONG_TENANT, "AADSTS90002"),
        Arguments.of(AccessPremise.MISSING_ROLE, "ForbiddenByRbac"),
        Arguments.of(AccessPremise.VAULT_IN_POLICY_MODE, "AccessDenied"),
        Arguments.of(AccessPremise.VAULT_FIREWALL, "ForbiddenByFirewall"),
        Arguments.of(AccessPremise.SECRET_DISABLED, "SecretDisabled"),
        Arguments.of(AccessPremise.SECRET_DELETED, "SecretNotFound"),
        Arguments.of(ClusterPremise.WEBHOOK_ABSENT, "no variables"),
        Arguments.of(ClusterPremise.POD_OLDER_THAN_WEBHOOK, "no variables"),
        Arguments.of(ClusterPremise.DISCOVERY_UNREACHABLE, "AADSTS(90061|50166|501661)"));
  }

  @ParameterizedTest
  @MethodSource("symptoms")
  void showsTheSymptomUntilItIsMended(Premise premise, String symptom) {
    rehearsal.deployed();
    assertThat(rehearsal.walk()).isEqualTo("secret read");

    assertThat(sandbox.set(premise, CLUSTER)).isEqualTo(new Outcome.Done());
    eventually(() -> rehearsal.walk().matches(symptom), rehearsal::walk);

    assertThat(sandbox.mend(premise, CLUSTER)).isEqualTo(new Outcome.Done());
    eventually(() -> rehearsal.walk().equals("secret read"), rehearsal::walk);
  }

  @Test
  void aRoleAtVaultScopeLetsTheIdentityReadWhatWasNeverMeantForIt() {
    rehearsal.deployed();
    assertThat(rehearsal.walkFurther()).isEqualTo("ForbiddenByRbac");

    sandbox.set(AccessPremise.ROLE_AT_VAULT_SCOPE, CLUSTER);
    assertThat(rehearsal.walkFurther()).isEqualTo("secret read");

    sandbox.mend(AccessPremise.ROLE_AT_VAULT_SCOPE, CLUSTER);
    assertThat(rehearsal.walkFurther()).isEqualTo("ForbiddenByRbac");
    assertThat(rehearsal.walk()).isEqualTo("secret read");
  }

  @Test
  void aClusterThatWasRecreatedIsEmptyAndHasAnotherIssuer() {
    rehearsal.deployed();
    String before = rehearsal.issuer();

    sandbox.set(ClusterPremise.CLUSTER_RECREATED, CLUSTER);
    assertThat(rehearsal.issuer()).isNotEqualTo(before);
    assertThat(rehearsal.pods()).isEmpty();

    sandbox.mend(ClusterPremise.CLUSTER_RECREATED, CLUSTER);
    assertThat(rehearsal.issuer()).isEqualTo(before);
    eventually(() -> rehearsal.walk().equals("secret read"), rehearsal::walk);
  }

  @Test
  void anImageThatCannotBePulledKeepsItsPodFromStarting() {
    rehearsal.deployed();

    sandbox.set(WorkloadPremise.IMAGE_NOT_PULLABLE, CLUSTER);
    eventually(() -> waiting().contains("ImagePullBackOff"), this::waiting);

    sandbox.mend(WorkloadPremise.IMAGE_NOT_PULLABLE, CLUSTER);
    eventually(() -> waiting().isEmpty(), this::waiting);
  }

  private List<String> waiting() {
    return rehearsal.pods().stream()
        .map(pod -> pod.at("/status/containerStatuses/0/state/waiting/reason").asString(""))
        .filter(reason -> !reason.isEmpty())
        .toList();
  }

  @Test
  void aReleaseIsLeftPendingAsAnUpgradeLeavesItThatWasCut() {
    rehearsal.deployed();
    String secrets = "/api/v1/namespaces/orders/secrets";
    rehearsal.inCluster("POST", secrets, Releases.secret("orders", 1, "deployed"));

    sandbox.set(WorkloadPremise.RELEASE_PENDING, CLUSTER);
    assertThat(Releases.read(rehearsal.inCluster("GET", secrets, "")))
        .containsExactly("1 deployed", "2 pending-upgrade");

    sandbox.mend(WorkloadPremise.RELEASE_PENDING, CLUSTER);
    assertThat(Releases.read(rehearsal.inCluster("GET", secrets, "")))
        .containsExactly("1 deployed");
  }

  @Test
  void withoutLocalAccountsAndRolesNobodyGetsIntoTheCluster() {
    var pipeline = rehearsal.pipeline();
    assertThat(pipeline.listPods()).isEqualTo(200);

    sandbox.set(ClusterPremise.LOCAL_ACCOUNTS_DISABLED, CLUSTER);
    assertThat(pipeline.listPods()).isEqualTo(403);

    sandbox.mend(ClusterPremise.LOCAL_ACCOUNTS_DISABLED, CLUSTER);
    assertThat(pipeline.listPods()).isEqualTo(200);
  }

  @Test
  void waitsForWhatIsNotThereYet() {
    assertThat(sandbox.set(IdentityPremise.WRONG_SUBJECT, CLUSTER)).isEqualTo(new Outcome.Waits());

    rehearsal.deployed();

    eventually(() -> rehearsal.walk().equals("AADSTS700213"), rehearsal::walk);
  }

  @Test
  void refusesAClusterThatIsNotThere() {
    assertThat(sandbox.set(IdentityPremise.WRONG_SUBJECT, "aks-mars-1"))
        .isEqualTo(new Outcome.NoSuchCluster(List.of("aks-neu-1", "aks-sea-1", "aks-weu-1")));
  }

  @Test
  void doesNothingTwice() {
    rehearsal.deployed();

    assertThat(sandbox.mend(AccessPremise.MISSING_ROLE, CLUSTER))
        .isEqualTo(new Outcome.NothingToDo());
    sandbox.set(AccessPremise.MISSING_ROLE, CLUSTER);
    assertThat(sandbox.set(AccessPremise.MISSING_ROLE, CLUSTER))
        .isEqualTo(new Outcome.NothingToDo());
  }

  @Test
  void everyKindIsFoundByTheWordThatIsTyped() {
    assertThat(Premise.all())
        .hasSize(24)
        .allMatch(each -> Premise.of(each.kind()).equals(Optional.of(each)));
    assertThat(Premise.of("issuer-without-slash")).contains(IdentityPremise.ISSUER_WITHOUT_SLASH);
    assertThat(Premise.of("nonsense")).isEmpty();
  }
}
