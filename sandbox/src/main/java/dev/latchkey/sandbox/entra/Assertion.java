// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.sandbox.entra.Refusal.AlgorithmUnsupported;
import dev.latchkey.sandbox.entra.Refusal.AssertionUnreadable;
import dev.latchkey.sandbox.entra.Refusal.FieldMissing;
import dev.latchkey.sandbox.entra.Refusal.OutsideItsTime;
import dev.latchkey.sandbox.entra.Refusal.Presented;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client assertion, taken apart; nothing of it is to be believed before its signature is.
///
/// @param text as sent
record Assertion(String text, SignedJWT signed, JWTClaimsSet claims) {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  /// Takes an assertion apart. One without a signature is none, nor is one whose key is a secret.
  static Assertion read(String text) throws Refused {
    try {
      SignedJWT signed = SignedJWT.parse(text);
      JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
      if (!JWSAlgorithm.Family.RSA.contains(algorithm)) {
        throw new Refused(new AlgorithmUnsupported(algorithm.getName()));
      }
      return new Assertion(text, signed, signed.getJWTClaimsSet());
    } catch (ParseException e) {
      throw new Refused(new AssertionUnreadable());
    }
  }

  /// Who made it, as it says itself.
  String issuer() throws Refused {
    if (claims.getIssuer() == null) {
      throw new Refused(new FieldMissing("iss"));
    }
    return claims.getIssuer();
  }

  String subject() {
    return claims.getSubject() == null ? "" : claims.getSubject();
  }

  List<String> audiences() throws Refused {
    if (claims.getAudience().isEmpty()) {
      throw new Refused(new FieldMissing("aud"));
    }
    return claims.getAudience();
  }

  Presented presented() throws Refused {
    return new Presented(issuer(), subject(), String.join(",", audiences()));
  }

  /// Passes when the moment lies between the assertion's beginning and its end.
  void checkTime(Instant now) throws Refused {
    Instant from = instant(claims.getNotBeforeTime());
    Instant until = instant(claims.getExpirationTime());
    if (now.isBefore(from.minus(CLOCK_SKEW)) || now.isAfter(until)) {
      throw new Refused(new OutsideItsTime(now, from, until));
    }
  }

  private static Instant instant(@Nullable Date date) {
    return date == null ? Instant.EPOCH : date.toInstant();
  }

  @Override
  public String toString() {
    return "Assertion[hidden]";
  }
}
