// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Demand;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// A rollout in a time of its own: the schedule says who begins, the gate when each request may go.
/// Every cluster ends well. Used once, by one thread.
final class VirtualRun {
  /// How long a request takes, from one side of the Internet to the other.
  private static final Duration REQUEST = Duration.ofMillis(300);

  /// Any moment would do.
  static final Instant START = Instant.EPOCH;

  private final Schedule schedule;
  private final Gate gate;
  private final Map<ClusterName, Script> scripts;
  private final Demand demand = new Demand();
  private final PriorityQueue<Due> agenda = new PriorityQueue<>();
  private final Map<ClusterName, Cluster> clusters = new HashMap<>();
  private long order;

  VirtualRun(Schedule schedule, Gate gate, Map<ClusterName, Script> scripts) {
    this.schedule = schedule;
    this.gate = gate;
    this.scripts = scripts;
  }

  /// What happens at a moment; things of one moment happen in the order in which they were noted.
  private record Due(Instant at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int moment = at.compareTo(other.at);
      return moment != 0 ? moment : Long.compare(order, other.order);
    }
  }

  Demand demand() {
    return demand;
  }

  /// Sends requests side by side.
  ///
  /// @return when the last one is answered
  Instant look(List<Call> calls, Instant from) {
    Instant last = from;
    for (Call call : calls) {
      Instant answered = ask(call, from);
      last = answered.isAfter(last) ? answered : last;
    }
    return last;
  }

  /// Rolls out to all clusters.
  ///
  /// @return when the last one is done
  Instant run(Instant from) {
    Instant now = from;
    move(now);
    while (!agenda.isEmpty()) {
      Due due = agenda.remove();
      now = due.at();
      due.what().run();
    }
    if (!schedule.isOver()) {
      throw new IllegalStateException("a rollout ends when nothing is left to do");
    }
    return now;
  }

  private void move(Instant now) {
    for (Move move : schedule.next(now)) {
      switch (move) {
        case Move.Start(ClusterName cluster) -> begin(cluster, now);
        case Move.Check(ClusterName cluster) ->
            note(now.plus(REQUEST), () -> checked(cluster, now.plus(REQUEST)));
        case Move.BeginWave _, Move.EndWave _, Move.Soak _ -> {}
        case Move.RollBack _, Move.Withhold _ ->
            throw new IllegalStateException("no cluster fails here: " + move);
      }
    }
    schedule.wake().filter(at -> at.isAfter(now)).ifPresent(at -> note(at, () -> move(at)));
  }

  private void checked(ClusterName cluster, Instant now) {
    schedule.checked(cluster, Ended.Cost.NONE);
    move(now);
  }

  private void begin(ClusterName name, Instant now) {
    Script script = scripts.getOrDefault(name, new Script(Map.of(), new Ended.Trace.Untouched()));
    var cluster = new Cluster(name, script);
    clusters.put(name, cluster);
    cluster.begin(now);
  }

  private Instant ask(Call call, Instant now) {
    demand.add(call);
    return gate.reserve(call, now).plus(REQUEST);
  }

  private void note(Instant at, Runnable what) {
    agenda.add(new Due(at, order++, what));
  }

  /// One cluster, with its steps side by side where the graph allows it.
  private final class Cluster {
    private final ClusterName name;
    private final Script script;
    private final Map<Fact, Instant> known = new EnumMap<>(Fact.class);
    private final Map<Step, Integer> begun = new EnumMap<>(Step.class);
    private final Map<Call, Instant> ordered = new HashMap<>();
    private int open;

    Cluster(ClusterName name, Script script) {
      this.name = name;
      this.script = script;
      this.open = script.steps().size();
    }

    void begin(Instant now) {
      if (open == 0) {
        note(now, () -> over(now));
      }
      beginSteps(now);
    }

    private void beginSteps(Instant now) {
      for (Step step : script.steps().keySet()) {
        if (!begun.containsKey(step) && known.keySet().containsAll(step.needed())) {
          begun.put(step, 0);
          go(step, now);
        }
      }
    }

    /// Does the acts of a step up to the first one that takes time.
    private void go(Step step, Instant now) {
      List<Act> acts = script.steps().getOrDefault(step, List.of());
      for (int next = begun.getOrDefault(step, 0); next < acts.size(); next++) {
        Instant then = perform(acts.get(next), now);
        begun.put(step, next + 1);
        if (then.isAfter(now)) {
          note(then, () -> go(step, then));
          return;
        }
      }
      open--;
      if (open == 0) {
        over(now);
      }
    }

    /// When the act is over.
    private Instant perform(Act act, Instant now) {
      return switch (act) {
        case Act.Ask(Call call) -> ask(call, now);
        case Act.Order(Call call) -> {
          ordered.put(call, ask(call, now));
          yield now;
        }
        case Act.Await(Call call) -> later(now, ordered.getOrDefault(call, now));
        case Act.Take(Duration duration) -> now.plus(duration);
        case Act.Settle(Fact since, Duration age) ->
            later(now, known.getOrDefault(since, now).plus(age));
        case Act.Tell(Fact fact) -> {
          known.put(fact, now);
          beginSteps(now);
          yield now;
        }
      };
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }

    private void over(Instant now) {
      schedule.ended(name, new Ended(Ended.Cost.NONE, script.trace()));
      move(now);
    }
  }
}
