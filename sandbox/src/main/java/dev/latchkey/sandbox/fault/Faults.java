// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.fault.FaultRule.Effect;
import dev.latchkey.sandbox.fault.FaultRule.When;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The rules that hold, between the wire and the services. The first rule that strikes decides.
///
/// Requests are counted per rule and resource, and chance is a hash of the seed and of that count:
/// the same request of the same resource meets the same fault, whatever comes between. Safe for use
/// by several threads.
public final class Faults {
  /// Holds up the thread that asks.
  public interface Pause {
    /// Returns when so much time has passed.
    void of(Duration time) throws InterruptedException;
  }

  private record Rules(List<FaultRule> all, ConcurrentMap<String, AtomicInteger> counts) {
    static Rules of(List<FaultRule> all) {
      return new Rules(List.copyOf(all), new ConcurrentHashMap<>());
    }
  }

  private final Seed seed;
  private final Function<Ask, Optional<String>> clusters;
  private final Pause pause;
  private final EarlierAnswers earlier = new EarlierAnswers();
  private volatile Rules rules = Rules.of(List.of());

  /// No rules yet.
  ///
  /// @param clusters the name of the cluster that a request concerns
  public Faults(Seed seed, Function<Ask, Optional<String>> clusters, Pause pause) {
    this.seed = seed;
    this.clusters = clusters;
    this.pause = pause;
  }

  /// Takes these rules instead of those before; counts begin anew.
  public void load(List<FaultRule> all) {
    rules = Rules.of(all);
  }

  /// The rules that hold.
  public List<FaultRule> rules() {
    return rules.all();
  }

  /// Lets a service answer, or what the rules make of it.
  ///
  /// @param name of the service, as rules name it
  public Delivery deliver(String name, Ask ask, Service service) throws InterruptedException {
    Rules now = rules;
    if (now.all().isEmpty()) {
      return new Delivery.Whole(service.answer(ask));
    }
    earlier.before(ask, service, now.all());
    Optional<FaultRule> struck = struck(now, name, ask);
    if (struck.isEmpty()) {
      return new Delivery.Whole(service.answer(ask));
    }
    if (struck.get().delay().isPositive()) {
      pause.of(struck.get().delay());
    }
    return effect(struck.get().effect(), name, ask, service);
  }

  private Delivery effect(Effect effect, String name, Ask ask, Service service) {
    return switch (effect) {
      case Effect.None() -> new Delivery.Whole(service.answer(ask));
      case Effect.Refuse refusal -> new Delivery.Whole(RefusalForms.of(name, refusal));
      case Effect.Reset(FaultRule.Side side) -> {
        if (side == FaultRule.Side.AFTER) {
          Answer _ = service.answer(ask);
        }
        yield new Delivery.Nothing();
      }
      case Effect.Truncate() -> new Delivery.Half(service.answer(ask));
      case Effect.Stale() ->
          new Delivery.Whole(
              Optional.of(ask)
                  .filter(each -> each.method().equals("GET"))
                  .flatMap(earlier::of)
                  .orElseGet(() -> service.answer(ask)));
    };
  }

  private Optional<FaultRule> struck(Rules now, String name, Ask ask) {
    for (int i = 0; i < now.all().size(); i++) {
      FaultRule rule = now.all().get(i);
      if (concerns(rule, name, ask) && strikes(now, i, rule.when(), ask)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private boolean concerns(FaultRule rule, String name, Ask ask) {
    return rule.operation().isAskedBy(ask)
        && rule.service().map(name::equals).orElse(true)
        && (rule.cluster().isEmpty()
            || clusters.apply(ask).filter(rule.cluster().get()::equalsIgnoreCase).isPresent());
  }

  private boolean strikes(Rules now, int number, When when, Ask ask) {
    String request =
        "%s %s %s".formatted(ask.origin(), ask.method(), ask.path().toLowerCase(Locale.ROOT));
    return switch (when) {
      case When.Always() -> true;
      case When.Nth(var numbers) -> {
        String key = number + " " + request;
        yield numbers.contains(
            now.counts().computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet());
      }
      case When.Chance(double probability) ->
          seed.fraction("fault " + number, request) < probability;
    };
  }
}
