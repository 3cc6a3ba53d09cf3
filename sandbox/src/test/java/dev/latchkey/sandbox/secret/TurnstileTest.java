// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final VaultWorld world = new VaultWorld(Throttling.AZURE);

  @Test
  void aVaultAnswersFourThousandTransactionsInTenSeconds() {
    String token = world.token();
    for (int i = 0; i < Turnstile.TRANSACTIONS; i++) {
      assertThat(world.send(token, "GET", "/secrets/db-password", "").status()).isEqualTo(200);
    }

    Answer refused = world.send(token, "GET", "/secrets/db-password", "");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(VaultWorld.error(refused))
        .isEqualTo(
            "Throttled: Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached");
    assertThat(refused.headers()).doesNotContainKey("Retry-After");
    world.clock.advance(Duration.ofSeconds(1));
    assertThat(world.send(token, "GET", "/secrets/db-password", "").status()).isEqualTo(200);
  }

  @Test
  void whoDoesNotSayWhoItIsIsNotCounted() {
    assertThat(world.send("", "GET", "/secrets/db-password", "").status()).isEqualTo(401);
  }
}
