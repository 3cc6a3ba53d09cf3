// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BulletinTest {
  private static final Event LATE = new Event.Interrupted(Instant.EPOCH);
  private static final Event END =
      new Event.RunEnded(Instant.EPOCH, new Summary(List.of(), Duration.ZERO));

  @Test
  void whoTellsSomethingWhileTheLastEventIsToldComesTooLate() throws InterruptedException {
    var heard = new ArrayList<Event>();
    var lastIsBeingTold = new CountDownLatch(1);
    var bulletin =
        new Bulletin(
            List.of(
                event -> {
                  heard.add(event);
                  lastIsBeingTold.countDown();
                }));
    Thread late =
        Thread.ofVirtual()
            .start(
                () -> {
                  awaited(lastIsBeingTold);
                  bulletin.post(LATE);
                });

    bulletin.postLast(END);
    late.join();

    assertThat(heard).containsExactly(END);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a test", e);
    }
  }
}
