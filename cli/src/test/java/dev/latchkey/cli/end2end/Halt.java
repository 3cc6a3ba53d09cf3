// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.message.Witness;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Stops a simulated Azure at one request: it is carried out, and neither it nor any other gets an
/// answer until the test has done what it wants to do at this moment.
///
/// However slow the machine is, the program that asked is then neither further nor at its end.
final class Halt implements Witness, AutoCloseable {
  private static final int MINUTES = 2;

  private final World world;
  private final Predicate<Ask> where;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean lost;

  private Halt(World world, Predicate<Ask> where) {
    this.world = world;
    this.where = where;
  }

  /// Makes a world stop at the first such request.
  ///
  /// @param path a part of its path, in whatever case
  static Halt at(World world, String method, String path) {
    String part = path.toLowerCase(Locale.ROOT);
    var halt =
        new Halt(
            world,
            ask ->
                ask.method().equals(method) && ask.path().toLowerCase(Locale.ROOT).contains(part));
    world.sandbox().let(halt);
    return halt;
  }

  /// Waits until the world has stopped.
  void await() throws InterruptedException {
    assertThat(reached.await(MINUTES, TimeUnit.MINUTES)).as("such a request comes").isTrue();
  }

  /// Lets the world go on, all held requests included.
  void release() {
    over.countDown();
  }

  @Override
  public Answer answer(Ask ask, Service service) {
    if (reached.getCount() == 0) {
      awaitEnd();
      return lost ? Answer.empty(400) : service.answer(ask);
    }
    Answer answer = service.answer(ask);
    if (where.test(ask)) {
      reached.countDown();
      awaitEnd();
    }
    return answer;
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The world goes on undisturbed, and without requests that are still held: whoever sent them is
  /// gone.
  @Override
  public void close() {
    world.sandbox().let((ask, service) -> service.answer(ask));
    lost = true;
    over.countDown();
  }
}
