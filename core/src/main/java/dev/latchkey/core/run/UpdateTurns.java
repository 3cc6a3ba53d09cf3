// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.step.Watch.Turn;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How many clusters of each subscription are updated at once: any number, until Azure throttles
/// itself within one of the updates; then half as many as ran, for the rest of the run.
///
/// Updates that began before the number was cut say nothing about the smaller one, so they do not
/// cut it again. Any thread may call.
final class UpdateTurns {
  private final Map<String, Subscription> subscriptions = new HashMap<>();

  /// A turn to update the cluster; empty while as many as may are being updated.
  synchronized Optional<Turn> take(ResourceId cluster) {
    Subscription subscription =
        subscriptions.computeIfAbsent(
            cluster.subscription().toLowerCase(Locale.ROOT), _ -> new Subscription());
    if (subscription.running >= subscription.most) {
      return Optional.empty();
    }
    subscription.running++;
    return Optional.of(new Taken(subscription, subscription.cuts));
  }

  private static final class Subscription {
    private int running;
    private int most = Integer.MAX_VALUE;
    private int cuts;
  }

  private final class Taken implements Turn {
    private final Subscription subscription;
    private final int cutsBefore;
    private boolean given;

    Taken(Subscription subscription, int cutsBefore) {
      this.subscription = subscription;
      this.cutsBefore = cutsBefore;
    }

    @Override
    public int throttled() {
      synchronized (UpdateTurns.this) {
        if (subscription.cuts == cutsBefore) {
          subscription.cuts++;
          subscription.most = Math.max(1, subscription.running / 2);
        }
        return subscription.most;
      }
    }

    @Override
    public void over() {
      synchronized (UpdateTurns.this) {
        if (!given) {
          given = true;
          subscription.running--;
        }
      }
    }
  }
}
