// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.port.TokenExchange.Exchange;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.SecretCondition;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import dev.latchkey.core.trust.TokenClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Walks the way that the app's pod walks, hop by hop, and names the first hop that fails.
///
/// One success is not proof and one refusal is not disproof, so what may be a lag is asked until
/// two answers in a row are good. What must not work is asked last, once, and only when access
/// changed: a security team sees every refusal, and an early one makes Entra remember it.
final class ChainWalk {
  private static final String LABEL = "azure.workload.identity/use";
  private static final String ANNOTATION = "azure.workload.identity/client-id";
  private static final List<String> VARIABLES =
      List.of("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE");
  static final Duration TOKEN_LIFE = Duration.ofMinutes(10);
  private static final int IN_A_ROW = 2;
  private static final Set<String> EXCHANGE_REFUSALS =
      Set.of("AADSTS70021", "AADSTS700211", "AADSTS700213");

  private final Work work;
  private final Cluster cluster;
  private final SecretName probe;
  private final Occasion occasion;
  private final Target target;
  private final ManagedIdentity identity;

  ChainWalk(Work work, Cluster cluster, String probe, Occasion occasion) {
    this.occasion = occasion;
    this.work = work;
    this.cluster = cluster;
    this.probe = new SecretName(probe);
    this.target = work.target();
    this.identity = work.facts().identity().identity();
  }

  /// Walks from this pod; a broken hop ends in a problem.
  void from(Pod pod) throws InterruptedException {
    provePod(pod);
    proveAccount();
    Token token = proveToken(pod);
    work.neighbours().lend(target.name(), token);
    Token entra = proveExchange(token);
    for (SecretName secret : target.vault().names()) {
      proveSecret(secret, entra);
    }
    if (refusalsAreDue()) {
      proveUndeclaredRefused(entra);
      proveForeignRefused();
    } else {
      String reason = "not asked again, since access did not change in this run";
      tell(Proof.notProven(Hop.UNDECLARED_REFUSED, "", reason));
      tell(Proof.notProven(Hop.FOREIGN_REFUSED, "", reason));
    }
  }

  static boolean labelled(Pod pod) {
    return "true".equals(pod.labels().get(LABEL));
  }

  /// What the webhook should have injected and did not.
  static List<String> injected(Pod pod) {
    var missing = new ArrayList<String>();
    VARIABLES.stream()
        .filter(variable -> !pod.environment().containsKey(variable))
        .forEach(missing::add);
    if (!pod.tokenAudiences().contains(FederatedCredential.AUDIENCE)) {
      missing.add("a token for " + FederatedCredential.AUDIENCE);
    }
    return missing;
  }

  private void provePod(Pod pod) {
    if (!labelled(pod)) {
      throw broken(
          Hop.POD, pod.name(), new ChainProblem.PodWithoutLabel(target.name(), pod.name()));
    }
    List<String> missing = injected(pod);
    if (!missing.isEmpty()) {
      throw broken(
          Hop.POD, pod.name(), new ChainProblem.PodNotMutated(target.name(), pod.name(), missing));
    }
    String seen = pod.environment().getOrDefault("AZURE_CLIENT_ID", "");
    if (!seen.equalsIgnoreCase(identity.client().value())) {
      throw broken(
          Hop.POD,
          pod.name(),
          new ChainProblem.PodOfOtherIdentity(
              target.name(), pod.name(), identity.client().value(), seen));
    }
    tell(Proof.proven(Hop.POD, pod.name(), "label, variables and token file"));
  }

  private void proveAccount() {
    String seen =
        cluster
            .annotations(target.serviceAccount())
            .map(annotations -> annotations.getOrDefault(ANNOTATION, ""))
            .orElse("");
    if (!seen.equalsIgnoreCase(identity.client().value())) {
      throw broken(
          Hop.SERVICE_ACCOUNT,
          target.serviceAccount().toString(),
          new ChainProblem.AccountOfOtherIdentity(
              target.name(), target.serviceAccount(), identity.client().value(), seen));
    }
    tell(
        Proof.proven(Hop.SERVICE_ACCOUNT, target.serviceAccount().toString(), "client id " + seen));
  }

  private Token proveToken(Pod pod) {
    Token token = cluster.token(target.serviceAccount(), pod, TOKEN_LIFE);
    Issuer issuer = work.facts().issuer();
    String ofToken = TokenClaims.of(token).map(TokenClaims::issuer).orElse("(not a token)");
    if (!ofToken.equals(issuer.value())) {
      throw broken(
          Hop.TOKEN,
          pod.name(),
          new ChainProblem.TokenOfOtherIssuer(target.name(), issuer, ofToken));
    }
    tell(Proof.proven(Hop.TOKEN, pod.name(), "issuer " + issuer));
    return token;
  }

  private Token proveExchange(Token token) throws InterruptedException {
    FederatedCredential credential = work.facts().credential().credential();
    Optional<ChainProblem> difference = difference(credential, Optional.empty());
    if (difference.isPresent()) {
      throw refused(token, credential);
    }
    Lag lag =
        young(Lag.CREDENTIAL_NOT_YET_MATCHED, Freshness.ofUnprovenCredential(work))
            ? Lag.CREDENTIAL_NOT_YET_MATCHED
            : Lag.EXCHANGE_FLAKES;
    Optional<Instant> written = work.facts().credential().written();
    if (written.isPresent()) {
      // where the release is kept, nothing has waited for it yet
      work.pace().settle(Lag.CREDENTIAL_SETTLING, written.get());
    }
    var attempts = new Attempts();
    Optional<Token> granted = work.pace().attempt(lag, () -> exchange(token, lag, attempts));
    if (granted.isEmpty()) {
      throw attempts
          .refusal
          .map(refusal -> explained(credential, attempts.asked, refusal))
          .orElseGet(() -> unknown(Hop.EXCHANGE, identity.id().name(), attempts.reason));
    }
    tell(Proof.proven(Hop.CREDENTIAL, credential.name(), "issuer, subject and audience"));
    tell(Proof.proven(Hop.EXCHANGE, identity.id().name(), attempts.words()));
    return granted.get();
  }

  private Optional<Token> exchange(Token token, Lag lag, Attempts attempts) {
    return switch (work.ports().exchange().exchange(identity.tenant(), identity.client(), token)) {
      case Exchange.Granted granted ->
          attempts.good() ? Optional.of(granted.token()) : exchange(token, lag, attempts);
      case Exchange.Refused refused -> {
        attempts.refused(refused.answer());
        if (!lag.shows(refused.answer())) {
          throw explained(work.facts().credential().credential(), attempts.asked, refused.answer());
        }
        yield Optional.empty();
      }
      case Exchange.Unknown unknown -> {
        attempts.unknown(unknown.reason());
        yield Optional.empty();
      }
    };
  }

  /// The credential is wrong for all to see; Entra is asked once, so that its own words are there.
  private ProblemException refused(Token token, FederatedCredential credential) {
    Exchange exchange =
        work.ports().exchange().exchange(identity.tenant(), identity.client(), token);
    Optional<AzureAnswer> refusal =
        exchange instanceof Exchange.Refused answer
            ? Optional.of(answer.answer())
            : Optional.empty();
    ChainProblem problem = difference(credential, refusal).orElseThrow();
    ProblemException broken = broken(Hop.CREDENTIAL, credential.name(), problem);
    String name = identity.id().name();
    tell(
        refusal
            .map(answer -> Proof.refuted(Hop.EXCHANGE, name, problem))
            .orElse(
                Proof.notProven(Hop.EXCHANGE, name, "Entra ID has not noticed the change yet")));
    return broken;
  }

  /// Looks again at the credentials, since somebody may have changed ours.
  private ProblemException explained(FederatedCredential expected, int asked, AzureAnswer refusal) {
    List<FederatedCredential> present = work.ports().identities().credentials(identity.id());
    Optional<FederatedCredential> now =
        present.stream().filter(each -> each.name().equals(expected.name())).findFirst();
    ChainProblem problem =
        now.isEmpty()
            ? new ChainProblem.CredentialMissing(
                target.name(), identity.id().name(), expected.name())
            : difference(now.get(), Optional.of(refusal))
                .orElseGet(
                    () ->
                        new ChainProblem.ExchangeRefused(
                            target.name(), identity.id().name(), asked, refusal));
    Hop hop = problem instanceof ChainProblem.ExchangeRefused ? Hop.EXCHANGE : Hop.CREDENTIAL;
    return broken(hop, expected.name(), problem);
  }

  private Optional<ChainProblem> difference(
      FederatedCredential credential, Optional<AzureAnswer> refusal) {
    Issuer issuer = work.facts().issuer();
    String subject = target.serviceAccount().subject();
    if (!credential.issuer().equals(issuer)) {
      return Optional.of(
          new ChainProblem.IssuerDiffers(
              target.name(), credential.name(), issuer, credential.issuer(), refusal));
    }
    if (!credential.subject().equals(subject)) {
      return Optional.of(
          new ChainProblem.SubjectDiffers(
              target.name(), credential.name(), subject, credential.subject(), refusal));
    }
    if (!credential.audience().equals(FederatedCredential.AUDIENCE)) {
      return Optional.of(
          new ChainProblem.AudienceDiffers(
              target.name(), credential.name(), credential.audience(), refusal));
    }
    return Optional.empty();
  }

  private void proveSecret(SecretName secret, Token entra) throws InterruptedException {
    Vault vault = work.facts().access().vault();
    boolean young = young(Lag.ROLE_NOT_YET_HONOURED, Freshness.ofAccess(work));
    var attempts = new Attempts();
    Optional<Boolean> read =
        young
            ? work.pace()
                .attempt(Lag.ROLE_NOT_YET_HONOURED, () -> read(vault, secret, entra, attempts))
            : read(vault, secret, entra, attempts);
    if (read.orElse(false)) {
      tell(Proof.proven(Hop.SECRET, secret.value(), attempts.words()));
      return;
    }
    if (attempts.refusal.isEmpty()) {
      tell(Proof.notProven(Hop.SECRET, secret.value(), attempts.reason));
      return;
    }
    throw broken(
        Hop.SECRET,
        secret.value(),
        new ChainProblem.SecretUnreadable(
            target.name(), vault.id().name(), secret, attempts.asked, attempts.refusal.get()));
  }

  /// Whether it can be read; empty while the refusal may still be a lag. What nobody can know, such
  /// as what stands behind a firewall, no waiting makes known.
  private Optional<Boolean> read(Vault vault, SecretName secret, Token entra, Attempts attempts) {
    return switch (work.ports().secrets().probe(vault, secret, entra)) {
      case SecretProbe.Answer.Read _ ->
          attempts.good() ? Optional.of(true) : read(vault, secret, entra, attempts);
      case SecretProbe.Answer.Refused refused -> {
        attempts.refused(refused.answer());
        yield Optional.empty();
      }
      case SecretProbe.Answer.Unknown unknown -> {
        attempts.unknown(unknown.reason());
        yield Optional.of(false);
      }
      case SecretProbe.Answer.Missing missing ->
          throw broken(
              Hop.SECRET,
              secret.value(),
              new ChainProblem.SecretMissing(
                  target.name(), vault.id().name(), secret, missing.answer()));
    };
  }

  /// A caller that may read only some secrets is told 403 for a name that nobody has; one that may
  /// read them all is told 404. So over-privilege shows without knowing any other secret.
  private void proveUndeclaredRefused(Token entra) {
    Vault vault = work.facts().access().vault();
    if (vault.model() == Vault.Model.POLICIES) {
      tell(
          Proof.notProven(
              Hop.UNDECLARED_REFUSED, "", "an access policy lets it read the whole vault"));
      return;
    }
    switch (work.ports().secrets().probe(vault, probe, entra)) {
      case SecretProbe.Answer.Refused refused
          when refused.answer().code().equals("ForbiddenByRbac") ->
          tell(Proof.proven(Hop.UNDECLARED_REFUSED, probe.value(), refused.answer().code()));
      case SecretProbe.Answer.Refused refused ->
          tell(
              Proof.notProven(Hop.UNDECLARED_REFUSED, probe.value(), refused.answer().reference()));
      case SecretProbe.Answer.Unknown unknown ->
          tell(Proof.notProven(Hop.UNDECLARED_REFUSED, probe.value(), unknown.reason()));
      case SecretProbe.Answer.Read _, SecretProbe.Answer.Missing _ -> overPrivileged(vault);
    }
  }

  /// latchkey did not make the wider access, so it is told and does not fail the run.
  private void overPrivileged(Vault vault) {
    List<String> because =
        work.seen().assignments().stream()
            .filter(held -> held.principal().value().equalsIgnoreCase(identity.principal().value()))
            .filter(held -> !held.scope().toLowerCase(Locale.ROOT).contains("/secrets/"))
            .filter(held -> held.condition().flatMap(SecretCondition::secrets).isEmpty())
            .map(held -> "the assignment %s on %s".formatted(held.name(), held.scope()))
            .toList();
    var problem =
        new ChainProblem.OverPrivileged(
            target.name(), identity.id().name(), vault.id().name(), because);
    tell(Proof.refuted(Hop.UNDECLARED_REFUSED, probe.value(), problem));
    work.found(problem.text().what());
  }

  private void proveForeignRefused() throws InterruptedException {
    Optional<Neighbours.Loan> loan = work.neighbours().borrow(target.name());
    if (loan.isEmpty()) {
      tell(
          Proof.notProven(Hop.FOREIGN_REFUSED, "", "no other cluster of this run has a token yet"));
      return;
    }
    String owner = loan.get().owner().value();
    Exchange exchange =
        work.ports().exchange().exchange(identity.tenant(), identity.client(), loan.get().token());
    switch (exchange) {
      case Exchange.Refused refused when EXCHANGE_REFUSALS.contains(refused.answer().code()) ->
          tell(Proof.proven(Hop.FOREIGN_REFUSED, owner, refused.answer().code()));
      case Exchange.Refused refused ->
          tell(Proof.notProven(Hop.FOREIGN_REFUSED, owner, refused.answer().reference()));
      case Exchange.Unknown unknown ->
          tell(Proof.notProven(Hop.FOREIGN_REFUSED, owner, unknown.reason()));
      case Exchange.Granted _ ->
          throw broken(
              Hop.FOREIGN_REFUSED,
              owner,
              new ChainProblem.ForeignTokenAccepted(
                  target.name(), identity.id().name(), loan.get().owner()));
    }
  }

  private boolean refusalsAreDue() {
    return occasion == Occasion.PROOF
        || work.facts().access().made() > 0
        || work.facts().credential().written().isPresent();
  }

  private boolean young(Lag lag, Optional<Instant> since) {
    return since.filter(when -> work.pace().within(lag, when)).isPresent();
  }

  private ProblemException broken(Hop hop, String about, ChainProblem problem) {
    tell(Proof.refuted(hop, about, problem));
    return new ProblemException(problem);
  }

  private ProblemException unknown(Hop hop, String about, String reason) {
    tell(Proof.notProven(hop, about, reason));
    return new ProblemException(
        new AzureProblem.Unreachable("Exchanging a token", "Entra ID", reason));
  }

  private void tell(Proof proof) {
    work.proved(proof);
  }

  /// How often something was asked, and what came back last.
  private static final class Attempts {
    private int asked;
    private int succeeded;
    private int inARow;
    private String reason = "";
    private Optional<AzureAnswer> refusal = Optional.empty();

    /// Counts a success; whether that is enough.
    boolean good() {
      asked++;
      succeeded++;
      inARow++;
      return inARow >= IN_A_ROW;
    }

    void refused(AzureAnswer answer) {
      asked++;
      inARow = 0;
      refusal = Optional.of(answer);
    }

    void unknown(String why) {
      asked++;
      inARow = 0;
      reason = why;
    }

    String words() {
      return "%d of %d attempts".formatted(succeeded, asked);
    }
  }
}
