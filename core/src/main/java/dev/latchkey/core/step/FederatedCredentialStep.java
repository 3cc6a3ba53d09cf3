// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.resource.CredentialName;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Step 3: the identity trusts the service account of this cluster.
///
/// Only the credential of our derived name is ever written; one of another name that holds our
/// issuer and subject is adopted as it is.
final class FederatedCredentialStep implements ClusterStep {
  /// Entra's limit for one identity.
  ///
  /// @see <a
  ///   href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations">considerations</a>
  private static final int CREDENTIALS_MAX = 20;

  @Override
  public Step step() {
    return Step.FEDERATED_CREDENTIAL;
  }

  /// The name of our credential.
  static String name(Target target) {
    return CredentialName.of(target.cluster(), target.serviceAccount());
  }

  @Override
  public StepPlan plan(Target target, Seen seen) {
    Optional<Issuer> issuer = seen.cluster().orElseThrow().issuer();
    Optional<FederatedCredential> adopted = issuer.flatMap(known -> adopted(target, seen, known));
    if (adopted.isPresent()) {
      Thing thing = new Thing(Kind.CREDENTIAL, adopted.get().name());
      return StepPlan.of(step(), List.of(new Change.Keep(thing)))
          .with(
              List.of(
                  "adopted: the credential %s was not made by latchkey".formatted(thing.name())));
    }
    Thing thing = new Thing(Kind.CREDENTIAL, name(target));
    Settings after =
        settings(
            issuer
                .<Value>map(known -> Value.of(known.value()))
                .orElse(new Value.KnownAfter(Step.WORKLOAD_IDENTITY)),
            target.serviceAccount().subject(),
            FederatedCredential.AUDIENCE);
    Optional<FederatedCredential> ours = ours(target, seen.credentials());
    if (ours.isPresent()
        && issuer.isPresent()
        && isRight(ours.get(), wanted(target, issuer.get()))) {
      return StepPlan.of(step(), List.of(new Change.Keep(thing)));
    }
    if (target.manage().credential() == Duty.REQUIRE) {
      return StepPlan.blocked(step(), required(target, seen, thing, issuer));
    }
    if (ours.isEmpty() && seen.credentials().size() >= CREDENTIALS_MAX) {
      var identity = target.identity().id(seen.cluster().orElseThrow().location());
      return StepPlan.blocked(step(), new StepProblem.CredentialsFull(identity, CREDENTIALS_MAX));
    }
    Change change =
        ours.<Change>map(
                credential ->
                    new Change.Update(
                        thing,
                        settings(
                            Value.of(credential.issuer().value()),
                            credential.subject(),
                            credential.audience()),
                        after,
                        CredentialDrift.of(target, seen, credential, issuer),
                        ""))
            .orElseGet(() -> new Change.Create(thing, after));
    return StepPlan.of(step(), List.of(change));
  }

  @Override
  public String apply(StepPlan plan, Work work) throws InterruptedException {
    Issuer issuer = work.facts().issuer();
    Change change = plan.changes().getFirst();
    FederatedCredential wanted = wanted(work.target(), issuer);
    if (!change.changes()) {
      FederatedCredential kept =
          new FederatedCredential(
              change.thing().name(), issuer, wanted.subject(), wanted.audience());
      work.facts().settle(new Known.Credential(kept, Optional.empty()));
      return "";
    }
    ManagedIdentity identity = work.facts().identity().identity();
    work.pace()
        .retry(
            Set.of(Lag.IDENTITY_NOT_YET_FOUND, Lag.CREDENTIAL_WRITES_COLLIDE),
            () -> {
              work.ports().identities().put(identity.id(), wanted);
              return wanted;
            });
    work.changed(change);
    work.facts().settle(new Known.Credential(wanted, Optional.of(work.ports().time().now())));
    boolean early = work.seen().cluster().orElseThrow().issuer().isEmpty();
    return early ? "issuer taken from the running update" : "";
  }

  static FederatedCredential wanted(Target target, Issuer issuer) {
    return new FederatedCredential(
        name(target), issuer, target.serviceAccount().subject(), FederatedCredential.AUDIENCE);
  }

  /// The credential that has our derived name, whatever case the file writes the cluster's name in.
  static Optional<FederatedCredential> ours(Target target, List<FederatedCredential> credentials) {
    String name = name(target);
    return credentials.stream()
        .filter(credential -> credential.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static boolean isRight(FederatedCredential credential, FederatedCredential wanted) {
    return credential.issuer().equals(wanted.issuer())
        && credential.subject().equals(wanted.subject())
        && credential.audience().equals(wanted.audience());
  }

  private static Optional<FederatedCredential> adopted(Target target, Seen seen, Issuer issuer) {
    FederatedCredential wanted = wanted(target, issuer);
    return seen.credentials().stream()
        .filter(credential -> !credential.name().equalsIgnoreCase(wanted.name()))
        .filter(credential -> isRight(credential, wanted))
        .findFirst();
  }

  private static Settings settings(Value issuer, String subject, String audience) {
    return Settings.of("issuer", issuer)
        .and("subject", Value.of(subject))
        .and("audience", Value.of(audience));
  }

  private static StepProblem.Required required(
      Target target, Seen seen, Thing thing, Optional<Issuer> issuer) {
    var identity = target.identity().id(seen.cluster().orElseThrow().location());
    return new StepProblem.Required(
        thing,
        "a credential for %s and the cluster's issuer".formatted(target.serviceAccount().subject()),
        ("az identity federated-credential create --name %s --identity-name %s --resource-group %s"
                + " --subscription %s --issuer %s --subject %s --audiences %s")
            .formatted(
                thing.name(),
                identity.name(),
                identity.resourceGroup(),
                identity.subscription(),
                issuer
                    .map(Issuer::value)
                    .orElse(
                        "$(az aks show --ids %s --query oidcIssuerProfile.issuerUrl --output tsv)"
                            .formatted(target.cluster())),
                target.serviceAccount().subject(),
                FederatedCredential.AUDIENCE));
  }
}
