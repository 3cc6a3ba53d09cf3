// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.port.SecretProbe;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import dev.latchkey.core.trust.TokenClaims;
import java.time.Duration;
import java.util.Optional;

/// Walks the way that the app's pod walks, hop by hop, and names the first hop that fails.
///
/// One success is not proof and one refusal is not disproof, so what may be a lag is asked until
/// two answers in a row are good. What must not work is asked last, once, and only when access
/// changed: a security team sees every refusal, and an early one makes Entra remember it.
final class ChainWalk {
  static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  private final Work work;
  private final Cluster cluster;
  private final SecretName probe;
  private final Occasion occasion;
  private final ProofSheet sheet;
  private final Target target;

  ChainWalk(Work work, Cluster cluster, String probe, Occasion occasion) {
    this.work = work;
    this.cluster = cluster;
    this.probe = new SecretName(probe);
    this.occasion = occasion;
    this.sheet = new ProofSheet(work);
    this.target = work.target();
  }

  /// Walks from this pod; a broken hop ends in a problem.
  void from(Pod pod) throws InterruptedException {
    var start = new PodHops(work, cluster);
    start.provePod(pod);
    start.proveAccount();
    Token token = proveToken(pod);
    work.neighbours().lend(target.name(), token);
    Token entra = new ExchangeHops(work).prove(token);
    for (SecretName secret : target.vault().names()) {
      proveSecret(secret, entra);
    }
    if (refusalsAreDue()) {
      var refusals = new RefusalHops(work, probe);
      refusals.proveUndeclaredRefused(entra);
      refusals.proveForeignRefused();
    } else {
      String reason = "not asked again, since access did not change in this run";
      sheet.tell(Proof.notProven(Hop.UNDECLARED_REFUSED, "", reason));
      sheet.tell(Proof.notProven(Hop.FOREIGN_REFUSED, "", reason));
    }
  }

  private Token proveToken(Pod pod) {
    Token token = cluster.token(target.serviceAccount(), pod, TOKEN_LIFE);
    Issuer issuer = work.facts().issuer();
    String ofToken = TokenClaims.of(token).map(TokenClaims::issuer).orElse("(not a token)");
    if (!ofToken.equals(issuer.value())) {
      throw sheet.broken(
          Hop.TOKEN,
          pod.name(),
          new ChainProblem.TokenOfOtherIssuer(target.name(), issuer, ofToken));
    }
    sheet.tell(Proof.proven(Hop.TOKEN, pod.name(), "issuer " + issuer));
    return token;
  }

  private void proveSecret(SecretName secret, Token entra) throws InterruptedException {
    Vault vault = work.facts().access().vault();
    boolean young = Freshness.within(work, Lag.ROLE_NOT_YET_HONOURED, Freshness.ofAccess(work));
    var attempts = new Attempts();
    Optional<Boolean> read =
        young
            ? work.pace()
                .attempt(Lag.ROLE_NOT_YET_HONOURED, () -> read(vault, secret, entra, attempts))
            : read(vault, secret, entra, attempts);
    if (read.orElse(false)) {
      sheet.tell(Proof.proven(Hop.SECRET, secret.value(), attempts.words()));
      return;
    }
    if (attempts.refusal().isEmpty()) {
      sheet.tell(Proof.notProven(Hop.SECRET, secret.value(), attempts.reason()));
      return;
    }
    throw sheet.broken(
        Hop.SECRET,
        secret.value(),
        new ChainProblem.SecretUnreadable(
            target.name(), vault.id().name(), secret, attempts.asked(), attempts.refusal().get()));
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
          throw sheet.broken(
              Hop.SECRET,
              secret.value(),
              new ChainProblem.SecretMissing(
                  target.name(), vault.id().name(), secret, missing.answer()));
    };
  }

  private boolean refusalsAreDue() {
    return occasion == Occasion.PROOF
        || work.facts().access().made() > 0
        || work.facts().credential().written().isPresent();
  }
}
