// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Demand;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a deployment by a plan costs: how long it takes, what it cannot be faster than, and the
/// requests that it sends. The rollout and the gate, simulated; pure.
///
/// Durations are the usual ones of [Limits]; only the AKS updates are spread, since the slowest of
/// many decides. Retries, looks at updates that are under way and other people's requests are not
/// foreseen.
///
/// @param duration from the first request to the last proof, if every cluster ends well
/// @param path how long the slowest cluster would take if Azure had no limits
/// @param squeeze the limit that holds the run up for longest; empty when none does
/// @param requests how many each limit sees
public record Forecast(
    Duration duration,
    Duration path,
    Optional<Demand.Squeeze> squeeze,
    Map<Bucket, Integer> requests) {
  /// How much longer than usual an AKS update takes in one of ten cases: recorded updates took 110
  /// s in the middle and 195 s in the ninth tenth.
  private static final double NINTH_TENTH = 195.0 / 110;

  private static final double DEVIATION = Math.log(NINTH_TENTH) / 1.2816;

  public Forecast {
    requests = Collections.unmodifiableMap(new EnumMap<>(requests));
  }

  /// The forecast of a plan.
  ///
  /// @param limits as the run has them, its share of each limit included
  public static Forecast of(Plan plan, Limits limits) {
    Map<ClusterName, Script> scripts = scripts(plan, limits);
    VirtualRun limited = simulation(plan, scripts, new Gate(limits));
    Duration duration = run(limited, plan);
    VirtualRun free = simulation(plan, scripts, Gate.open());
    return new Forecast(
        duration, run(free, plan), limited.demand().tightest(limits), limited.demand().byBucket());
  }

  /// What no run can be faster than.
  public Duration bound() {
    Duration limit = squeeze.map(Demand.Squeeze::bound).orElse(Duration.ZERO);
    return limit.compareTo(path) > 0 ? limit : path;
  }

  /// Whether a limit of Azure's holds the run up for longer than its own work takes.
  public boolean isSqueezed() {
    return squeeze.filter(limit -> limit.bound().compareTo(path) > 0).isPresent();
  }

  private static VirtualRun simulation(Plan plan, Map<ClusterName, Script> scripts, Gate gate) {
    var schedule =
        new Schedule(plan.fleet().rollout(), plan.clusters().stream().map(Forecast::name).toList());
    return new VirtualRun(schedule, gate, scripts);
  }

  private static Duration run(VirtualRun simulation, Plan plan) {
    Instant looked = simulation.look(look(plan), VirtualRun.START);
    return Duration.between(VirtualRun.START, simulation.run(looked));
  }

  /// The updates' durations are the quantiles of a lognormal distribution, one for each cluster.
  private static Map<ClusterName, Script> scripts(Plan plan, Limits limits) {
    List<ClusterPlan> clusters = plan.clusters();
    var scripts = new HashMap<ClusterName, Script>();
    for (int i = 0; i < clusters.size(); i++) {
      double stretch = Math.exp(DEVIATION * normal((i + 0.5) / clusters.size()));
      scripts.put(
          name(clusters.get(i)), Script.of(clusters.get(i), limits, stretch, clusters.size()));
    }
    return scripts;
  }

  /// The quantile of the normal distribution, to about a hundredth (Shore, 1982).
  private static double normal(double share) {
    return share < 0.5 ? -normal(1 - share) : 5.5556 * (1 - Math.pow((1 - share) / share, 0.1186));
  }

  private static List<Call> look(Plan plan) {
    List<Call> calls = SharedLook.of(plan);
    plan.clusters().forEach(cluster -> calls.addAll(Script.look(cluster)));
    return calls;
  }

  private static ClusterName name(ClusterPlan cluster) {
    return cluster.target().name();
  }
}
