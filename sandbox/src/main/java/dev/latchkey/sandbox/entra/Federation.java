// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.entra.Refusal.AlgorithmUnsupported;
import dev.latchkey.sandbox.entra.Refusal.AudienceUnmatched;
import dev.latchkey.sandbox.entra.Refusal.IssuerUnmatched;
import dev.latchkey.sandbox.entra.Refusal.NoTrust;
import dev.latchkey.sandbox.entra.Refusal.SubjectDiffersInCase;
import dev.latchkey.sandbox.entra.Refusal.SubjectUnmatched;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import dev.latchkey.sandbox.token.Jwt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The check of an assertion that an issuer outside Entra ID signed.
///
/// The order is Azure's: any credential, issuer, audience, subject, keys, signature, time.
final class Federation {
  private final Trusts trusts;
  private final Patience patience;
  private final Flapping flapping;
  private final IssuerKeys issuerKeys;

  Federation(Pace pace, Trusts trusts, Flapping flapping, Fetch fetch) {
    this.trusts = trusts;
    this.patience = new Patience(pace);
    this.flapping = flapping;
    this.issuerKeys = new IssuerKeys(fetch);
  }

  void check(Principal principal, Assertion assertion, Instant now) throws Refused {
    List<Trust> all = trusts.of(principal);
    if (all.isEmpty()) {
      throw new Refused(new NoTrust(principal.clientId(), principal.displayName()));
    }
    Trust trust = matching(principal.clientId(), all, assertion, now);
    if (flapping.strikes(principal)) {
      throw new Refused(new SubjectUnmatched(assertion.presented()));
    }
    issuerKeys.check(trust.issuer(), token(assertion), now);
    assertion.checkTime(now);
  }

  /// Fetches the issuer's keys anew for the next assertion.
  void forget(String issuer) {
    issuerKeys.forget(issuer);
  }

  /// Kubernetes and all other issuers that federation supports sign with RS256.
  private static Jwt token(Assertion assertion) throws Refused {
    JWSAlgorithm algorithm = assertion.signed().getHeader().getAlgorithm();
    return Jwt.read(assertion.text())
        .orElseThrow(() -> new Refused(new AlgorithmUnsupported(algorithm.getName())));
  }

  private Trust matching(String clientId, List<Trust> all, Assertion assertion, Instant now)
      throws Refused {
    var presented = assertion.presented();
    String subject = presented.subject();
    List<String> audiences = assertion.audiences();
    List<Trust> ofIssuer = all.stream().filter(t -> t.issuer().equals(presented.issuer())).toList();
    Optional<Trust> exact =
        ofIssuer.stream()
            .filter(t -> t.subject().equals(subject) && audiences.contains(t.audience()))
            .findFirst();
    if (exact.isPresent() && patience.knows(clientId, exact.get(), now)) {
      return exact.get();
    }
    List<Trust> seen = ofIssuer.stream().filter(t -> !now.isBefore(t.effectiveFrom())).toList();
    if (seen.isEmpty()) {
      throw new Refused(new IssuerUnmatched(presented));
    }
    if (exact.isEmpty() && seen.stream().noneMatch(t -> audiences.contains(t.audience()))) {
      throw new Refused(new AudienceUnmatched(presented));
    }
    if (exact.isEmpty() && seen.stream().anyMatch(t -> t.subject().equalsIgnoreCase(subject))) {
      throw new Refused(new SubjectDiffersInCase(presented));
    }
    throw new Refused(new SubjectUnmatched(presented));
  }
}
