// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.clock.Pace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The lags of this world as a fleet's file says them: usual times and bounds that the pace
/// divides, so that a client of a fast sandbox does not wait as long as one of Azure.
final class LagTable {
  /// Azure's own usual times and bounds, in seconds; sources in `docs/azure-lags.md`.
  private static final Map<String, int[]> AZURE = azure();

  private LagTable() {}

  /// The part `lags` of the section `azure`; empty at Azure's own pace.
  static String yaml(Pace pace) {
    if (pace.divisor() == 1) {
      return "";
    }
    var lines = new StringBuilder("  lags:\n");
    AZURE.forEach(
        (name, seconds) ->
            lines.append(
                "    %s: { usual: %s, bound: %s }\n"
                    .formatted(name, usual(pace, seconds[0]), bound(pace, seconds[1]))));
    return lines.toString();
  }

  private static String usual(Pace pace, int seconds) {
    Duration here = pace.of(Duration.ofSeconds(seconds));
    return Math.max(100, here.toMillis()) + "ms";
  }

  /// Bounds are not cut below a minute: a machine under load is slower than the simulated Azure.
  private static String bound(Pace pace, int seconds) {
    Duration here = pace.of(Duration.ofSeconds(seconds));
    return Math.max(60, here.toSeconds()) + "s";
  }

  private static Map<String, int[]> azure() {
    Map<String, int[]> lags = new LinkedHashMap<>();
    lags.put("principal-not-yet-found", new int[] {20, 300});
    lags.put("identity-not-yet-found", new int[] {10, 240});
    lags.put("credential-writes-collide", new int[] {5, 120});
    lags.put("credential-not-yet-matched", new int[] {15, 300});
    lags.put("role-not-yet-honoured", new int[] {30, 600});
    lags.put("webhook-not-yet-serving", new int[] {20, 300});
    lags.put("issuer-not-yet-published", new int[] {20, 600});
    lags.put("api-server-restarting", new int[] {30, 300});
    lags.put("cluster-busy", new int[] {300, 1800});
    lags.put("cluster-updating", new int[] {110, 1800});
    lags.put("updates-throttled", new int[] {300, 3600});
    lags.put("release-pending", new int[] {10, 60});
    lags.put("hooks-running", new int[] {30, 660});
    lags.put("credential-settling", new int[] {15, 60});
    return lags;
  }
}
