// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.graph;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.util.Date;

/// Finds out who asks Microsoft Graph: its own audience, this tenant's signature, not expired.
///
/// @see <a href="https://learn.microsoft.com/graph/resolve-auth-errors">the errors' wording</a>
record Badge(String tenantId, Keys keys, Addresses addresses, SandboxClock clock) {
  String objectId(Ask ask) throws GraphRefused {
    String text = ask.bearer().orElseThrow(() -> invalid("Access token is empty."));
    Jwt token = Jwt.read(text).orElseThrow(() -> invalid("CompactToken parsing failed."));
    if (!token.verified(keys.published(tenantId))) {
      throw invalid("Access token validation failure. Invalid signature.");
    }
    JWTClaimsSet claims = token.claims();
    if (claims.getAudience().stream().noneMatch(this::ours)) {
      throw invalid("Access token validation failure. Invalid audience.");
    }
    Date end = claims.getExpirationTime();
    if (end == null || !clock.now().isBefore(end.toInstant())) {
      throw invalid("Lifetime validation failed, the token is expired.");
    }
    return claims.getClaim("oid") instanceof String id ? id : "";
  }

  private boolean ours(String audience) {
    return audience.replaceAll("/+$", "").equals(addresses.graph());
  }

  private static GraphRefused invalid(String message) {
    return new GraphRefused(401, "InvalidAuthenticationToken", message);
  }
}
