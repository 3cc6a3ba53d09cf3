// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.BiFunction;

/// The ways to make a token that looks like one of the tenant's and is none that it issued for this
/// service and this moment.
public enum Forgery {
  UNSIGNED((claims, _) -> new PlainJWT(claims.build()).serialize()),
  SIGNATURE_CUT_OFF(
      (claims, keys) -> {
        String token = Jwt.sign(keys.of(Forgery.TENANT), claims.build());
        return token.substring(0, token.lastIndexOf('.') + 1);
      }),
  PUBLIC_KEY_AS_SECRET((claims, keys) -> withSecret(claims, keys.of(Forgery.TENANT))),
  ANOTHER_KEY((claims, keys) -> Jwt.sign(keys.of("forger"), claims.build())),
  ANOTHER_KEY_UNDER_THE_SAME_ID(
      (claims, keys) ->
          Jwt.sign(
              new RSAKey.Builder(keys.of("forger"))
                  .keyID(keys.of(Forgery.TENANT).getKeyID())
                  .build(),
              claims.build())),
  EXPIRED((claims, keys) -> signed(claims.expirationTime(moment(0)), keys)),
  WITHOUT_END((claims, keys) -> signed(claims.expirationTime(null), keys)),
  NOT_YET_VALID((claims, keys) -> signed(claims.notBeforeTime(moment(1)), keys)),
  OF_ANOTHER_ISSUER(
      (claims, keys) -> signed(claims.issuer("https://sts.windows.net/other/"), keys)),
  OF_ANOTHER_TENANT((claims, keys) -> signed(claims.claim("tid", "other"), keys)),
  FOR_ANOTHER_AUDIENCE(
      (claims, keys) -> signed(claims.audience("https://storage.azure.com"), keys)),
  FOR_NO_AUDIENCE((claims, keys) -> signed(claims.audience((String) null), keys)),
  NO_TOKEN_AT_ALL((_, _) -> "garbage");

  /// The tenant whose key signs genuine tokens.
  public static final String TENANT = "11111111-1111-1111-1111-111111111111";

  /// The moment at which the tokens are shown.
  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final BiFunction<JWTClaimsSet.Builder, Keys, String> maker;

  Forgery(BiFunction<JWTClaimsSet.Builder, Keys, String> maker) {
    this.maker = maker;
  }

  /// A forged token of this principal for this audience.
  public String token(Keys keys, String objectId, String audience) {
    return maker.apply(claims(objectId, audience), keys);
  }

  /// The token that the forgeries look like.
  public static String genuine(Keys keys, String objectId, String audience) {
    return signed(claims(objectId, audience), keys);
  }

  private static JWTClaimsSet.Builder claims(String objectId, String audience) {
    return new JWTClaimsSet.Builder()
        .audience(audience)
        .issuer("https://sts.windows.net/" + TENANT + "/")
        .claim("tid", TENANT)
        .claim("oid", objectId)
        .claim("appid", objectId)
        .notBeforeTime(Date.from(NOW.minusSeconds(300)))
        .expirationTime(Date.from(NOW.plusSeconds(3600)));
  }

  private static Date moment(int hoursFromNow) {
    return Date.from(NOW.plus(Duration.ofHours(hoursFromNow)));
  }

  private static String signed(JWTClaimsSet.Builder claims, Keys keys) {
    return Jwt.sign(keys.of(TENANT), claims.build());
  }

  private static String withSecret(JWTClaimsSet.Builder claims, RSAKey key) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
      var token = new SignedJWT(header, claims.build());
      token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
