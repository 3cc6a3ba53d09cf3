// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import dev.latchkey.sandbox.cluster.Commands;
import dev.latchkey.sandbox.message.Service;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Runs a command line as the pod in namespace `aks-command` does: one program, no shell around it.
public final class CommandPod implements Commands {
  private final Function<String, Service> servers;

  /// The pods of all clusters.
  ///
  /// @param servers the API server of a cluster
  public CommandPod(Function<String, Service> servers) {
    this.servers = servers;
  }

  @Override
  public Output run(String clusterId, String command, Optional<String> token) {
    if (command.matches("(?s).*[|;&<>`$(){}\\n].*")) {
      return new Output(
          2, "bash: line 1: this simulated pod runs one program without a shell around it\n");
    }
    List<String> words = Words.of(command);
    if (words.isEmpty() || !words.getFirst().equals("kubectl")) {
      return Commands.notFound(command);
    }
    var server = new Server(servers.apply(clusterId), clusterId, token);
    return new Kubectl(server).run(words.subList(1, words.size()));
  }
}
