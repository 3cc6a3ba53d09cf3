// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Scalar.Kind;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the section `azure`: other figures for the table of limits and lags.
final class LimitsReader {
  static final List<String> LIMITS = Arrays.stream(Bucket.values()).map(Bucket::key).toList();
  static final List<String> LAGS = Arrays.stream(Lag.values()).map(Lag::key).toList();

  private final Complaints complaints;

  LimitsReader(Complaints complaints) {
    this.complaints = complaints;
  }

  Limits read(Section azure) {
    var limits = Limits.azure().withBudget(azure.text("budget").map(this::budget).orElse(1.0));
    var rates = azure.section("limits", LIMITS);
    var waits = azure.section("lags", LAGS);
    for (Bucket bucket : Bucket.values()) {
      var rate = rates.flatMap(section -> section.section(bucket.key(), Keys.RATE));
      if (rate.isPresent()) {
        limits = limits.with(bucket, rate(rate.get(), bucket));
      }
    }
    for (Lag lag : Lag.values()) {
      var wait = waits.flatMap(section -> section.section(lag.key(), Keys.LAG));
      if (wait.isPresent()) {
        limits = limits.with(lag, wait(wait.get(), lag));
      }
    }
    return limits;
  }

  private double budget(Scalar text) {
    Optional<Double> share = Budget.of(text.text());
    if (share.isEmpty() && !text.isLost()) {
      complaints.add(new ConfigProblem.BudgetRefused(text.spot(), text.text()));
    }
    return share.orElse(1.0);
  }

  private Limits.Rate rate(Section rate, Bucket bucket) {
    double size =
        rate.value("size").map(value -> number(value, "at least 1", 1)).orElse(bucket.size());
    double perSecond =
        rate.value("perSecond")
            .map(value -> number(value, "more than 0", Double.MIN_VALUE))
            .orElse(bucket.perSecond());
    return new Limits.Rate(size, perSecond);
  }

  private double number(Value value, String least, double minimum) {
    if (value instanceof Scalar scalar && isNumber(scalar)) {
      double number = new BigDecimal(scalar.text()).doubleValue();
      if (number < minimum) {
        complaints.add(new ConfigProblem.NumberTooSmall(scalar.spot(), scalar.text(), least));
      }
      return number;
    }
    if (!(value instanceof Scalar scalar && scalar.isLost())) {
      complaints.add(new ConfigProblem.WrongType(value.spot(), "a number", value.words()));
    }
    return minimum;
  }

  private static boolean isNumber(Scalar scalar) {
    boolean fromVariable = scalar.spot().source() instanceof Source.Variable;
    var kind = fromVariable ? YamlReader.kind(scalar.text()) : scalar.kind();
    return kind == Kind.WHOLE || (kind == Kind.DECIMAL && !scalar.text().matches(".*\\.(inf|nan)"));
  }

  private Limits.Wait wait(Section wait, Lag lag) {
    var usual = wait.text("usual").map(this::duration).orElse(lag.usual());
    var bound = wait.text("bound").map(this::duration).orElse(lag.bound());
    if (bound.compareTo(usual) < 0 && !bound.isNegative()) {
      var spot = wait.text("bound").map(Scalar::spot).orElse(wait.spot());
      complaints.add(new ConfigProblem.BoundBelowUsual(spot));
    }
    return new Limits.Wait(usual, bound);
  }

  /// A duration; a negative one stands for what was complained about.
  private Duration duration(Scalar text) {
    return DurationReader.read(text, complaints).orElse(Duration.ofSeconds(-1));
  }
}
