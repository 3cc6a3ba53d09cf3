// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.EntraWorld.AUDIENCE;
import static dev.latchkey.sandbox.entra.EntraWorld.ISSUER;
import static dev.latchkey.sandbox.entra.EntraWorld.KEYS;
import static dev.latchkey.sandbox.entra.EntraWorld.START;
import static dev.latchkey.sandbox.entra.EntraWorld.SUBJECT;
import static dev.latchkey.sandbox.entra.EntraWorld.TENANT;
import static dev.latchkey.sandbox.entra.EntraWorld.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.token.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

/// No assertion but the issuer's own, for this audience, of this subject, now, gets a token.
class ForgedAssertionTest {
  private final EntraWorld world = EntraWorld.atStart().trusting(ISSUER, SUBJECT);

  @Test
  void theGenuineAssertionIsAccepted() {
    assertThat(world.exchange(KEYS.sign("cluster", claims(START).build())).status()).isEqualTo(200);
  }

  @Test
  void withoutASignatureNothingIsAnAssertion() {
    assertThat(code(world.exchange(new PlainJWT(claims(START).build()).serialize())))
        .isEqualTo(50027);
  }

  @Test
  void aPublishedKeyIsNoSharedSecret() throws JOSEException {
    byte[] publicKey = KEYS.of("cluster").toRSAPublicKey().getEncoded();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEYS.of("cluster").getKeyID()).build();
    var token = new SignedJWT(header, claims(START).build());
    token.sign(new MACSigner(publicKey));

    assertThat(code(world.exchange(token.serialize()))).isEqualTo(5002738);
  }

  @Test
  void theKeyIdAloneIsNoKey() {
    var stolen = new RSAKey.Builder(KEYS.of("forger"));
    var forged =
        Jwt.sign(stolen.keyID(KEYS.of("cluster").getKeyID()).build(), claims(START).build());

    assertThat(code(world.exchange(forged))).isEqualTo(700027);
  }

  @Test
  void aTokenThatTheTenantIssuedIsNoAssertion() {
    String own = KEYS.sign(TENANT, claims(START).build());

    assertThat(code(world.exchange(own))).isEqualTo(700027);
  }

  @Test
  void timeIssuerAudienceAndSubjectMustFit() {
    assertThat(codeOf(claims(START.minus(Duration.ofHours(2))))).isEqualTo(700024);
    assertThat(codeOf(claims(START.plus(Duration.ofHours(1))))).isEqualTo(700024);
    assertThat(codeOf(claims(START).issuer("https://localhost:1/other/"))).isEqualTo(700211);
    assertThat(codeOf(claims(START).audience("https://vault.azure.net"))).isEqualTo(700212);
    assertThat(codeOf(claims(START).subject("system:serviceaccount:orders:other")))
        .isEqualTo(700213);
    assertThat(codeOf(claims(START).issuer(null))).isEqualTo(90014);
    assertThat(codeOf(claims(START).audience((String) null))).isEqualTo(90014);
  }

  @Test
  void keysThatAreNoneAreSaidToBeNone() {
    world.publishedKeys = "{\"keys\": 1}";

    Answer answer = world.exchange(KEYS.sign("cluster", claims(START).build()));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo(900612);
  }

  @Test
  void aRotatedKeyIsFetchedAtTheFirstTokenThatItSigned() {
    world.exchange(KEYS.sign("cluster", claims(START).build()));
    world.publishedKeys = KEYS.published("rotated").toString();

    assertThat(world.exchange(KEYS.sign("rotated", claims(START).build())).status()).isEqualTo(200);
  }

  @Test
  void aKeyThatIsNoLongerPublishedIsForgottenAfterADay() {
    world.exchange(KEYS.sign("cluster", claims(START).build()));
    world.publishedKeys = KEYS.published("rotated").toString();
    world.clock.advance(Duration.ofHours(25));

    String later = KEYS.sign("cluster", claims(START.plus(Duration.ofHours(25))).build());

    assertThat(code(world.exchange(later))).isEqualTo(700027);
  }

  private int codeOf(JWTClaimsSet.Builder claims) {
    return code(world.exchange(KEYS.sign("cluster", claims.build())));
  }

  private static JWTClaimsSet.Builder claims(Instant from) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject(SUBJECT)
        .audience(AUDIENCE)
        .notBeforeTime(Date.from(from))
        .expirationTime(Date.from(from.plusSeconds(3600)));
  }
}
