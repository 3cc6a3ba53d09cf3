// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.entra.Application.ClientSecret;
import dev.latchkey.sandbox.entra.Refusal.AssertionTypeUnsupported;
import dev.latchkey.sandbox.entra.Refusal.ClientUnknown;
import dev.latchkey.sandbox.entra.Refusal.NothingProven;
import dev.latchkey.sandbox.entra.Refusal.OtherClient;
import dev.latchkey.sandbox.entra.Refusal.ParameterMissing;
import dev.latchkey.sandbox.entra.Refusal.SecretExpired;
import dev.latchkey.sandbox.entra.Refusal.SecretWrong;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides whether a token request proves who asks: the checks in Azure's order.
final class Exchange {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private final String tenant;
  private final SandboxClock clock;
  private final Directory directory;
  private final Applications applications;
  private final Certificates certificates;
  private final Federation federation;

  Exchange(
      String tenant,
      SandboxClock clock,
      Directory directory,
      Applications applications,
      Certificates certificates,
      Federation federation) {
    this.tenant = tenant;
    this.clock = clock;
    this.directory = directory;
    this.applications = applications;
    this.certificates = certificates;
    this.federation = federation;
  }

  /// How a client proved itself, which its tokens tell.
  enum Proof {
    SECRET("1"),
    ASSERTION("2");

    private final String level;

    Proof(String level) {
      this.level = level;
    }

    /// The value of the claim `appidacr`.
    String level() {
      return level;
    }
  }

  /// Who asks, and how it was proven.
  record Proven(Principal principal, Proof proof) {}

  /// The principal that the form proves to be.
  Proven proven(Form form) throws Refused {
    Principal principal = client(form);
    Optional<String> assertion = form.value("client_assertion");
    if (assertion.isPresent()) {
      if (!form.value("client_assertion_type").orElse(JWT_BEARER).equals(JWT_BEARER)) {
        throw new Refused(new AssertionTypeUnsupported());
      }
      checkAssertion(principal, Assertion.read(assertion.get()));
      return new Proven(principal, Proof.ASSERTION);
    }
    checkSecret(principal, form.value("client_secret"));
    return new Proven(principal, Proof.SECRET);
  }

  /// Fetches the issuer's keys anew for the next assertion.
  void forget(String issuer) {
    federation.forget(issuer);
  }

  /// The principal that the form names, not yet proven.
  Principal client(Form form) throws Refused {
    String clientId =
        form.value("client_id").orElseThrow(() -> new Refused(new ParameterMissing("client_id")));
    return directory
        .byClientId(clientId)
        .filter(known -> !clock.now().isBefore(known.visibleFrom()))
        .orElseThrow(() -> new Refused(new ClientUnknown(clientId, tenant)));
  }

  private void checkSecret(Principal principal, Optional<String> sent) throws Refused {
    String secret = sent.orElseThrow(() -> new Refused(new NothingProven()));
    List<ClientSecret> registered =
        applications.find(principal.clientId()).map(Application::secrets).orElse(List.of());
    ClientSecret same =
        registered.stream()
            .filter(one -> one.value().equals(secret))
            .findFirst()
            .orElseThrow(() -> new Refused(new SecretWrong(principal.clientId())));
    if (!clock.now().isBefore(same.until())) {
      throw new Refused(new SecretExpired(principal.clientId()));
    }
  }

  /// What a client signed itself names the client as its issuer; all else is an outside issuer's.
  private void checkAssertion(Principal principal, Assertion assertion) throws Refused {
    Instant now = clock.now();
    String issuer = assertion.issuer();
    Optional<Application> application = applications.find(principal.clientId());
    if (application.isPresent() && issuer.equalsIgnoreCase(principal.clientId())) {
      certificates.check(application.get(), assertion, now);
    } else if (issuer.matches(GUID)) {
      throw new Refused(new OtherClient());
    } else {
      federation.check(principal, assertion, now);
    }
  }
}
