// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.rollout.Ended.Cost;
import dev.latchkey.core.rollout.Ended.Trace;
import dev.latchkey.core.rollout.Simulation.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A rollout and the fate of each of its clusters, all from one seed.
record RandomRollout(
    RolloutWish wish,
    List<ClusterName> clusters,
    Map<ClusterName, Fate> fates,
    Map<ClusterName, Set<ClusterName>> alike,
    Optional<Instant> interrupt) {

  static final Halt SPARED =
      new Halt.SecretMissing(new SecretName("db"), "kv", new ClusterName("aks-1"));

  static RandomRollout of(long seed) {
    var random = new Random(seed);
    List<ClusterName> clusters = names(1 + random.nextInt(40));
    Map<ClusterName, Fate> fates = new HashMap<>();
    double failing = random.nextDouble() * 0.5;
    clusters.forEach(cluster -> fates.put(cluster, fate(random, failing)));
    Map<ClusterName, Set<ClusterName>> alike = new HashMap<>();
    if (random.nextInt(4) == 0) { // this one shows what others would fail of
      ClusterName first = clusters.get(random.nextInt(clusters.size()));
      alike.put(
          first, clusters.stream().filter(_ -> random.nextBoolean()).collect(Collectors.toSet()));
    }
    Optional<Instant> interrupt =
        random.nextInt(4) == 0
            ? Optional.of(Simulation.START.plusSeconds(random.nextInt(2000)))
            : Optional.empty();
    return new RandomRollout(wish(random, clusters), clusters, fates, alike, interrupt);
  }

  static List<ClusterName> names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> new ClusterName("aks-" + i)).toList();
  }

  Simulation run() {
    int reports = 1000 + clusters.size() * 200;
    return new Simulation(
            wish, clusters, each -> Objects.requireNonNull(fates.get(each)), interrupt)
        .sparing(each -> alike.getOrDefault(each, Set.of()), SPARED)
        .run(reports);
  }

  private static RolloutWish wish(Random random, List<ClusterName> clusters) {
    var left = new ArrayList<>(clusters);
    var waves = new ArrayList<Wave>();
    int named = random.nextInt(4);
    for (int i = 0; i < named && !left.isEmpty(); i++) {
      int size = 1 + random.nextInt(left.size());
      List<ClusterName> mine = List.copyOf(left.subList(0, size));
      left.subList(0, size).clear();
      waves.add(wave(random, "wave-" + i, Members.Named.of(mine)));
    }
    waves.add(random.nextInt(waves.size() + 1), wave(random, "rest", new Members.Rest()));
    OnFailure[] all = OnFailure.values();
    return new RolloutWish(waves, all[random.nextInt(all.length)]);
  }

  private static Wave wave(Random random, String name, Members members) {
    Budget budget =
        random.nextBoolean()
            ? new Budget.Count(random.nextInt(4))
            : new Budget.Share(random.nextInt(101));
    Duration soak = Duration.ofSeconds(random.nextBoolean() ? 0 : random.nextInt(700));
    return new Wave(name, members, 1 + random.nextInt(8), budget, soak);
  }

  private static Fate fate(Random random, double failing) {
    Trace trace =
        switch (random.nextInt(4)) {
          case 0 -> new Trace.Untouched();
          case 1 -> new Trace.Kept(Simulation.START.minusSeconds(random.nextInt(900)));
          default -> new Trace.Made();
        };
    Cost cost = random.nextDouble() < failing ? Cost.FAILURE : Cost.NONE;
    Duration work = Duration.ofSeconds(random.nextInt(300));
    return new Fate(work, new Ended(cost, trace), random.nextDouble() < failing / 2);
  }
}
