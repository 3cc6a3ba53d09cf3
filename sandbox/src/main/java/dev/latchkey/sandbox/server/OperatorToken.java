// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.premise.Operator;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/// The operator's token for ARM. It is used again until it is about to end, since signing one takes
/// longer than most answers do. Safe for use by several threads.
final class OperatorToken {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration USE = Duration.ofMinutes(4);

  /// @param from the moment at which it was signed
  private record Signed(String token, Instant from) {
    boolean isGood(Instant now) {
      return !now.isBefore(from) && now.isBefore(from.plus(USE));
    }
  }

  private final SandboxClock clock;
  private final Keys keys;
  private volatile Optional<Signed> last = Optional.empty();

  OperatorToken(SandboxClock clock, Keys keys) {
    this.clock = clock;
    this.keys = keys;
  }

  /// The same request, made by the operator.
  Ask with(Ask ask) {
    Instant now = clock.now();
    Signed signed = last.filter(token -> token.isGood(now)).orElseGet(() -> signed(now));
    last = Optional.of(signed);
    return Operator.with(ask, signed.token());
  }

  private Signed signed(Instant now) {
    var claims =
        new JWTClaimsSet.Builder()
            .audience("https://management.azure.com/")
            .issuer("https://sts.windows.net/" + DefaultFleet.TENANT + "/")
            .subject(DefaultFleet.OPERATOR_OBJECT)
            .claim("oid", DefaultFleet.OPERATOR_OBJECT)
            .claim("appid", DefaultFleet.OPERATOR_CLIENT)
            .claim("tid", DefaultFleet.TENANT)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .build();
    return new Signed(keys.sign(DefaultFleet.TENANT, claims), now);
  }
}
