// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.CLUSTER;
import static dev.latchkey.core.step.Samples.ISSUER;
import static dev.latchkey.core.step.Samples.cluster;
import static dev.latchkey.core.step.Samples.identity;
import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FederatedCredentialStepTest {
  private static final FederatedCredential OURS = FederatedCredentialStep.wanted(target(), ISSUER);
  private static final String SUBJECT = "system:serviceaccount:orders:orders";

  private final FederatedCredentialStep step = new FederatedCredentialStep();

  @Test
  void keepsACredentialThatIsRightToTheLastCharacter() {
    StepPlan plan = step.plan(target(), seen(cluster(), OURS));

    assertThat(plan.changes())
        .containsExactly(new Change.Keep(new Thing(Kind.CREDENTIAL, OURS.name())));
  }

  @Test
  void updatesTheIssuerOfAClusterThatWasMadeAnew() {
    var old = new Issuer("https://westeurope.oic.prod-aks.azure.com/tenant/old/");
    var stale = new FederatedCredential(OURS.name(), old, SUBJECT, OURS.audience());

    StepPlan plan = step.plan(target(), seen(cluster(), stale));

    assertThat(plan.changes())
        .containsExactly(
            new Change.Update(
                new Thing(Kind.CREDENTIAL, OURS.name()),
                settings(Value.of(old.value())),
                settings(Value.of(ISSUER.value())),
                Because.follows("the cluster was made anew, or somebody changed the issuer"),
                ""));
  }

  @Test
  void countsAMissingSlashAsAnotherIssuer() {
    var bare = new Issuer(ISSUER.value().substring(0, ISSUER.value().length() - 1));
    var stale = new FederatedCredential(OURS.name(), bare, SUBJECT, OURS.audience());

    assertThat(step.plan(target(), seen(cluster(), stale)).changesSomething()).isTrue();
  }

  @Test
  void asksForNoCredentialThatHasNoRoom() {
    FederatedCredential[] others =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    new FederatedCredential(
                        "other-" + i,
                        new Issuer("https://issuer.example/" + i + "/"),
                        SUBJECT,
                        OURS.audience()))
            .toArray(FederatedCredential[]::new);

    assertThat(step.plan(target(), seen(cluster(), others)).obstacle())
        .containsInstanceOf(StepProblem.CredentialsFull.class);
    others[7] = new FederatedCredential(OURS.name(), others[7].issuer(), SUBJECT, OURS.audience());
    assertThat(step.plan(target(), seen(cluster(), others)).obstacle()).isEmpty();
  }

  @Test
  void saysThatTheIssuerIsKnownOnlyAfterStepOne() {
    ObservedCluster off = cluster(CLUSTER, Optional.empty(), Feature.OFF, "Succeeded");

    StepPlan plan = step.plan(target(), seen(off));

    assertThat(plan.changes())
        .containsExactly(
            new Change.Create(
                new Thing(Kind.CREDENTIAL, OURS.name()),
                settings(new Value.KnownAfter(Step.WORKLOAD_IDENTITY))));
  }

  @Test
  void adoptsACredentialOfAnotherNameAndSaysSo() {
    var foreign = new FederatedCredential("terraform", ISSUER, SUBJECT, OURS.audience());

    StepPlan plan = step.plan(target(), seen(cluster(), foreign));

    assertThat(plan.changes())
        .containsExactly(new Change.Keep(new Thing(Kind.CREDENTIAL, "terraform")));
    assertThat(plan.findings())
        .containsExactly("adopted: the credential terraform was not made by latchkey");
  }

  @Test
  void namesTheCommandForTheOwnerWhenOthersMakeCredentials() {
    Target required =
        target(new Management(Duty.MAKE, Duty.MAKE, Duty.REQUIRE, Duty.MAKE), Means.ROLES);

    StepPlan plan = step.plan(required, seen(cluster()));

    assertThat(plan.obstacle().orElseThrow().text().next())
        .isEqualTo(
            "az identity federated-credential create --name %s --identity-name"
                    .formatted(OURS.name())
                + " id-orders-aks-weu-1 --resource-group rg-weu --subscription s-1 --issuer "
                + ISSUER
                + " --subject "
                + SUBJECT
                + " --audiences api://AzureADTokenExchange");
  }

  private static Settings settings(Value issuer) {
    return Settings.of("issuer", issuer)
        .and("subject", Value.of(SUBJECT))
        .and("audience", Value.of(FederatedCredential.AUDIENCE));
  }

  private static Seen seen(ObservedCluster cluster, FederatedCredential... credentials) {
    return Samples.with(cluster, Optional.of(identity()), List.of(credentials));
  }
}
