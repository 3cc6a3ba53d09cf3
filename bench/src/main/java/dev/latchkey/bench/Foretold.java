// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.rollout.Forecast;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The pure rollout, simulated: how long it takes to foretell a first deployment of many clusters.
///
/// Words: the chart, then numbers of clusters; they lie in ten subscriptions.
public final class Foretold {
  private static final int SUBSCRIPTIONS = 10;
  private static final int TIMES = 3;

  /// What a first deployment makes in each step.
  private static final Map<Step, List<Kind>> MADE =
      Map.of(
          Step.MANAGED_IDENTITY, List.of(Kind.IDENTITY),
          Step.FEDERATED_CREDENTIAL, List.of(Kind.CREDENTIAL),
          Step.KEY_VAULT_ACCESS, List.of(Kind.ROLE_ASSIGNMENT, Kind.ROLE_ASSIGNMENT),
          Step.HELM_RELEASE, List.of(Kind.RELEASE),
          Step.VERIFICATION, List.of());

  private Foretold() {}

  /// Measures and prints a table.
  public static void main(String[] words) throws IOException {
    PrintStream out = System.out;
    out.println("| clusters | s to foretell, best of " + TIMES + " | foretold, s | bound, s |");
    out.println("|---|---|---|---|");
    for (String clusters : List.of(words).subList(1, words.length)) {
      Reading.Accepted wanted = fleet(Path.of(words[0]), Integer.parseInt(clusters));
      List<ClusterPlan> plans = wanted.fleet().targets().stream().map(Foretold::cold).toList();
      var plan = new Plan(wanted.fleet(), plans);
      var best = Duration.ofDays(1);
      Forecast forecast = Forecast.of(plan, wanted.limits());
      for (int time = 0; time < TIMES; time++) {
        long start = System.nanoTime();
        forecast = Forecast.of(plan, wanted.limits());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        best = took.compareTo(best) < 0 ? took : best;
      }
      out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.1f | %.1f |%n",
          clusters,
          seconds(best),
          seconds(forecast.duration()),
          seconds(forecast.bound()));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static Reading.Accepted fleet(Path chart, int clusters) throws IOException {
    var text =
        new StringBuilder(
            """
            apiVersion: latchkey/v1
            application: orders
            serviceAccount: { namespace: orders, name: orders }
            keyVault:
              name: kv-shared
              resourceGroup: rg-shared
              subscription: %s
              secrets: [db-password, payment-api-key]
            chart: { path: "%s" }
            clusters:
            """
                .formatted(subscription(0), chart.toAbsolutePath()));
    for (int i = 0; i < clusters; i++) {
      text.append(
          "  - { name: aks-%d, resourceGroup: rg-weu, subscription: %s }%n"
              .formatted(i, subscription(i % SUBSCRIPTIONS)));
    }
    Path file = Files.writeString(Files.createTempFile("fleet", ".yaml"), text);
    if (FleetFile.read(file, Map.of()) instanceof Reading.Accepted accepted) {
      return accepted;
    }
    throw new IllegalStateException("it is refused: " + file);
  }

  private static String subscription(int number) {
    return new UUID(0, number).toString();
  }

  private static ClusterPlan cold(Target target) {
    var steps = new EnumMap<Step, StepPlan>(Step.class);
    var cluster = new Thing(Kind.CLUSTER, target.name().value());
    var update = new Change.Update(cluster, Settings.none(), Settings.none(), "");
    steps.put(Step.WORKLOAD_IDENTITY, StepPlan.of(Step.WORKLOAD_IDENTITY, List.of(update)));
    MADE.forEach(
        (step, kinds) -> {
          List<Change> changes =
              kinds.stream()
                  .<Change>map(kind -> new Change.Create(new Thing(kind, "new"), Settings.none()))
                  .toList();
          steps.put(step, StepPlan.of(step, changes));
        });
    return new ClusterPlan(target, Optional.empty(), steps);
  }
}
