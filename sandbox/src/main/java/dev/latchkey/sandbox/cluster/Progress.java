// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What the status of a running operation says. Since 2025 it names what AKS is at; before, and for
/// all else, it says InProgress.
final class Progress {
  private static final String IN_PROGRESS = "InProgress";

  /// A status from a share of the operation's time on.
  private record Phase(double from, String status) {}

  private static final List<Phase> CREATING =
      List.of(
          new Phase(0, IN_PROGRESS),
          new Phase(0.15, "ProvisioningNetworkResources"),
          new Phase(0.3, "ProvisioningControlPlane"),
          new Phase(0.55, "ReconcilingDNS"),
          new Phase(0.6, "ReconcilingAddons"),
          new Phase(0.65, "CreatingAgentPools: 0/%1$d nodes completed"),
          new Phase(0.8, "CreatingAgentPools: %1$d/%1$d nodes completed"));

  private static final List<Phase> UPDATING =
      List.of(
          new Phase(0, IN_PROGRESS),
          new Phase(0.05, "ProvisioningNetworkResources"),
          new Phase(0.3, "ProvisioningControlPlane"),
          new Phase(0.8, "ReconcilingDNS"),
          new Phase(0.9, "ReconcilingAddons"));

  private static final List<Phase> CREATING_POOL =
      List.of(
          new Phase(0, IN_PROGRESS),
          new Phase(0.1, "CreatingAgentPool: 0/%1$d nodes completed"),
          new Phase(0.8, "CreatingAgentPool: %1$d/%1$d nodes completed"));

  private static final List<Phase> SILENT = List.of(new Phase(0, IN_PROGRESS));

  private Progress() {}

  /// The status at a moment before the end.
  static String at(Operations.Known known, Instant now) {
    Operation operation = known.operation();
    double whole = Duration.between(operation.startedAt(), operation.doneAt()).toMillis();
    double passed = Duration.between(operation.startedAt(), now).toMillis();
    double share = whole <= 0 ? 0 : passed / whole;
    return phases(known).stream()
        .filter(phase -> phase.from() <= share)
        .reduce((_, later) -> later)
        .map(phase -> phase.status().formatted(known.nodes()))
        .orElse(IN_PROGRESS);
  }

  /// The moments at which the status changes, the first one included.
  static List<Instant> changes(Operations.Known known) {
    Operation operation = known.operation();
    long whole = Duration.between(operation.startedAt(), operation.doneAt()).toMillis();
    return phases(known).stream()
        .map(phase -> operation.startedAt().plusMillis((long) Math.ceil(phase.from() * whole)))
        .toList();
  }

  private static List<Phase> phases(Operations.Known known) {
    if (known.release().from().isBefore(Release.SPEAKING)) {
      return SILENT;
    }
    return switch (known.operation().state()) {
      case "Creating" -> CREATING;
      case "Updating" -> UPDATING;
      case "CreatingAgentPool" -> CREATING_POOL;
      default -> SILENT;
    };
  }
}
