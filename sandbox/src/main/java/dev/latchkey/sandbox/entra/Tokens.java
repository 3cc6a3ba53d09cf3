// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.DeviceCodes.Granted;
import dev.latchkey.sandbox.entra.Exchange.Proven;
import dev.latchkey.sandbox.entra.Resources.Resource;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/// Makes the tokens of one tenant: who, for what, until when.
final class Tokens {
  /// How long tokens of managed identities last; Azure's answers say one second less.
  static final Duration IDENTITY_LIFE = Duration.ofHours(24);

  /// How long tokens of app registrations last.
  static final Duration APPLICATION_LIFE = Duration.ofHours(1);

  /// How long the proof of a sign-in lasts.
  static final Duration IDENTITY_PROOF_LIFE = Duration.ofHours(1);

  /// How far before its making a token is good.
  static final Duration BACKDATED = Duration.ofMinutes(5);

  private final SandboxClock clock;
  private final Seed seed;
  private final Keys keys;
  private final String tenantId;
  private final String login;

  Tokens(SandboxClock clock, Seed seed, Keys keys, Addresses addresses, String tenantId) {
    this.clock = clock;
    this.seed = seed;
    this.keys = keys;
    this.tenantId = tenantId;
    this.login = addresses.login();
  }

  /// A signed token and its times.
  record Token(String text, Instant made, Instant until) {
    /// What answers say of its life.
    int seconds() {
      return Math.toIntExact(Duration.between(made, until).toSeconds() - 1);
    }

    @Override
    public String toString() {
      return "Token[hidden, until " + until + "]";
    }
  }

  /// A token of a service principal.
  Token ofService(Proven proven, Resource resource) {
    Principal principal = proven.principal();
    boolean managed = principal.managedIdentity().isPresent();
    Instant made = now();
    Instant until = made.plus(managed ? IDENTITY_LIFE : APPLICATION_LIFE);
    JWTClaimsSet.Builder claims = common(principal, resource.tokens(), made, until);
    claims.audience(resource.audience()).subject(principal.objectId()).claim("idtyp", "app");
    String level = proven.proof().level();
    switch (resource.tokens()) {
      case FIRST -> claims.claim("appid", principal.clientId()).claim("appidacr", level);
      case SECOND -> claims.claim("azp", principal.clientId()).claim("azpacr", level);
    }
    principal
        .managedIdentity()
        .ifPresent(
            id ->
                claims.claim(
                    "xms_mirid", id.replaceFirst("(?i)/resourcegroups/", "/resourcegroups/")));
    return signed(claims, made, until);
  }

  /// A token by which a client acts for a user.
  Token ofUser(Granted granted, String clientId, Resource resource) {
    Principal user = granted.user();
    Instant made = now();
    Instant until = made.plus(granted.life());
    JWTClaimsSet.Builder claims = common(user, Version.FIRST, made, until);
    claims.audience(resource.audience()).subject(seed.hex("subject", user.objectId(), 43));
    claims.claim("appid", clientId).claim("appidacr", "0").claim("scp", granted.scopes());
    claims.claim("upn", user.displayName()).claim("unique_name", user.displayName());
    return signed(claims, made, until);
  }

  /// The proof for the client itself of who has signed in.
  String identity(Principal user, String clientId) {
    Instant made = now();
    Instant until = made.plus(IDENTITY_PROOF_LIFE);
    JWTClaimsSet.Builder claims = common(user, Version.SECOND, made, until);
    claims.audience(clientId).subject(seed.hex("subject", user.objectId(), 43));
    claims.claim("preferred_username", user.displayName()).claim("name", user.displayName());
    return signed(claims, made, until).text();
  }

  private JWTClaimsSet.Builder common(
      Principal principal, Version version, Instant made, Instant until) {
    var claims =
        new JWTClaimsSet.Builder()
            .issueTime(Date.from(made))
            .notBeforeTime(Date.from(made.minus(BACKDATED)))
            .expirationTime(Date.from(until))
            .claim("oid", principal.objectId())
            .claim("tid", tenantId)
            .claim("uti", seed.hex("uti", principal.objectId(), 22));
    String issuer = "https://sts.windows.net/" + tenantId + "/";
    return switch (version) {
      case FIRST -> claims.issuer(issuer).claim("idp", issuer).claim("ver", "1.0");
      case SECOND -> claims.issuer(login + "/" + tenantId + "/v2.0").claim("ver", "2.0");
    };
  }

  private Token signed(JWTClaimsSet.Builder claims, Instant made, Instant until) {
    return new Token(keys.sign(tenantId, claims.build()), made, until);
  }

  private Instant now() {
    return Instant.ofEpochSecond(clock.now().getEpochSecond());
  }
}
