// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final WantedSecret PASSWORD = new WantedSecret("db-password", "db-password");
  private static final WantedSecret KEY = new WantedSecret("payment-api-key", "PAYMENT_KEY");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Refusal BY_ENTRA = new Refusal(Hop.ENTRA, "AADSTS700211");

  private final List<String> log = new ArrayList<>();
  private final Board board = new Board(List.of(PASSWORD, KEY), () -> NOON, log::add);

  @Test
  void isReadyOnlyOnceEverySecretWasRead() {
    board.note(PASSWORD, Optional.empty());
    assertThat(board.isReady()).isFalse();

    board.note(KEY, Optional.empty());
    assertThat(board.isReady()).isTrue();
  }

  @Test
  void staysReadyWhenALaterAttemptIsRefused() {
    board.note(PASSWORD, Optional.empty());
    board.note(KEY, Optional.empty());

    board.note(KEY, Optional.of(BY_ENTRA));

    assertThat(board.isReady()).isTrue();
    assertThat(board.readings()).containsEntry(KEY, new Reading.Outdated(NOON, NOON, BY_ENTRA));
  }

  @Test
  void logsOneLinePerChange() {
    board.note(PASSWORD, Optional.of(BY_ENTRA));
    board.note(PASSWORD, Optional.of(BY_ENTRA));
    board.note(PASSWORD, Optional.empty());
    board.note(PASSWORD, Optional.empty());
    board.note(KEY, Optional.empty());

    assertThat(log)
        .containsExactly(
            "secret db-password: refused by entra: AADSTS700211",
            "secret db-password: read",
            "secret payment-api-key: read",
            "ready");
  }
}
