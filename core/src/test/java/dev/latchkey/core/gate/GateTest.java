// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.gate.Call.Kind;
import dev.latchkey.core.gate.Call.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void letsABurstPassAndSpacesTheRest() {
    var gate = new Gate(Limits.azure().with(Bucket.IDENTITY_WRITES, new Limits.Rate(2, 2)));

    List<Instant> times = new ArrayList<>();
    for (int request = 0; request < 4; request++) {
      times.add(gate.reserve(identityWrite(), START));
    }

    assertThat(times).containsExactly(START, START, START.plusMillis(500), START.plusMillis(1_000));
  }

  @Test
  void callsThatWaitForAScarceBucketDoNotHoldUpTheOthersOfArm() {
    var gate = new Gate(Limits.azure());
    for (int cluster = 0; cluster < 1_000; cluster++) {
      gate.reserve(new Call(Owner.CLUSTERS, Kind.ACTION, "s", "c" + cluster), START);
    }

    var write = gate.reserve(new Call(Owner.RESOURCES, Kind.WRITE, "s", ""), START);

    assertThat(write).isEqualTo(START);
  }

  @Test
  void credentialsOfAThousandClustersTakeAsLongAsAksDocuments() {
    var gate = new Gate(Limits.azure());

    Instant last = START;
    for (int cluster = 0; cluster < 1_000; cluster++) {
      last = gate.reserve(new Call(Owner.CLUSTERS, Kind.ACTION, "s", "c" + cluster), START);
    }

    assertThat(Duration.between(START, last)).isEqualTo(Duration.ofSeconds(940));
  }

  @Test
  void eachClusterHasItsOwnBucketOfWrites() {
    var gate = new Gate(Limits.azure().with(Bucket.CLUSTER_WRITES, new Limits.Rate(1, 1)));

    gate.reserve(clusterWrite("one"), START);

    assertThat(gate.reserve(clusterWrite("two"), START)).isEqualTo(START);
    assertThat(gate.reserve(clusterWrite("ONE"), START)).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void obeysRetryAfterForTheScarcestBucketOnly() {
    var gate = new Gate(Limits.azure());

    gate.refused(clusterWrite("one"), Duration.ofSeconds(30), START);

    assertThat(gate.reserve(clusterWrite("one"), START)).isEqualTo(START.plusSeconds(30));
    assertThat(gate.reserve(clusterWrite("two"), START)).isEqualTo(START);
  }

  @Test
  void slowsDownWhenNeighboursEmptyTheBucketOfArm() {
    var gate = new Gate(Limits.azure());
    var read = new Call(Owner.RESOURCES, Kind.READ, "s", "");

    gate.remaining(read, 0, START);

    assertThat(gate.reserve(read, START)).isEqualTo(START.plusMillis(40));
  }

  @Test
  void neverBelievesInMoreThanTheBucketHolds() {
    var gate = new Gate(Limits.azure().with(Bucket.ARM_READS, new Limits.Rate(1, 1)));
    var read = new Call(Owner.RESOURCES, Kind.READ, "s", "");

    gate.remaining(read, 11_999, START);
    gate.reserve(read, START);

    assertThat(gate.reserve(read, START)).isEqualTo(START.plusSeconds(1));
  }

  @Test
  void requestsThatNobodyCountsPassAtOnce() {
    assertThat(new Gate(Limits.azure()).reserve(Call.unlimited(), START)).isEqualTo(START);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noWindowOfAnyBucketHoldsMoreThanItsSizeAndRefill(long seed) {
    var random = new Random(seed);
    var limits =
        Limits.azure()
            .with(Bucket.CLUSTER_WRITES, new Limits.Rate(2, 0.5))
            .with(Bucket.CLUSTER_OTHERS, new Limits.Rate(5, 1))
            .with(Bucket.IDENTITY_WRITES, new Limits.Rate(2, 2))
            .with(Bucket.ARM_WRITES, new Limits.Rate(6, 3))
            .with(Bucket.ARM_READS, new Limits.Rate(7, 5));
    var gate = new Gate(limits);

    Map<Call.Share, List<Instant>> sent = new HashMap<>();
    Instant now = START;
    for (int request = 0; request < 400; request++) {
      now = now.plusMillis(random.nextInt(0, 300));
      Call call = anyCall(random);
      Instant at = gate.reserve(call, now);
      assertThat(at).isAfterOrEqualTo(now);
      call.shares().forEach(share -> sent.computeIfAbsent(share, key -> new ArrayList<>()).add(at));
    }

    sent.forEach((share, times) -> assertWindows(limits.rate(share.bucket()), times));
  }

  private static void assertWindows(Limits.Rate rate, List<Instant> times) {
    List<Instant> sorted = times.stream().sorted().toList();
    double most = 0;
    for (int from = 0; from < sorted.size(); from++) {
      for (int to = from; to < sorted.size(); to++) {
        double seconds = Duration.between(sorted.get(from), sorted.get(to)).toNanos() / 1e9;
        most = Math.max(most, to - from + 1 - seconds * rate.perSecond());
      }
    }
    assertThat(most).isLessThanOrEqualTo(rate.size() + 1e-3);
  }

  private static Call anyCall(Random random) {
    var owners = List.of(Owner.CLUSTERS, Owner.IDENTITIES, Owner.RESOURCES);
    var kinds = List.of(Kind.READ, Kind.WRITE, Kind.ACTION);
    return new Call(
        owners.get(random.nextInt(owners.size())),
        kinds.get(random.nextInt(kinds.size())),
        "s",
        "cluster-" + random.nextInt(3));
  }

  private static Call identityWrite() {
    return new Call(Owner.IDENTITIES, Kind.WRITE, "s", "");
  }

  private static Call clusterWrite(String cluster) {
    return new Call(Owner.CLUSTERS, Kind.WRITE, "s", cluster);
  }
}
