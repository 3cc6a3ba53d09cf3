// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import java.util.Optional;

/// AKS clusters: an operation runs as long as the recording shows it running.
record ClusterPremises(Scene scene) implements Inference {
  private static final String CLUSTER = "Microsoft.ContainerService/managedClusters";
  private static final String STATUS = "Microsoft.ContainerService/locations/operations";

  @Override
  public void before(Step step) {
    Exchange exchange = step.exchange();
    boolean poll = exchange.concerns(STATUS);
    if (poll && isOver(exchange.body().path("status").asString(""))) {
      finish();
    }
    if (exchange.concerns(CLUSTER) && isOver(state(exchange))) {
      finish();
    }
  }

  private static String state(Exchange exchange) {
    return exchange.body().path("properties").path("provisioningState").asString("");
  }

  private static boolean isOver(String state) {
    return switch (state) {
      case "Succeeded", "Failed", "Canceled" -> true;
      default -> false;
    };
  }

  /// Lets time pass until nothing runs.
  private void finish() {
    scene.store().below("/subscriptions", CLUSTER).stream()
        .map(Stored::operation)
        .flatMap(Optional::stream)
        .map(Operation::doneAt)
        .forEach(scene::elapseUntil);
  }
}
