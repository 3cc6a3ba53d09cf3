// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.server.Options.Throttling;
import java.util.List;
import java.util.stream.Collectors;

/// The request limits of this world as a fleet's file says them, so that a client of a sandbox that
/// refuses nobody does not wait for buckets that are not there.
final class LimitTable {
  /// The buckets that are known in `docs/azure-lags.md`.
  private static final List<String> BUCKETS =
      List.of(
          "arm-reads",
          "arm-writes",
          "arm-deletes",
          "identity-writes",
          "identity-reads",
          "identity-lists",
          "single-identity-writes",
          "single-identity-reads",
          "single-identity-lists",
          "cluster-lists",
          "cluster-writes",
          "cluster-reads",
          "cluster-operations",
          "cluster-others",
          "vault-reads",
          "tokens");

  private LimitTable() {}

  /// The part `limits` of the section `azure`; empty where Azure's own limits hold.
  static String yaml(Throttling throttling) {
    return switch (throttling) {
      case AZURE -> "";
      case OFF ->
          BUCKETS.stream()
              .map("    %s: { size: 1000000, perSecond: 1000000 }\n"::formatted)
              .collect(Collectors.joining("", "  limits:\n", ""));
    };
  }
}
