// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.token.Forgery;
import dev.latchkey.sandbox.token.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArmTokenTest {
  private static final Keys KEYS = new Keys();
  private static final String AUDIENCE = "https://management.azure.com";

  private final SandboxClock clock = new SandboxClock(() -> Forgery.NOW);
  private final TokenCheck check = new TokenCheck(Forgery.TENANT, KEYS, new PublicNames(), clock);

  @Test
  void aGenuineTokenIsAccepted() {
    assertThat(check.of(with(Forgery.genuine(KEYS, "object", AUDIENCE))))
        .isInstanceOf(TokenCheck.Finding.Known.class);
  }

  @ParameterizedTest
  @EnumSource
  void aForgedTokenIsRefusedWithAChallenge(Forgery forgery) {
    TokenCheck.Finding finding = check.of(with(forgery.token(KEYS, "object", AUDIENCE)));

    assertThat(finding)
        .isInstanceOfSatisfying(
            TokenCheck.Finding.Refused.class,
            refused -> {
              Answer answer = refused.answer();
              assertThat(answer.status()).isEqualTo(401);
              assertThat(answer.headers().keySet()).contains("www-authenticate");
            });
  }

  private static Ask with(String token) {
    return new Ask(
        new Origin.Front(),
        "GET",
        "/subscriptions",
        Map.of(),
        Map.of("authorization", List.of("Bearer " + token)),
        new byte[0],
        Optional.empty());
  }
}
