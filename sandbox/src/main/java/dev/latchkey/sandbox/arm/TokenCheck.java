// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The first check: whose token is it, and is it one for ARM?
final class TokenCheck {
  /// What the check found.
  sealed interface Finding {
    record Known(Caller caller) implements Finding {}

    record Refused(Answer answer) implements Finding {}
  }

  private static final List<String> AUDIENCES =
      List.of("https://management.azure.com", "https://management.core.windows.net");

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /// As ARM's message lists them.
  private static final List<String> SPELLED =
      List.of(
          "https://management.core.windows.net/",
          "https://management.core.windows.net",
          "https://management.azure.com/",
          "https://management.azure.com");

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// How far clocks may differ.
  private static final Duration SKEW = Duration.ofMinutes(5);

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
          ask,
          "AuthenticationFailed",
          "Authentication failed. The 'Authorization' header is missing.",
          "The authentication failed because of missing 'Authorization' header.");
    }
    Optional<Jwt> token = Jwt.read(bearer.get());
    if (token.isEmpty()) {
      return refused(ask, "InvalidAuthenticationToken", "The access token is invalid.");
    }
    return judged(ask, token.get());
  }

  private Finding judged(Ask ask, Jwt token) {
    JWTClaimsSet claims = token.claims();
    String tenant = text(claims, "tid");
    if (!tenant.equalsIgnoreCase(tenantId)) {
      return refused(ask, "InvalidAuthenticationTokenTenant", wrongTenant(tenant));
    }
    if (!isOurs(claims.getIssuer())) {
      return refused(
          ask, "InvalidAuthenticationToken", "The access token is from the wrong issuer.");
    }
    if (!token.verified(keys.published(tenantId))) {
      return refused(ask, "InvalidAuthenticationToken", "The access token signature is invalid.");
    }
    if (claims.getAudience().stream().noneMatch(this::isArm)) {
      return refused(
          ask,
          "InvalidAuthenticationTokenAudience",
          "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with one of the allowed audiences '%s'."
              .formatted(String.join("', '", claims.getAudience()), String.join("','", SPELLED)));
    }
    return inTime(ask, claims);
  }

  private boolean isOurs(@Nullable String issuer) {
    return issuer == null
        || issuer.equalsIgnoreCase("https://sts.windows.net/" + tenantId + "/")
        || issuer.equalsIgnoreCase(addresses.login() + "/" + tenantId + "/v2.0");
  }

  private Finding inTime(Ask ask, JWTClaimsSet claims) {
    Instant now = clock.now();
    Date begin = claims.getNotBeforeTime();
    if (begin != null && now.plus(CLOCK_SKEW).isBefore(begin.toInstant())) {
      return refused(ask, "InvalidAuthenticationToken", "The access token is not yet valid.");
    }
    boolean expired =
        claims.getExpirationTime() == null || !now.isBefore(claims.getExpirationTime().toInstant());
    if (expired) {
      return refused(
          ask,
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time '%s' is earlier than current UTC time '%s'."
              .formatted(expiry(claims), MOMENT.format(now)));
    }
    if (isEarly(claims, now)) {
      return refused(ask, "InvalidAuthenticationToken", "The access token is not yet valid.");
    }
    return new Finding.Known(
        new Caller(
            text(claims, "oid"), text(claims, "appid"), text(claims, "tid"), text(claims, "upn")));
  }

  private static boolean isEarly(JWTClaimsSet claims, Instant now) {
    return claims.getNotBeforeTime() != null
        && claims.getNotBeforeTime().toInstant().isAfter(now.plus(SKEW));
  }

  private static String expiry(JWTClaimsSet claims) {
    return claims.getExpirationTime() == null
        ? "none"
        : MOMENT.format(claims.getExpirationTime().toInstant());
  }

  private boolean isArm(String audience) {
    String bare = audience.replaceAll("/+$", "");
    return AUDIENCES.contains(bare) || bare.equals(addresses.arm());
  }

  private String wrongTenant(String tenant) {
    return "The access token is from the wrong issuer 'https://sts.windows.net/%s/'. It must match the tenant 'https://sts.windows.net/%s/' associated with this subscription. Please use the authority (URL) '%s/%s' to get the token. Note, if the subscription is transferred to another tenant there is no impact to the services, but information about new tenant could take time to propagate (up to an hour). If you just transferred your subscription and see this error message, please try back later."
        .formatted(tenant, tenantId, addresses.challenge(), tenantId);
  }

  private Finding refused(Ask ask, String code, String message) {
    return refused(ask, code, message, message);
  }

  /// The challenge names the tenant when the request names a subscription.
  private Finding refused(Ask ask, String code, String message, String described) {
    String tenant = ask.path().startsWith("/subscriptions/") ? tenantId : "";
    String header =
        "Bearer authorization_uri=\"%s/%s\", error=\"invalid_token\", error_description=\"%s\""
            .formatted(addresses.challenge(), tenant, described);
    return new Finding.Refused(
        Refusal.byGateway(401, code, message).with("www-authenticate", header));
  }

  private static String text(JWTClaimsSet claims, String name) {
    return claims.getClaim(name) instanceof String text ? text : "";
  }
}
