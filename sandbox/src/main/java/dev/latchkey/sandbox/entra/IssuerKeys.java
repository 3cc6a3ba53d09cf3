// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.sandbox.entra.Refusal.IssuerUnreachable;
import dev.latchkey.sandbox.entra.Refusal.KeysUnreadable;
import dev.latchkey.sandbox.entra.Refusal.SignatureWrong;
import dev.latchkey.sandbox.token.Jwt;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published keys of outside issuers: fetched, kept for a day, and fetched anew for a key id
/// that they lack.
///
/// How long Entra ID keeps keys is not published; AKS leaves a retired key in the set for a day.
final class IssuerKeys {
  private static final Duration KEPT = Duration.ofHours(24);

  private record Kept(JWKSet keys, Instant until) {}

  private final Fetch fetch;
  private final ConcurrentMap<String, Kept> known = new ConcurrentHashMap<>();

  IssuerKeys(Fetch fetch) {
    this.fetch = fetch;
  }

  /// Passes when the issuer's keys made the signature.
  void check(String issuer, Jwt assertion, Instant now) throws Refused {
    Kept kept = known.get(issuer);
    if (kept != null && now.isBefore(kept.until()) && assertion.verified(kept.keys())) {
      return;
    }
    JWKSet fetched = fetched(issuer);
    known.put(issuer, new Kept(fetched, now.plus(KEPT)));
    if (!assertion.verified(fetched)) {
      throw new Refused(new SignatureWrong(assertion.keyId()));
    }
  }

  /// Fetches the issuer's keys anew for the next token.
  void forget(String issuer) {
    known.remove(issuer);
  }

  private JWKSet fetched(String issuer) throws Refused {
    String base = issuer.endsWith("/") ? issuer : issuer + "/";
    String keys = read(discovered(read(base + ".well-known/openid-configuration")));
    try {
      return JWKSet.parse(keys);
    } catch (ParseException e) {
      throw new Refused(new KeysUnreadable());
    }
  }

  private static String discovered(String document) throws Refused {
    try {
      JsonNode discovery = JsonMapper.shared().readTree(document);
      return discovery.path("jwks_uri").asString("");
    } catch (JacksonException e) {
      throw new Refused(new IssuerUnreachable());
    }
  }

  private String read(String url) throws Refused {
    try {
      return fetch.read(URI.create(url));
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(new IssuerUnreachable());
    }
  }
}
