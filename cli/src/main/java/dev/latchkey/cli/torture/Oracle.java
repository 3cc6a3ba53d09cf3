// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.message.Witness;
import dev.latchkey.sandbox.server.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Knows what a deployment of a fleet may write, whatever happens to it, and looks at every write.
///
/// It judges from what is wanted and from what is there, never from latchkey's plan: nothing but
/// the named kinds of things, at the named places, each with the identity of its own cluster.
final class Oracle implements Witness {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  private final AzureWrites azure;
  private final ClusterWrites clusters;
  private final List<Target> targets;
  private final List<String> wrong = new CopyOnWriteArrayList<>();

  Oracle(Sandbox sandbox, Fleet fleet) {
    var there = new There(sandbox);
    this.targets = fleet.targets();
    this.azure = new AzureWrites(targets, there);
    this.clusters = new ClusterWrites(targets, there);
  }

  @Override
  public Answer answer(Ask ask, Service service) {
    if (READS.contains(ask.method())) {
      return service.answer(ask);
    }
    complaint(ask)
        .ifPresent(why -> wrong.add("%s %s: %s".formatted(ask.method(), ask.path(), why)));
    AzureWrites.Before before = azure.before(ask);
    Answer answer = service.answer(ask);
    before
        .changed()
        .forEach(path -> wrong.add("%s %s changes %s".formatted(ask.method(), ask.path(), path)));
    return answer;
  }

  private Optional<String> complaint(Ask ask) {
    return switch (ask.origin()) {
      case Origin.Vault(String name) -> Optional.of("nothing is written into the vault " + name);
      case Origin.Cluster(String id) -> clusters.complaint(id, ask);
      case Origin.Front() -> azure.complaint(ask);
    };
  }

  /// The writes that no deployment may do; nothing is well.
  List<String> wrong() {
    return List.copyOf(wrong);
  }
}
