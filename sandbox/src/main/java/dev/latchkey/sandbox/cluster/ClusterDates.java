// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.node.ObjectNode;

/// What operations do beside changing the tree: when the API server is away, when the webhook
/// serves, when a key took over, until when AKS remembers a cluster that is gone. Safe for use by
/// several threads.
final class ClusterDates {
  private static final Duration RESTART = Duration.ofSeconds(15);

  /// How long AKS itself answers for a cluster that ARM does not know any more.
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  /// The dates of one cluster.
  ///
  /// @param downFrom when the API server goes down to come back with an issuer
  record Dates(
      Optional<Instant> downFrom,
      Optional<Instant> downUntil,
      Optional<Instant> webhook,
      List<Instant> rotations) {
    static final Dates NONE =
        new Dates(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    Dates with(Optional<Instant> serves) {
      return new Dates(downFrom, downUntil, serves, rotations);
    }

    Dates down(Instant from, Instant until) {
      return new Dates(Optional.of(from), Optional.of(until), webhook, rotations);
    }

    Dates rotated(Instant when) {
      var more = new ArrayList<>(rotations);
      more.add(when);
      return new Dates(downFrom, downUntil, webhook, List.copyOf(more));
    }

    boolean isDown(Instant now) {
      return downFrom.filter(from -> !now.isBefore(from)).isPresent()
          && downUntil.filter(now::isBefore).isPresent();
    }
  }

  private final Pace pace;
  private final Lags lags;
  private final ConcurrentMap<String, Dates> dates = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Instant> gone = new ConcurrentHashMap<>();

  ClusterDates(Pace pace, Lags lags) {
    this.pace = pace;
    this.lags = lags;
  }

  Dates of(String id) {
    return dates.getOrDefault(key(id), Dates.NONE);
  }

  /// The cluster is new: nothing is known of an older one of its name.
  void created(String id, ObjectNode tree, Operation operation) {
    gone.remove(key(id));
    Dates fresh =
        ClusterShape.hasWebhook(tree) ? Dates.NONE.with(webhook(id, operation)) : Dates.NONE;
    dates.put(key(id), fresh);
  }

  /// The cluster has been there for long.
  void settled(String id, ObjectNode tree, Instant since) {
    if (ClusterShape.hasWebhook(tree)) {
      dates.put(key(id), Dates.NONE.with(Optional.of(since)));
    }
  }

  /// Enabling the issuer restarts the API server in the last third of the update.
  void updated(Stored before, ObjectNode tree, Operation operation) {
    Dates next = of(before.id());
    if (ClusterShape.hasWebhook(tree) && !ClusterShape.hasWebhook(before.tree())) {
      next = next.with(webhook(before.id(), operation));
    }
    if (ClusterShape.issues(tree) && !ClusterShape.issues(before.tree())) {
      Duration third = Duration.between(operation.startedAt(), operation.doneAt()).dividedBy(3);
      Duration down = pace.of(RESTART).compareTo(third) < 0 ? pace.of(RESTART) : third;
      Instant from = operation.doneAt().minus(third);
      next = next.down(from, from.plus(down));
    }
    dates.put(key(before.id()), next);
  }

  void rotated(String id, Operation operation) {
    dates.merge(
        key(id),
        Dates.NONE.rotated(operation.doneAt()),
        (old, _) -> old.rotated(operation.doneAt()));
  }

  private Optional<Instant> webhook(String id, Operation operation) {
    return Optional.of(lags.noticed(Lags.Lag.WEBHOOK, id, operation.doneAt()));
  }

  void gone(String id, Instant when) {
    gone.put(key(id), when);
  }

  void left(String id) {
    dates.remove(key(id));
  }

  SortedMap<String, Dates> saved() {
    return new TreeMap<>(dates);
  }

  void restore(Map<String, Dates> saved) {
    dates.putAll(saved);
  }

  /// Whether AKS still answers for a cluster that has just gone.
  boolean remembers(String id, Instant now) {
    return Optional.ofNullable(gone.get(key(id)))
        .filter(left -> now.isBefore(left.plus(pace.of(REMEMBERED))))
        .isPresent();
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
