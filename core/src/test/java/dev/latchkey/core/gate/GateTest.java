// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.core.gate.Call.Kind;
import dev.latchkey.core.gate.Call.Owner;
import dev.latchkey.core.gate.Call.Refuser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    var gate = new Gate(Limits.azure().with(Bucket.CLUSTER_WRITES, new Limits.Rate(2.4, 2)));

    List<Instant> times = new ArrayList<>();
    for (int request = 0; request < 4; request++) {
      times.add(gate.reserve(clusterWrite("one"), START));
    }

    assertThat(times) // 2.4 less what comes back in 200 ms, then 99 % of 2 per second
        .containsExactly(
            START, START, START.plusNanos(505_050_506), START.plusNanos(1_010_101_011));
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
  void credentialsOfAThousandClustersTakeLittleLongerThanAksDocuments() {
    var gate = new Gate(Limits.azure());

    Instant last = START;
    for (int cluster = 0; cluster < 1_000; cluster++) {
      last = gate.reserve(new Call(Owner.CLUSTERS, Kind.ACTION, "s", "c" + cluster), START);
    }

    assertThat(Duration.between(START, last))
        .isBetween(Duration.ofSeconds(940), Duration.ofSeconds(940 * 102 / 100));
  }

  @Test
  void eachClusterHasItsOwnBucketOfWrites() {
    var gate = new Gate(Limits.azure().with(Bucket.CLUSTER_WRITES, new Limits.Rate(1, 1)));

    gate.reserve(clusterWrite("one"), START);

    assertThat(gate.reserve(clusterWrite("two"), START)).isEqualTo(START);
    assertThat(gate.reserve(clusterWrite("ONE"), START)).isEqualTo(START.plusMillis(1_200));
  }

  @Test
  void aCredentialIsWrittenFourSecondsAfterItsIdentityAndOthersMeanwhile() {
    var gate = new Gate(Limits.azure());

    gate.reserve(identityWrite("one"), START);

    assertThat(Duration.between(START, gate.reserve(identityWrite("ONE"), START)))
        .isBetween(Duration.ofMillis(4_200), Duration.ofMillis(4_250));
    assertThat(Duration.between(START, gate.reserve(identityWrite("two"), START)))
        .isLessThan(Duration.ofMillis(250));
  }

  @Test
  void obeysRetryAfterForTheBucketsOfWhoRefusedOnly() {
    var gate = new Gate(Limits.azure());

    gate.refused(clusterWrite("one"), Refuser.SERVICE, Duration.ofSeconds(30), START);

    assertThat(gate.reserve(clusterWrite("one"), START))
        .isCloseTo(START.plusSeconds(30), within(1, ChronoUnit.MICROS));
    assertThat(gate.reserve(clusterWrite("two"), START)).isEqualTo(START);
  }

  @Test
  void aRefusalOfArmHoldsUpAllOfItsKind() {
    var gate = new Gate(Limits.azure());

    gate.refused(clusterWrite("one"), Refuser.ARM, Duration.ofSeconds(30), START);

    assertThat(gate.reserve(identityWrite("id"), START))
        .isCloseTo(START.plusSeconds(30), within(1, ChronoUnit.MICROS));
    assertThat(gate.reserve(new Call(Owner.CLUSTERS, Kind.READ, "s", "one"), START))
        .isEqualTo(START);
  }

  @Test
  void slowsDownWhenNeighboursEmptyTheBucketOfArm() {
    var gate = new Gate(Limits.azure());
    var read = new Call(Owner.RESOURCES, Kind.READ, "s", "");

    gate.remaining(read, 0, START);

    assertThat(gate.reserve(read, START))
        .isEqualTo(START.plusNanos(40_404_041)); // 99 % of 25 per second
  }

  @Test
  void neverBelievesInMoreThanTheBucketHolds() {
    var gate = new Gate(Limits.azure().with(Bucket.ARM_READS, new Limits.Rate(1, 1)));
    var read = new Call(Owner.RESOURCES, Kind.READ, "s", "");

    gate.remaining(read, 11_999, START);
    gate.reserve(read, START);

    assertThat(gate.reserve(read, START)).isEqualTo(START.plusMillis(1_200));
  }

  @Test
  void usesNoMoreThanItsBudgetOfSizeAndRate() {
    var gate =
        new Gate(
            Limits.azure().with(Bucket.CLUSTER_OTHERS, new Limits.Rate(10, 1)).withBudget(0.5));

    Instant last = START;
    for (int request = 0; request < 20; request++) {
      last = gate.reserve(new Call(Owner.CLUSTERS, Kind.ACTION, "s", "one"), START);
    }

    assertThat(Duration.between(START, last)) // 15 of them at one each two seconds
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
  }

  @Test
  void theTenantsLimitHoldsManySubscriptionsTogether() {
    var gate = new Gate(Limits.azure());

    Instant last = START;
    for (int write = 0; write < 400; write++) {
      var call = new Call(Owner.IDENTITIES, Kind.WRITE, "s" + write % 20, "identity-" + write);
      last = gate.reserve(call, START);
    }

    // 20 subscriptions could write 40 a second; the tenant can write 10
    assertThat(Duration.between(START, last))
        .isBetween(Duration.ofSeconds(39), Duration.ofSeconds(41));
  }

  @Test
  void aWriteOfAClusterPassesThousandsOfRequestsThatWaitForAScarcerBucket() {
    var gate = new Gate(Limits.azure());
    for (int cluster = 0; cluster < 5_000; cluster++) {
      gate.reserve(new Call(Owner.CLUSTERS, Kind.ACTION, "s", "c" + cluster), START);
      gate.reserve(identityWrite("id-" + cluster), START);
    }

    assertThat(gate.reserve(clusterWrite("one"), START)).isEqualTo(START);
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

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void azureRefusesNobodyWhoIsLateByLessThanTheMargin(long seed) {
    var random = new Random(seed);
    var gate = new Gate(Limits.azure());

    Map<Call.Share, List<Instant>> arrivals = new HashMap<>();
    Instant now = START;
    for (int request = 0; request < 600; request++) {
      now = now.plusMillis(random.nextInt(0, 60));
      Call call = anyCall(random);
      Instant arrival = gate.reserve(call, now).plusMillis(random.nextInt(0, 200));
      call.shares()
          .forEach(share -> arrivals.computeIfAbsent(share, _ -> new ArrayList<>()).add(arrival));
    }

    arrivals.forEach((share, times) -> assertWindows(Limits.azure().rate(share.bucket()), times));
  }

  /// A bucket refuses nobody exactly if no window holds more than its size and what comes back.
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
    var kinds = List.of(Kind.READ, Kind.LIST, Kind.WRITE, Kind.ACTION);
    return new Call(
        owners.get(random.nextInt(owners.size())),
        kinds.get(random.nextInt(kinds.size())),
        "s",
        "cluster-" + random.nextInt(3));
  }

  private static Call identityWrite(String identity) {
    return new Call(Owner.IDENTITIES, Kind.WRITE, "s", identity);
  }

  private static Call clusterWrite(String cluster) {
    return new Call(Owner.CLUSTERS, Kind.WRITE, "s", cluster);
  }
}
