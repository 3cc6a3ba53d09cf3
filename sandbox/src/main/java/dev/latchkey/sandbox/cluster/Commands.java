// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.Optional;

/// Runs what `runCommand` is given, as AKS does in a pod of the cluster.
public interface Commands {
  /// What a command left behind.
  record Output(int exitCode, String logs) {}

  /// Runs a command line to its end.
  ///
  /// @param token the Entra token that it may use at the API server; none on a cluster without
  ///   Entra ID, where it has an administrator's certificate
  Output run(String clusterId, String command, Optional<String> token);

  /// A pod that holds no program at all.
  static Output notFound(String command) {
    String program = command.strip().split("\\s+", 2)[0];
    return new Output(127, "bash: line 1: " + program + ": command not found\n");
  }
}
