// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Scalar.Kind;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `rollout`: waves, and which cluster belongs to which.
final class RolloutReader {
  /// Whether the clusters of the fleet are known, or some are yet to be found in Azure.
  enum Known {
    ALL,
    SOME
  }

  private static final Map<String, OnFailure> ON_FAILURE =
      Map.of(
          "stop", OnFailure.STOP, "continue", OnFailure.CONTINUE, "rollback", OnFailure.ROLL_BACK);
  private static final List<String> ON_FAILURE_WORDS = List.of("stop", "continue", "rollback");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,2}|100)%");
  private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

  private final Map<String, Spot> clusters = new LinkedHashMap<>();
  private final Known known;
  private final Complaints complaints;
  private final Map<String, Spot> waves = new HashMap<>();
  private final Map<String, Spot> taken = new HashMap<>();
  private Optional<Spot> rest = Optional.empty();

  /// @param known whether these are all clusters; else Azure will be asked for more
  RolloutReader(List<ClusterEntry> entries, Known known, Complaints complaints) {
    this.known = known;
    this.complaints = complaints;
    entries.stream()
        .filter(entry -> !Names.isLost(entry.shortName()))
        .forEach(entry -> clusters.putIfAbsent(entry.shortName(), entry.spot()));
  }

  RolloutWish read(Section rollout) {
    OnFailure onFailure =
        rollout
            .word("onFailure", ON_FAILURE_WORDS)
            .map(word -> ON_FAILURE.getOrDefault(word, OnFailure.STOP))
            .orElse(OnFailure.STOP);
    rollout.required("waves");
    var read = new ArrayList<Wave>();
    for (Value item : rollout.list("waves").orElse(List.of())) {
      read.add(wave(Section.of(item, Keys.WAVE, complaints)));
    }
    if (rest.isEmpty() && !read.isEmpty() && known == Known.ALL) {
      refuseClustersWithoutWave();
    }
    return read.isEmpty() ? RolloutWish.sideBySide() : new RolloutWish(read, onFailure);
  }

  private Wave wave(Section wave) {
    String name = wave.name("name", NameRule.WAVE);
    var first = Optional.ofNullable(waves.putIfAbsent(name, wave.spot()));
    if (first.isPresent() && !Names.isLost(name)) {
      complaints.add(new ConfigProblem.WaveTwice(wave.spot(), name, first.get()));
    }
    return new Wave(
        name,
        members(wave),
        wave.value("maxParallel").map(this::parallel).orElse(Wave.MOST_PARALLEL),
        wave.value("maxFailures").map(this::budget).orElse(new Budget.Count(0)),
        wave.value("soak").flatMap(this::soak).orElse(Duration.ZERO));
  }

  private Members members(Section wave) {
    if (wave.value("clusters").isEmpty()) {
      rest.ifPresentOrElse(
          first -> complaints.add(new ConfigProblem.RestTwice(wave.spot(), first)),
          () -> rest = Optional.of(wave.spot()));
      return new Members.Rest();
    }
    var names = new ArrayList<ClusterName>();
    for (Value item : wave.list("clusters").orElse(List.of())) {
      Scalar name = Section.text(item, complaints);
      if (!name.isLost()) {
        take(name);
        names.add(new ClusterName(name.text()));
      }
    }
    return Members.Named.of(names);
  }

  private void take(Scalar name) {
    if (!clusters.containsKey(name.text())) {
      if (known == Known.SOME) {
        return;
      }
      complaints.add(
          new ConfigProblem.WaveClusterUnknown(
              name.spot(), name.text(), Nearest.to(name.text(), clusters.keySet())));
      return;
    }
    var first = Optional.ofNullable(taken.putIfAbsent(name.text(), name.spot()));
    first.ifPresent(
        spot -> complaints.add(new ConfigProblem.WaveClusterTwice(name.spot(), name.text(), spot)));
  }

  private void refuseClustersWithoutWave() {
    clusters.forEach(
        (name, spot) -> {
          if (!taken.containsKey(name)) {
            complaints.add(new ConfigProblem.ClusterWithoutWave(spot, name));
          }
        });
  }

  /// A number without its unit is a wrong duration, not a text that lacks quotes.
  private Optional<Duration> soak(Value value) {
    if (value instanceof Scalar scalar && scalar.kind() == Kind.WHOLE) {
      complaints.add(new ConfigProblem.DurationRefused(scalar.spot(), scalar.text()));
      return Optional.empty();
    }
    Scalar text = Section.text(value, complaints);
    return DurationReader.read(text, complaints);
  }

  private int parallel(Value value) {
    Optional<String> number = number(value, "a whole number");
    if (number.isEmpty()) {
      return Wave.MOST_PARALLEL;
    }
    int parallel = COUNT.matcher(number.get()).matches() ? Integer.parseInt(number.get()) : 0;
    if (parallel < 1) {
      complaints.add(
          new ConfigProblem.NumberTooSmall(
              value.spot(), number.get(), "a whole number from 1 to 999999"));
    }
    return Math.max(1, parallel);
  }

  private Budget budget(Value value) {
    if (value instanceof Scalar scalar && SHARE.matcher(scalar.text()).matches()) {
      return new Budget.Share(Integer.parseInt(scalar.text().replace("%", "")));
    }
    Optional<String> number = number(value, "a whole number, or a share such as 10%");
    if (number.isEmpty()) {
      return new Budget.Count(0);
    }
    if (COUNT.matcher(number.get()).matches()) {
      return new Budget.Count(Integer.parseInt(number.get()));
    }
    complaints.add(
        new ConfigProblem.NumberTooSmall(
            value.spot(), number.get(), "a whole number from 0, or a share from 0% to 100%"));
    return new Budget.Count(0);
  }

  /// A number as it is written; empty when the value is something else, which is complained about.
  private Optional<String> number(Value value, String expected) {
    if (value instanceof Scalar scalar) {
      boolean fromVariable = scalar.spot().source() instanceof Source.Variable;
      Kind kind = fromVariable ? YamlReader.kind(scalar.text()) : scalar.kind();
      if (kind == Kind.WHOLE || kind == Kind.DECIMAL || scalar.text().endsWith("%")) {
        return Optional.of(scalar.text());
      }
      if (scalar.isLost()) {
        return Optional.empty();
      }
    }
    complaints.add(new ConfigProblem.WrongType(value.spot(), expected, value.words()));
    return Optional.empty();
  }
}
