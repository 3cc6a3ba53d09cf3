// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import java.time.Duration;
import java.util.List;

/// Reads the declared secrets again and again: soon while one is missing, seldom after.
final class Reader {
  /// A new credential or role takes seconds to minutes to be honoured.
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /// How soon a rotated secret is noticed.
  private static final Duration PAUSE_WHEN_READY = Duration.ofMinutes(5);

  private final List<WantedSecret> secrets;
  private final Vault vault;
  private final Board board;

  Reader(List<WantedSecret> secrets, Vault vault, Board board) {
    this.secrets = secrets;
    this.vault = vault;
    this.board = board;
  }

  /// Waits for a while.
  @FunctionalInterface
  interface Pause {
    void pause(Duration length) throws InterruptedException;
  }

  /// Reads until its thread is interrupted; no refusal ends it, since most end by themselves.
  void readForever(Pause pause) throws InterruptedException {
    var next = FIRST_PAUSE;
    while (true) {
      readOnce();
      if (board.isReady()) {
        pause.pause(PAUSE_WHEN_READY);
        next = FIRST_PAUSE;
      } else {
        pause.pause(next);
        next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private void readOnce() {
    for (WantedSecret secret : secrets) {
      board.note(secret, vault.read(secret.name()));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
