// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.TokenExchange.Exchange;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The hops at Entra ID: the federated credential matches the pod's token, and the token is
/// exchanged for one of the identity.
final class ExchangeHops {
  private final Work work;
  private final ProofSheet sheet;
  private final Target target;
  private final ManagedIdentity identity;

  ExchangeHops(Work work) {
    this.work = work;
    this.sheet = new ProofSheet(work);
    this.target = work.target();
    this.identity = work.facts().identity().identity();
  }

  /// The identity's token for this one of the service account.
  Token prove(Token token) throws InterruptedException {
    FederatedCredential credential = work.facts().credential().credential();
    Optional<ChainProblem> difference = difference(credential, Optional.empty());
    if (difference.isPresent()) {
      throw refused(token, credential);
    }
    Lag lag =
        Freshness.within(work, Lag.CREDENTIAL_NOT_YET_MATCHED, Freshness.ofUnprovenCredential(work))
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
          .refusal()
          .map(refusal -> explained(credential, attempts.asked(), refusal))
          .orElseGet(() -> unknown(attempts.reason()));
    }
    sheet.tell(Proof.proven(Hop.CREDENTIAL, credential.name(), "issuer, subject and audience"));
    sheet.tell(Proof.proven(Hop.EXCHANGE, identity.id().name(), attempts.words()));
    return granted.get();
  }

  private Optional<Token> exchange(Token token, Lag lag, Attempts attempts) {
    return switch (work.ports().exchange().exchange(identity.tenant(), identity.client(), token)) {
      case Exchange.Granted granted ->
          attempts.good() ? Optional.of(granted.token()) : exchange(token, lag, attempts);
      case Exchange.Refused refused -> {
        attempts.refused(refused.answer());
        if (!lag.shows(refused.answer())) {
          throw explained(
              work.facts().credential().credential(), attempts.asked(), refused.answer());
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
    ProblemException broken = sheet.broken(Hop.CREDENTIAL, credential.name(), problem);
    String name = identity.id().name();
    sheet.tell(
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
    return sheet.broken(hop, expected.name(), problem);
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

  private ProblemException unknown(String reason) {
    sheet.tell(Proof.notProven(Hop.EXCHANGE, identity.id().name(), reason));
    return new ProblemException(
        new AzureProblem.Unreachable("Exchanging a token", "Entra ID", reason));
  }
}
