// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReaderTest {
  private static final Refusal BY_VAULT = new Refusal(Hop.KEY_VAULT, "ForbiddenByRbac");

  private final WantedSecret secret = new WantedSecret("db-password", "db-password");
  private final Board board = new Board(List.of(secret), () -> Instant.EPOCH, _ -> {});
  private final List<Long> pauses = new ArrayList<>();

  @Test
  void keepsAskingWithPausesThatGrowToABound() {
    readFor(7, _ -> Optional.of(BY_VAULT));

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 10L);
    assertThat(board.isReady()).isFalse();
  }

  @Test
  void looksSeldomOnceEverySecretIsThere() {
    readFor(2, _ -> Optional.empty());

    assertThat(pauses).containsExactly(300L, 300L);
    assertThat(board.isReady()).isTrue();
  }

  private void readFor(int rounds, Vault vault) {
    var reader = new Reader(List.of(secret), vault, board);
    Reader.Pause pause =
        length -> {
          pauses.add(length.toSeconds());
          if (pauses.size() == rounds) {
            throw new InterruptedException("enough");
          }
        };
    assertThatThrownBy(() -> reader.readForever(pause)).hasMessage("enough");
  }
}
