// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.secret.Denial.Action;
import dev.latchkey.sandbox.secret.Denial.Caller;
import dev.latchkey.sandbox.secret.KnownVaults.Guard;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides who may do what in a vault: token, then network, then rights; existence comes later.
final class Doorkeeper {
  /// An attribute by which a role's condition may judge.
  private static final String VAULT_NAME = "Microsoft.KeyVault/vaults:name";

  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final SandboxClock clock;
  private final Keys keys;
  private final Access access;
  private final Addresses addresses;

  Doorkeeper(SandboxClock clock, Keys keys, Access access, Addresses addresses) {
    this.clock = clock;
    this.keys = keys;
    this.access = access;
    this.addresses = addresses;
  }

  Caller caller(Ask ask, Rules vault) throws Denied {
    String text = ask.bearer().orElseThrow(() -> new Denied(new Denial.TokenMissing()));
    Jwt token = Jwt.read(text).orElseThrow(() -> new Denied(new Denial.TokenUnreadable()));
    checkIssuer(token.claims(), vault);
    checkSignature(token, vault);
    checkAudience(token.claims());
    checkTime(token.claims());
    JWTClaimsSet claims = token.claims();
    var caller =
        new Caller(
            claim(claims.getClaim("appid")),
            claim(claims.getClaim("oid")),
            claim(claims.getIssuer()),
            claim(claims.getClaim("xms_mirid")));
    checkNetwork(caller, vault);
    return caller;
  }

  private void checkIssuer(JWTClaimsSet claims, Rules vault) throws Denied {
    String expected = "https://sts.windows.net/" + vault.tenantId() + "/";
    String newer = addresses.login() + "/" + vault.tenantId() + "/v2.0";
    String issuer = claim(claims.getIssuer());
    boolean ours = issuer.equals(expected) || issuer.equals(newer);
    if (!ours || !claim(claims.getClaim("tid")).equals(vault.tenantId())) {
      throw new Denied(new Denial.WrongIssuer(expected, issuer));
    }
  }

  private void checkSignature(Jwt token, Rules vault) throws Denied {
    JWKSet published = keys.published(vault.tenantId());
    if (published.getKeyByKeyId(token.keyId()) == null) {
      throw new Denied(new Denial.KeyUnknown(token.signed().getHeader().toBase64URL().toString()));
    }
    if (!token.verified(published)) {
      throw new Denied(new Denial.SignatureWrong());
    }
  }

  private void checkAudience(JWTClaimsSet claims) throws Denied {
    List<String> audiences = claims.getAudience();
    List<String> ours = List.of(addresses.vaultResource(), "https://" + addresses.vaultSuffix());
    if (audiences.stream().noneMatch(audience -> ours.contains(bare(audience)))) {
      throw new Denied(
          new Denial.WrongAudience(addresses.vaultResource(), String.join(",", audiences)));
    }
  }

  private void checkTime(JWTClaimsSet claims) throws Denied {
    Instant now = clock.now();
    Date end = claims.getExpirationTime();
    if (end == null || !now.isBefore(end.toInstant())) {
      throw new Denied(new Denial.TokenExpired());
    }
    Date begin = claims.getNotBeforeTime();
    if (begin != null && now.plus(CLOCK_SKEW).isBefore(begin.toInstant())) {
      throw new Denied(new Denial.TokenTooEarly());
    }
  }

  private static void checkNetwork(Caller caller, Rules vault) throws Denied {
    switch (vault.network()) {
      case OPEN -> {}
      case FIREWALLED -> throw new Denied(new Denial.BehindFirewall(caller, vault));
      case PRIVATE -> throw new Denied(new Denial.BehindPrivateLink(caller, vault));
    }
  }

  /// Passes when the caller may act on the secret, whether it exists or not.
  void checkSecret(Caller caller, Action action, Rules vault, String secret) throws Denied {
    String scope = vault.id() + "/secrets/" + secret;
    Map<String, String> attributes =
        Map.of(VAULT_NAME, vault.name(), "Microsoft.KeyVault/vaults/secrets:name", secret);
    check(caller, action, vault, scope, attributes);
  }

  /// Passes when the caller may act on all secrets of the vault.
  void checkVault(Caller caller, Action action, Rules vault) throws Denied {
    check(caller, action, vault, vault.id(), Map.of(VAULT_NAME, vault.name()));
  }

  private void check(
      Caller caller, Action action, Rules vault, String scope, Map<String, String> attributes)
      throws Denied {
    switch (vault.guard()) {
      case Guard.Roles() -> {
        var wish =
            new Access.Wish(
                caller.objectId(), action.dataAction(), Access.Plane.DATA, scope, attributes);
        if (access.allowing(wish).isEmpty()) {
          throw new Denied(new Denial.NoRole(caller, action, scope, vault));
        }
      }
      case Guard.Policies(var byObjectId) -> {
        Set<String> granted =
            byObjectId.getOrDefault(caller.objectId().toLowerCase(Locale.ROOT), Set.of());
        if (!granted.contains(action.permission()) && !granted.contains("all")) {
          throw new Denied(new Denial.NoPolicy(caller, action, vault));
        }
      }
    }
  }

  private static String bare(String audience) {
    return audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
  }

  private static String claim(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
