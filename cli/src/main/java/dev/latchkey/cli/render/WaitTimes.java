// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long a run waited for each of Azure's delays.
final class WaitTimes {
  private record Key(ClusterName cluster, Step step, Lag lag) {}

  /// One wait.
  ///
  /// @param took as long as it was seen
  record Wait(Instant begun, ClusterName cluster, Step step, Lag lag, Duration took, WaitEnd end) {}

  /// All waits for one delay that came to their end.
  ///
  /// @param usual how long it is expected to take
  /// @param bound when it counts as a failure
  record Span(
      Lag lag,
      int waits,
      Duration shortest,
      Duration middle,
      Duration longest,
      Duration usual,
      Duration bound) {}

  private final List<Wait> over = new ArrayList<>();
  private final Map<Key, Event.Waiting> open = new LinkedHashMap<>();
  private final Map<Lag, Event.Waiting> expected = new EnumMap<>(Lag.class);

  void hear(Event event) {
    switch (event) {
      case Event.Waiting waiting -> {
        open.put(new Key(waiting.cluster(), waiting.step(), waiting.lag()), waiting);
        expected.put(waiting.lag(), waiting);
      }
      case Event.Waited waited -> {
        open.remove(new Key(waited.cluster(), waited.step(), waited.lag()));
        over.add(
            new Wait(
                waited.at().minus(waited.took()),
                waited.cluster(),
                waited.step(),
                waited.lag(),
                waited.took(),
                waited.end()));
      }
      case Event.SignedIn _,
          Event.Selected _,
          Event.Planned _,
          Event.StepStarted _,
          Event.Progress _,
          Event.Changed _,
          Event.Found _,
          Event.Proved _,
          Event.StepEnded _,
          Event.WaveStarted _,
          Event.Soaking _,
          Event.WaveEnded _,
          Event.Withheld _,
          Event.RollBackStarted _,
          Event.RolledBack _,
          Event.Interrupted _,
          Event.RunEnded _ -> {}
    }
  }

  /// Every wait, in the order of the ends; those that go on at this moment count as cut.
  List<Wait> all(Instant now) {
    var all = new ArrayList<>(over);
    open.values()
        .forEach(
            waiting ->
                all.add(
                    new Wait(
                        waiting.at(),
                        waiting.cluster(),
                        waiting.step(),
                        waiting.lag(),
                        Duration.between(waiting.at(), now),
                        WaitEnd.CUT)));
    return all;
  }

  /// Each delay whose end was seen, in the order of the enum.
  List<Span> spans() {
    var byLag = new EnumMap<Lag, List<Duration>>(Lag.class);
    over.stream()
        .filter(wait -> wait.end() == WaitEnd.CAME)
        .forEach(
            wait -> byLag.computeIfAbsent(wait.lag(), _ -> new ArrayList<>()).add(wait.took()));
    return byLag.entrySet().stream()
        .map(entry -> span(entry.getKey(), entry.getValue().stream().sorted().toList()))
        .toList();
  }

  private Span span(Lag lag, List<Duration> sorted) {
    Event.Waiting told = expected.get(lag);
    return new Span(
        lag,
        sorted.size(),
        sorted.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.getLast(),
        told == null ? lag.usual() : told.usual(),
        told == null ? lag.bound() : told.bound());
  }
}
