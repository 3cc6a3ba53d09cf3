// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/// A signed token, taken apart.
///
/// @param keyId the `kid` of its header, or the empty text
/// @param claims what it says; nothing of it is to be believed before [#verified(JWKSet)]
public record Jwt(String keyId, JWTClaimsSet claims, SignedJWT signed) {

  /// Signs the claims with RS256; one audience is a text.
  public static String sign(RSAKey key, JWTClaimsSet claims) {
    return sign(key, claims.toJSONObject());
  }

  /// Signs the claims with RS256; audiences are a list, be it of one, as Kubernetes writes them.
  public static String signWithAudiences(RSAKey key, JWTClaimsSet claims) {
    Map<String, Object> payload = claims.toJSONObject();
    payload.put("aud", claims.getAudience());
    return sign(key, payload);
  }

  private static String sign(RSAKey key, Map<String, Object> payload) {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    var token = new JWSObject(header, new Payload(payload));
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("an RSA key of ours signs", e);
    }
    return token.serialize();
  }

  /// Takes a token apart; empty when it is none, or not signed with RS256.
  public static Optional<Jwt> read(String text) {
    try {
      SignedJWT signed = SignedJWT.parse(text);
      if (!JWSAlgorithm.RS256.equals(signed.getHeader().getAlgorithm())) {
        return Optional.empty();
      }
      String keyId = Optional.ofNullable(signed.getHeader().getKeyID()).orElse("");
      return Optional.of(new Jwt(keyId, signed.getJWTClaimsSet(), signed));
    } catch (ParseException e) {
      return Optional.empty();
    }
  }

  /// Whether one of these published keys made the signature.
  public boolean verified(JWKSet published) {
    return published.getKeys().stream()
        .filter(key -> keyId.equals(key.getKeyID()))
        .anyMatch(key -> key instanceof RSAKey rsa && verifies(rsa));
  }

  private boolean verifies(RSAKey key) {
    try {
      return signed.verify(new RSASSAVerifier(key));
    } catch (JOSEException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Jwt[hidden]";
  }
}
