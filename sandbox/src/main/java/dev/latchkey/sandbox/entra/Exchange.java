// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.entra.Refusal.AssertionUnreadable;
import dev.latchkey.sandbox.entra.Refusal.AudienceUnmatched;
import dev.latchkey.sandbox.entra.Refusal.ClientUnknown;
import dev.latchkey.sandbox.entra.Refusal.GrantUnsupported;
import dev.latchkey.sandbox.entra.Refusal.IssuerUnmatched;
import dev.latchkey.sandbox.entra.Refusal.NoTrust;
import dev.latchkey.sandbox.entra.Refusal.NothingProven;
import dev.latchkey.sandbox.entra.Refusal.OutsideItsTime;
import dev.latchkey.sandbox.entra.Refusal.ParameterMissing;
import dev.latchkey.sandbox.entra.Refusal.SecretWrong;
import dev.latchkey.sandbox.entra.Refusal.SubjectDiffersInCase;
import dev.latchkey.sandbox.entra.Refusal.SubjectUnmatched;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import dev.latchkey.sandbox.token.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether a token request proves who asks: the checks in Azure's order.
final class Exchange {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final String tenant;
  private final SandboxClock clock;
  private final Directory directory;
  private final Applications applications;
  private final Trusts trusts;
  private final Patience patience;
  private final IssuerKeys issuerKeys;

  Exchange(
      String tenant,
      SandboxClock clock,
      Pace pace,
      Directory directory,
      Applications applications,
      Trusts trusts,
      Fetch fetch) {
    this.tenant = tenant;
    this.clock = clock;
    this.directory = directory;
    this.applications = applications;
    this.trusts = trusts;
    this.patience = new Patience(pace);
    this.issuerKeys = new IssuerKeys(fetch);
  }

  /// The principal that the form proves to be.
  Principal proven(Form form) throws Refused {
    String grant = required(form, "grant_type");
    if (!grant.equals("client_credentials")) {
      throw new Refused(new GrantUnsupported(grant));
    }
    Principal principal = principal(required(form, "client_id"));
    Optional<String> assertion = form.value("client_assertion");
    Optional<String> secret = form.value("client_secret");
    if (assertion.isPresent()) {
      checkAssertion(principal, assertion.get());
    } else if (secret.isPresent()) {
      checkSecret(principal, secret.get());
    } else {
      throw new Refused(new NothingProven());
    }
    return principal;
  }

  /// Fetches the issuer's keys anew for the next assertion.
  void forget(String issuer) {
    issuerKeys.forget(issuer);
  }

  private static String required(Form form, String parameter) throws Refused {
    return form.value(parameter).orElseThrow(() -> new Refused(new ParameterMissing(parameter)));
  }

  private Principal principal(String clientId) throws Refused {
    return directory
        .byClientId(clientId)
        .filter(known -> !clock.now().isBefore(known.visibleFrom()))
        .orElseThrow(() -> new Refused(new ClientUnknown(clientId, tenant)));
  }

  private void checkSecret(Principal principal, String secret) throws Refused {
    boolean right =
        applications
            .find(principal.clientId())
            .filter(application -> application.secrets().contains(secret))
            .isPresent();
    if (!right) {
      throw new Refused(new SecretWrong(principal.clientId()));
    }
  }

  private void checkAssertion(Principal principal, String text) throws Refused {
    Jwt assertion = Jwt.read(text).orElseThrow(() -> new Refused(new AssertionUnreadable()));
    List<Trust> all = trusts.of(principal);
    if (all.isEmpty()) {
      throw new Refused(new NoTrust(principal.clientId(), principal.displayName()));
    }
    Trust trust = matching(principal.clientId(), all, assertion);
    issuerKeys.check(trust.issuer(), assertion);
    checkTime(assertion);
  }

  private Trust matching(String clientId, List<Trust> all, Jwt assertion) throws Refused {
    String issuer = text(assertion.claims().getIssuer());
    String subject = text(assertion.claims().getSubject());
    List<String> audiences = assertion.claims().getAudience();
    List<Trust> ofIssuer = all.stream().filter(t -> t.issuer().equals(issuer)).toList();
    Optional<Trust> exact =
        ofIssuer.stream()
            .filter(t -> t.subject().equals(subject) && audiences.contains(t.audience()))
            .findFirst();
    Instant now = clock.now();
    if (exact.isPresent() && patience.knows(clientId, exact.get(), now)) {
      return exact.get();
    }
    List<Trust> seen = ofIssuer.stream().filter(t -> !now.isBefore(t.effectiveFrom())).toList();
    if (seen.isEmpty()) {
      throw new Refused(new IssuerUnmatched(issuer));
    }
    if (exact.isEmpty() && seen.stream().noneMatch(t -> audiences.contains(t.audience()))) {
      throw new Refused(new AudienceUnmatched(String.join(",", audiences)));
    }
    if (exact.isEmpty() && seen.stream().anyMatch(t -> t.subject().equalsIgnoreCase(subject))) {
      throw new Refused(new SubjectDiffersInCase(subject));
    }
    throw new Refused(new SubjectUnmatched(subject));
  }

  private void checkTime(Jwt assertion) throws Refused {
    Instant now = clock.now();
    Instant from = instant(assertion.claims().getNotBeforeTime(), Instant.EPOCH);
    Instant until = instant(assertion.claims().getExpirationTime(), Instant.EPOCH);
    if (now.isBefore(from.minus(CLOCK_SKEW)) || now.isAfter(until)) {
      throw new Refused(new OutsideItsTime(now, from, until));
    }
  }

  private static Instant instant(@Nullable Date date, Instant otherwise) {
    return date == null ? otherwise : date.toInstant();
  }

  private static String text(@Nullable String claim) {
    return claim == null ? "" : claim;
  }
}
