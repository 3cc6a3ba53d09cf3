// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

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
    Jwt token = Jwt.read(text).orElseThrow(() -> new Denied(new Denial.TokenUnsigned()));
    if (!token.verified(keys.published(vault.tenantId()))) {
      throw new Denied(new Denial.TokenUnsigned());
    }
    checkClaims(token.claims(), vault);
    checkNetwork(vault);
    return new Caller(
        claim(token.claims().getClaim("appid")),
        claim(token.claims().getClaim("oid")),
        claim(token.claims().getIssuer()));
  }

  private void checkClaims(JWTClaimsSet claims, Rules vault) throws Denied {
    String tenant = claim(claims.getClaim("tid"));
    if (!tenant.equals(vault.tenantId())) {
      throw new Denied(new Denial.WrongTenant(issuer(vault.tenantId()), issuer(tenant)));
    }
    List<String> audiences = claims.getAudience();
    List<String> ours = List.of(addresses.vaultResource(), "https://" + addresses.vaultSuffix());
    if (audiences.stream().noneMatch(audience -> ours.contains(bare(audience)))) {
      throw new Denied(
          new Denial.WrongAudience(addresses.vaultResource(), String.join(",", audiences)));
    }
    Date end = claims.getExpirationTime();
    if (end == null || !clock.now().isBefore(end.toInstant())) {
      throw new Denied(new Denial.TokenExpired());
    }
  }

  private static void checkNetwork(Rules vault) throws Denied {
    switch (vault.network()) {
      case OPEN -> {}
      case FIREWALLED -> throw new Denied(new Denial.BehindFirewall(vault));
      case PRIVATE -> throw new Denied(new Denial.BehindPrivateLink(vault));
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

  private static String issuer(String tenant) {
    return "https://sts.windows.net/" + tenant + "/";
  }

  private static String bare(String audience) {
    return audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
  }

  private static String claim(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
