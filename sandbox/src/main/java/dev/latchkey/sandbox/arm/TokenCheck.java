// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The first check: whose token is it, and is it one for ARM?
final class TokenCheck {
  /// What the check found.
  sealed interface Finding {
    record Known(Caller caller) implements Finding {}

    record Refused(Answer answer) implements Finding {}
  }

  private static final List<String> AUDIENCES =
      List.of("https://management.azure.com", "https://management.core.windows.net");

  private final String tenantId;
  private final Keys keys;
  private final Addresses addresses;
  private final SandboxClock clock;

  TokenCheck(String tenantId, Keys keys, Addresses addresses, SandboxClock clock) {
    this.tenantId = tenantId;
    this.keys = keys;
    this.addresses = addresses;
    this.clock = clock;
  }

  Finding of(Ask ask) {
    Optional<String> bearer = ask.bearer();
    if (bearer.isEmpty()) {
      return refused(
          "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
    }
    Optional<Jwt> token = Jwt.read(bearer.get());
    if (token.isEmpty()) {
      return refused("InvalidAuthenticationToken", "The access token is invalid.");
    }
    return judged(token.get());
  }

  private Finding judged(Jwt token) {
    JWTClaimsSet claims = token.claims();
    String tenant = text(claims, "tid");
    if (!tenant.equalsIgnoreCase(tenantId)) {
      return refused("InvalidAuthenticationTokenTenant", wrongTenant(tenant));
    }
    if (!token.verified(keys.published(tenantId))) {
      return refused("InvalidAuthenticationToken", "The access token signature is invalid.");
    }
    if (claims.getAudience().stream().noneMatch(this::isArm)) {
      return refused(
          "InvalidAuthenticationTokenAudience",
          "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with one of the allowed audiences '%s'."
              .formatted(String.join("', '", claims.getAudience()), String.join("','", AUDIENCES)));
    }
    return inTime(claims);
  }

  private Finding inTime(JWTClaimsSet claims) {
    Instant now = clock.now();
    boolean expired =
        claims.getExpirationTime() == null || !now.isBefore(claims.getExpirationTime().toInstant());
    if (expired) {
      return refused(
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time '%s' is earlier than current UTC time '%s'."
              .formatted(expiry(claims), now));
    }
    return new Finding.Known(
        new Caller(text(claims, "oid"), text(claims, "appid"), text(claims, "tid")));
  }

  private static String expiry(JWTClaimsSet claims) {
    return claims.getExpirationTime() == null
        ? "none"
        : claims.getExpirationTime().toInstant().toString();
  }

  private boolean isArm(String audience) {
    String bare = audience.replaceAll("/+$", "");
    return AUDIENCES.contains(bare) || bare.equals(addresses.arm());
  }

  private String wrongTenant(String tenant) {
    return "The access token is from the wrong issuer 'https://sts.windows.net/%s/'. It must match the tenant 'https://sts.windows.net/%s/' associated with this subscription. Please use the authority (URL) '%s/%s' to get the token."
        .formatted(tenant, tenantId, addresses.login(), tenantId);
  }

  private Finding refused(String code, String message) {
    String header =
        "Bearer authorization_uri=\"%s/%s\", error=\"invalid_token\", error_description=\"%s\""
            .formatted(addresses.login(), tenantId, message);
    return new Finding.Refused(
        Refusal.byGateway(401, code, message).with("www-authenticate", header));
  }

  private static String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : "";
  }
}
