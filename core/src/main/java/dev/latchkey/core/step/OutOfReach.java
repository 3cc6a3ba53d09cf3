// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.Reach;
import java.util.List;

/// The sentences about an API server that gives no answer here, by what ARM says of the way to it.
final class OutOfReach {
  private static final String NOTHING = " Nothing was begun for this cluster.";

  private OutOfReach() {}

  static Text of(StepProblem.ApiServerUnreachable problem) {
    String name = problem.cluster().name();
    String network = "network  " + problem.network();
    if (problem.isPrivate()) {
      return outsideOfItsNetwork(name, network);
    }
    return switch (problem.reach()) {
      case Reach.Anywhere _ ->
          new Text(
              "The API server of `%s` does not answer.".formatted(name),
              List.of(network),
              "Azure says that the cluster runs, so the way to it is closed: a firewall, a proxy, or"
                  + " a name that is not known here."
                  + NOTHING,
              "let this machine reach it, then run latchkey again");
      case Reach.Ranges(var ranges) ->
          new Text(
              "The API server of `%s` does not answer, and admits some addresses alone."
                  .formatted(name),
              List.of(network, "admits   " + String.join(", ", ranges)),
              "Who comes from another address gets no answer at all." + NOTHING,
              "use a machine whose outgoing address is among these, or have it added (`az aks"
                  + " update --api-server-authorized-ip-ranges` replaces the whole list)");
      case Reach.OwnNetwork _ -> outsideOfItsNetwork(name, network);
    };
  }

  private static Text outsideOfItsNetwork(String name, String network) {
    return new Text(
        "`%s` is a private cluster, and this machine is outside of its network.".formatted(name),
        List.of(network),
        "Its API server has an address in the cluster's network alone, and its name is known only"
            + " where the cluster's private DNS zone is linked."
            + NOTHING,
        "use a machine (a self-hosted agent) in the cluster's network or one that is"
            + " peered with it, and link the cluster's private DNS zone"
            + " (privatelink.REGION.azmk8s.io) to that network");
  }
}
