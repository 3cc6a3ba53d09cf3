// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.limit.Bucket;
import dev.latchkey.sandbox.limit.Buckets;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.util.List;
import java.util.Locale;

/// Counts the transactions of each vault, and of all vaults of a subscription together. A request
/// that is refused does not count.
///
/// @see <a href="https://learn.microsoft.com/azure/key-vault/general/service-limits">limits</a>
final class Turnstile {
  /// In [#SECONDS] seconds, of one vault.
  static final int TRANSACTIONS = 4000;

  static final int SECONDS = 10;

  /// A subscription has this many times as much as one vault.
  private static final int VAULTS = 5;

  private final Throttling throttling;
  private final SandboxClock clock;
  private final Buckets buckets = new Buckets();

  Turnstile(Throttling throttling, SandboxClock clock) {
    this.throttling = throttling;
    this.clock = clock;
  }

  /// Lets one more transaction through, or none.
  void pass(Rules vault) throws Denied {
    switch (throttling) {
      case OFF -> {}
      case AZURE -> count(vault.id().toLowerCase(Locale.ROOT));
    }
  }

  private void count(String vault) throws Denied {
    String subscription = vault.split("/resourcegroups/", 2)[0];
    List<Bucket> both = List.of(bucket(vault, 1), bucket(subscription, VAULTS));
    for (Bucket bucket : both) {
      if (buckets.take(bucket, clock.now()).refused()) {
        throw new Denied(new Denial.TooManyRequests());
      }
    }
  }

  private static Bucket bucket(String key, int times) {
    int burst = TRANSACTIONS * times;
    return new Bucket(key, burst, (double) burst / SECONDS);
  }
}
