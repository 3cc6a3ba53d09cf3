// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.ISSUER;
import static dev.latchkey.core.step.Samples.cluster;
import static dev.latchkey.core.step.Samples.identity;
import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final FederatedCredential OURS = FederatedCredentialStep.wanted(target(), ISSUER);
  private static final Issuer OTHER_CLUSTER =
      new Issuer("https://westeurope.oic.prod-aks.azure.com/tenant/other/");

  @Test
  void aSubjectUnderOurNameThatLatchkeyNeverWroteWasChangedByOthers() {
    var edited =
        new FederatedCredential(
            OURS.name(), ISSUER, "system:serviceaccount:orders:admin", OURS.audience());

    assertThat(credential(inside(), edited))
        .isEqualTo(Because.drift("somebody changed the subject"));
  }

  @Test
  void soWasAnotherAudience() {
    var edited = new FederatedCredential(OURS.name(), ISSUER, OURS.subject(), "api://other");

    assertThat(credential(inside(), edited))
        .isEqualTo(Because.drift("somebody changed the audience"));
  }

  @Test
  void anIssuerWithoutItsSlashWasChangedByOthers() {
    var bare = new Issuer(ISSUER.value().substring(0, ISSUER.value().length() - 1));

    assertThat(credential(Optional.empty(), withIssuer(bare)))
        .isEqualTo(Because.drift("somebody changed the issuer"));
  }

  @Test
  void anIssuerOfAnotherKindWasChangedByOthers() {
    assertThat(credential(Optional.empty(), withIssuer(new Issuer("https://evil.example/"))))
        .isEqualTo(Because.drift("somebody changed the issuer"));
  }

  @Test
  void anEmptyClusterWithAnotherIssuerWasMadeAnew() {
    assertThat(credential(inside(), withIssuer(OTHER_CLUSTER)))
        .isEqualTo(Because.follows("the cluster was made anew"));
  }

  @Test
  void aClusterThatStillHoldsTheReleaseIsTheOldOneSoTheCredentialWasChanged() {
    assertThat(credential(inside(release("client-1", "db-password")), withIssuer(OTHER_CLUSTER)))
        .isEqualTo(Because.drift("somebody changed the issuer"));
  }

  @Test
  void aRoleThatTheReleaseWasGivenAndIsGoneWasRemovedByOthers() {
    assertThat(roles(release("client-1", "db-password")))
        .containsExactly(Because.drift("somebody removed the role"), Because.wanted());
  }

  @Test
  void aReleaseOfAnEarlierIdentityTellsNothingAboutRoles() {
    assertThat(roles(release("client-of-before", "db-password")))
        .containsExactly(Because.wanted(), Because.wanted());
  }

  @Test
  void oneOfOurTwoTagsAloneTellsThatTheOtherWasTakenAway() {
    var half = identity(new Tags(Map.of(Tags.APPLICATION, "orders")));

    assertThat(tags(half)).isEqualTo(Because.drift("somebody removed the tag " + Tags.CLUSTER));
    assertThat(tags(identity(Tags.none()))).isEqualTo(Because.wanted());
  }

  private static FederatedCredential withIssuer(Issuer issuer) {
    return new FederatedCredential(OURS.name(), issuer, OURS.subject(), OURS.audience());
  }

  private static Because credential(Optional<Inside> inside, FederatedCredential credential) {
    Seen seen = seen(identity(), List.of(credential), inside);
    return only(new FederatedCredentialStep().plan(target(), seen).changes());
  }

  private static List<Because> roles(Release release) {
    Seen seen = seen(identity(), List.of(OURS), inside(release));
    return new KeyVaultAccessStep()
        .plan(target(), seen).changes().stream().map(Change::reason).toList();
  }

  private static Because tags(ManagedIdentity identity) {
    Seen seen = seen(identity, List.of(OURS), Optional.empty());
    return only(new ManagedIdentityStep().plan(target(), seen).changes());
  }

  private static Because only(List<Change> changes) {
    assertThat(changes).hasSize(1).allMatch(Change::changes);
    return changes.getFirst().reason();
  }

  private static Optional<Inside> inside(Release... newest) {
    var kubeconfig = new Kubeconfig(Samples.CLUSTER, SignIn.CERTIFICATE, "");
    return Optional.of(Inside.of(kubeconfig, NamespaceState.PRESENT, List.of(newest)));
  }

  private static Release release(String clientId, String secret) {
    var values =
        new ChartValues(
            Map.of(
                "identity", Map.of("clientId", clientId),
                "keyVault", Map.of("uri", Samples.vault(Vault.Model.ROLES).uri()),
                "secrets", List.of(Map.of("name", secret, "as", secret))));
    return new Release(
        "orders",
        "orders",
        1,
        "deployed",
        "workload 0.1.0",
        "digest-1",
        values,
        "",
        Instant.EPOCH,
        "",
        Map.of(),
        List.of(),
        0);
  }

  private static Seen seen(
      ManagedIdentity identity, List<FederatedCredential> credentials, Optional<Inside> inside) {
    Seen plain = Samples.with(cluster(), Optional.of(identity), credentials);
    return new Seen(
        plain.cluster(),
        plain.identity(),
        plain.credentials(),
        plain.vault(),
        plain.assignments(),
        inside,
        plain.chart(),
        plain.problems());
  }
}
