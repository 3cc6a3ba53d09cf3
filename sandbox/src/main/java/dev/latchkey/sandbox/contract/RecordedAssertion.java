// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The assertion behind a recorded token request. Clean-up has replaced it, so it is made anew: a
/// good one, unless the answer says what was wrong with it.
record RecordedAssertion(Scene scene) {
  private static final String KEY = "recorded issuer";
  private static final String OTHER_KEY = "key that nobody published";
  private static final String OTHER = "https://another.issuer.example/";
  private static final String AUDIENCE = "api://AzureADTokenExchange";
  private static final String SUBJECT = "system:serviceaccount:recorded:recorded";
  private static final Pattern THUMBPRINT =
      Pattern.compile("Thumbprint of key used by client: '([0-9A-F]{40})'");

  /// The federated credentials that the client must have.
  List<Trust> trusts(Step step) {
    if (EntraPremises.value(step, "client_assertion").isEmpty()) {
      return List.of();
    }
    String issuer = issuer(step);
    publish(step, issuer);
    String subject = claim(step, "subject", SUBJECT);
    return switch (EntraPremises.number(step)) {
      case 70025 -> List.of();
      case 70021, 700211 -> List.of(trust(OTHER, subject, AUDIENCE));
      case 700212 -> List.of(trust(issuer, subject, AUDIENCE + "Other"));
      case 700213, 7002137 -> List.of(trust(issuer, "another " + subject, AUDIENCE));
      case 7002138 -> List.of(trust(issuer, otherCase(subject), AUDIENCE));
      default -> List.of(trust(issuer, subject, audience(step)));
    };
  }

  private static Trust trust(String issuer, String subject, String audience) {
    return new Trust("recorded", issuer, subject, audience, Instant.EPOCH);
  }

  private static String otherCase(String text) {
    return text.chars()
        .map(
            one ->
                Character.isUpperCase(one)
                    ? Character.toLowerCase(one)
                    : Character.toUpperCase(one))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// The issuer's documents, where the answer does not say that they cannot be read.
  private void publish(Step step, String issuer) {
    String base = issuer.endsWith("/") ? issuer : issuer + "/";
    String keys = scene.keys().published(KEY).toString();
    switch (EntraPremises.number(step)) {
      case 90061, 50166, 501661 -> {
        // nothing answers there
      }
      default -> {
        String jwks = EntraPremises.number(step) == 900612 ? "{}" : keys;
        scene
            .documents()
            .put(
                URI.create(base + ".well-known/openid-configuration"),
                "{\"jwks_uri\":\"" + base + "openid/v1/jwks\"}");
        scene.documents().put(URI.create(base + "openid/v1/jwks"), jwks);
      }
    }
  }

  /// What the client sends.
  String text(Step step, String clientId) {
    Matcher thumbprint = THUMBPRINT.matcher(EntraPremises.description(step));
    if (thumbprint.find()) {
      return ofCertificate(clientId, thumbprint.group(1));
    }
    boolean forged = EntraPremises.number(step) == 700027;
    RSAKey key = scene.keys().of(forged ? OTHER_KEY : KEY);
    return signed(key, header(key).build(), claims(step));
  }

  /// Signed by the client itself, with a certificate that it has not registered.
  private String ofCertificate(String clientId, String thumbprint) {
    RSAKey key = scene.keys().of(OTHER_KEY);
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(clientId)
            .subject(clientId)
            .audience("https://login.microsoftonline.com/" + scene.tenantId() + "/v2.0")
            .build();
    return signed(key, named(key, Base64URL.encode(HexFormat.of().parseHex(thumbprint))), claims);
  }

  @SuppressWarnings("deprecation") // the recorded clients name their certificates by SHA-1
  private static JWSHeader named(RSAKey key, Base64URL thumbprint) {
    return header(key).x509CertThumbprint(thumbprint).build();
  }

  private static JWSHeader.Builder header(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
  }

  private JWTClaimsSet claims(Step step) {
    boolean expired = EntraPremises.number(step) == 700024;
    Instant end = scene.now().plus(Duration.ofHours(expired ? -1 : 1));
    return new JWTClaimsSet.Builder()
        .issuer(issuer(step))
        .subject(claim(step, "subject", SUBJECT))
        .audience(audience(step))
        .expirationTime(Date.from(end))
        .build();
  }

  private static String issuer(Step step) {
    return claim(step, "issuer", "https://recorded.issuer.example/");
  }

  private static String audience(Step step) {
    return claim(step, "audience", AUDIENCE);
  }

  /// What the answer quotes of the assertion, in either of its wordings.
  private static String claim(Step step, String name, String otherwise) {
    Matcher quoted =
        Pattern.compile("assertion " + name + ":? '([^']*)'", Pattern.CASE_INSENSITIVE)
            .matcher(EntraPremises.description(step));
    return quoted.find() ? quoted.group(1) : otherwise;
  }

  private static String signed(RSAKey key, JWSHeader header, JWTClaimsSet claims) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("an RSA key of ours signs", e);
    }
  }
}
