// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.sandbox.entra.Refusal.IssuerUnreachable;
import dev.latchkey.sandbox.entra.Refusal.SignatureWrong;
import dev.latchkey.sandbox.token.Jwt;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published keys of outside issuers: fetched, kept, and fetched anew for an unknown key id.
final class IssuerKeys {
  private final Fetch fetch;
  private final ConcurrentMap<String, JWKSet> known = new ConcurrentHashMap<>();

  IssuerKeys(Fetch fetch) {
    this.fetch = fetch;
  }

  /// Passes when the issuer's keys made the signature.
  void check(String issuer, Jwt assertion) throws Refused {
    JWKSet kept = known.get(issuer);
    if (kept != null && assertion.verified(kept)) {
      return;
    }
    JWKSet fetched = fetched(issuer);
    known.put(issuer, fetched);
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
    try {
      JsonNode discovery =
          JsonMapper.shared()
              .readTree(fetch.read(URI.create(base + ".well-known/openid-configuration")));
      return JWKSet.parse(fetch.read(URI.create(discovery.path("jwks_uri").asString(""))));
    } catch (IOException | ParseException | JacksonException | IllegalArgumentException e) {
      throw new Refused(new IssuerUnreachable());
    }
  }
}
