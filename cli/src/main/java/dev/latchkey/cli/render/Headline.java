// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.util.List;

/// What a run is about, in one line.
final class Headline {
  private Headline() {}

  /// Such as `orders → 3 clusters, 2 secrets of kv-shared`.
  static String of(Fleet fleet, Screen screen) {
    return fleet.application()
        + " "
        + screen.show(Symbol.ARROW)
        + " "
        + Count.of(fleet.targets().size(), "cluster")
        + ", "
        + secrets(fleet);
  }

  /// Such as `orders on 3 clusters, 2 secrets of kv-shared`.
  static String onClusters(Fleet fleet) {
    return "%s on %s, %s"
        .formatted(
            fleet.application(), Count.of(fleet.targets().size(), "cluster"), secrets(fleet));
  }

  /// Such as `2 secrets of kv-shared`, or `secrets of 2 vaults`.
  static String secrets(Fleet fleet) {
    List<ResourceId> vaults = vaults(fleet);
    if (vaults.size() != 1) {
      return "secrets of " + Count.of(vaults.size(), "vault");
    }
    return Count.of(secrets(fleet, vaults.getFirst()).size(), "secret")
        + " of "
        + vaults.getFirst().name();
  }

  /// The vaults of a fleet, each once.
  static List<ResourceId> vaults(Fleet fleet) {
    return fleet.targets().stream().map(target -> target.vault().vault()).distinct().toList();
  }

  /// The secrets that the fleet reads of one vault, each once.
  static List<SecretName> secrets(Fleet fleet, ResourceId vault) {
    return fleet.targets().stream()
        .map(Target::vault)
        .filter(access -> access.vault().equals(vault))
        .flatMap(access -> access.names().stream())
        .distinct()
        .toList();
  }
}
