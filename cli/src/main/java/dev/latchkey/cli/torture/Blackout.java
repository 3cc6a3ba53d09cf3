// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.message.Witness;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/// Lets an engine die at one of its requests: nothing that it asks from then on is carried out.
///
/// To the world that is the same as a process that was killed. What the dead engine still hears
/// does not matter; it hears refusals that no client repeats, so that it is gone at once.
final class Blackout implements Witness {
  /// When it dies.
  enum Side {
    /// Before the request reaches Azure.
    BEFORE("before"),
    /// After Azure carried it out: the answer is lost.
    AFTER("after");

    private final String word;

    Side(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  private static final Answer GONE =
      Answer.json(
          400,
          JsonMapper.shared()
              .readTree("{\"error\":{\"code\":\"EngineDied\",\"message\":\"You have died.\"}}"));

  private final int number;
  private final Side side;
  private final Runnable death;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicReference<String> last = new AtomicReference<>("");

  /// @param number of the request, from 1
  /// @param death told when it is asked
  Blackout(int number, Side side, Runnable death) {
    this.number = number;
    this.side = side;
    this.death = death;
  }

  @Override
  public Answer answer(Ask ask, Service service) {
    int mine = asked.incrementAndGet();
    if (mine < number) {
      return service.answer(ask);
    }
    if (mine == number) {
      last.set(ask.method() + " " + ask.path());
      death.run();
      if (side == Side.AFTER) {
        Answer _ = service.answer(ask);
      }
    }
    return GONE;
  }

  /// The request at which it died; empty when it had ended before.
  Optional<String> last() {
    return Optional.of(last.get()).filter(request -> !request.isEmpty());
  }

  /// How many requests there were.
  int asked() {
    return asked.get();
  }
}
