// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.EntraWorld.CLIENT;
import static dev.latchkey.sandbox.entra.EntraWorld.LOGIN;
import static dev.latchkey.sandbox.entra.EntraWorld.OWN_KEY;
import static dev.latchkey.sandbox.entra.EntraWorld.START;
import static dev.latchkey.sandbox.entra.EntraWorld.claims;
import static dev.latchkey.sandbox.entra.EntraWorld.code;
import static dev.latchkey.sandbox.entra.EntraWorld.description;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.token.SelfSigned;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAssertionTest {
  private static final X509Certificate CERTIFICATE =
      SelfSigned.of(OWN_KEY, "app", START.minusSeconds(60), START.plus(Duration.ofDays(90)));
  private static final String TOKEN_ENDPOINT = LOGIN + "/oauth2/v2.0/token";

  private final EntraWorld world =
      EntraWorld.atStart()
          .with(new Application(CLIENT, "object", "app", List.of(), List.of()).with(CERTIFICATE));

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "PS256", "PS512"})
  void aCertificateProvesItsApplicationWithAnyOfItsAlgorithms(String algorithm) {
    var header =
        new JWSHeader.Builder(new JWSAlgorithm(algorithm)).x509CertSHA256Thumbprint(sha256());

    Answer answer = world.exchange(signed(OWN_KEY, header.build(), claimsOf(CLIENT).build()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(claims(answer)).containsEntry("appidacr", "2").containsEntry("appid", CLIENT);
  }

  @Test
  @SuppressWarnings("deprecation") // the SHA-1 thumbprint is what older clients send
  void theOlderThumbprintNamesTheCertificateToo() {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).x509CertThumbprint(sha1());

    assertThat(world.exchange(signed(OWN_KEY, header.build(), claimsOf(CLIENT).build())).status())
        .isEqualTo(200);
  }

  @Test
  void anUnregisteredCertificateIsNamedByItsThumbprint() {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).x509CertSHA256Thumbprint(Base64URL.encode("x"));

    Answer answer = world.exchange(signed(OWN_KEY, header.build(), claimsOf(CLIENT).build()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(description(answer))
        .startsWith(
            "AADSTS700027: The certificate with identifier used to sign the client assertion is not"
                + " registered on application. [Reason - The key was not found., Thumbprint of key"
                + " used by client: '78', Please visit the Azure Portal");
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() {
    RSAKey other = EntraWorld.KEYS.of("forger");

    Answer answer = world.exchange(signed(other, header(), claimsOf(CLIENT).build()));

    assertThat(code(answer)).isEqualTo(700027);
    assertThat(description(answer))
        .contains("The provided signature value did not match the expected signature value.");
  }

  @Test
  void anExpiredCertificateIsRefused() {
    world.clock.advance(Duration.ofDays(91));

    Answer answer = world.exchange(signed(OWN_KEY, header(), claimsOf(CLIENT).build()));

    assertThat(description(answer)).contains("[Reason - The key used is expired.");
  }

  @Test
  void theAssertionMustBeForThisTenantThisClientAndThisMoment() {
    var elsewhere = claimsOf(CLIENT).audience("https://login.microsoftonline.com/common").build();
    var another = claimsOf(CLIENT).subject("33333333-3333-4333-8333-333333333333").build();
    var old = claimsOf(CLIENT).expirationTime(Date.from(START.minusSeconds(1))).build();
    var stranger = claimsOf("33333333-3333-4333-8333-333333333333").build();

    assertThat(code(world.exchange(signed(OWN_KEY, header(), elsewhere)))).isEqualTo(700023);
    assertThat(code(world.exchange(signed(OWN_KEY, header(), another)))).isEqualTo(700021);
    assertThat(code(world.exchange(signed(OWN_KEY, header(), old)))).isEqualTo(700024);
    assertThat(code(world.exchange(signed(OWN_KEY, header(), stranger)))).isEqualTo(700021);
  }

  @Test
  void aHeaderWithoutAnyThumbprintIsRefused() {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).build();

    assertThat(code(world.exchange(signed(OWN_KEY, header, claimsOf(CLIENT).build()))))
        .isEqualTo(5002723);
  }

  private static JWSHeader header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).x509CertSHA256Thumbprint(sha256()).build();
  }

  private static Base64URL sha256() {
    return new Base64URL(Certificates.thumbprint(CERTIFICATE, "SHA-256"));
  }

  private static Base64URL sha1() {
    return new Base64URL(Certificates.thumbprint(CERTIFICATE, "SHA-1"));
  }

  private static JWTClaimsSet.Builder claimsOf(String client) {
    return new JWTClaimsSet.Builder()
        .issuer(client)
        .subject(client)
        .audience(TOKEN_ENDPOINT)
        .notBeforeTime(Date.from(START))
        .expirationTime(Date.from(START.plusSeconds(600)));
  }

  private static String signed(RSAKey key, JWSHeader header, JWTClaimsSet claims) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
