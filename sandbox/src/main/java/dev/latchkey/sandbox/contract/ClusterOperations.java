// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.cluster.Commands;
import dev.latchkey.sandbox.cluster.Situations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The long-running operations of AKS: each is as far as the recording shows it.
record ClusterOperations(Scene scene) {
  static final String STATUS = "Microsoft.ContainerService/locations/operations";
  static final String RESULT = "Microsoft.ContainerService/locations/operationresults";

  /// Longer than any operation takes, shorter than a token lives.
  private static final Duration LONG = Duration.ofMinutes(15);

  void before(Step step) {
    String id = ArmPath.name(step.path());
    if (!situations().knows(id) && step.exchange().succeeded()) {
      situations().runs(id, "Updating", LONG);
    }
    JsonNode status = step.exchange().body();
    outcome(id, status);
    Optional<Instant> moment =
        step.exchange().concerns(RESULT)
            ? result(step, id)
            : situations().whenStatusIs(id, status.path("status").asString(""));
    moment.ifPresent(scene::elapseUntil);
  }

  private Optional<Instant> result(Step step, String id) {
    return step.exchange().status() == 204
        ? situations().whenStatusIs(id, "Succeeded")
        : Optional.empty();
  }

  /// A status that says more than how far it is.
  private void outcome(String id, JsonNode status) {
    JsonNode error = status.path("error");
    String code = error.path("code").asString("");
    if (code.equals("NotLatestOperation")) {
      situations().isPreempted(id);
    }
    if (status.path("status").asString("").equals("Failed")) {
      situations().fails(id, code, error.path("message").asString(""));
    }
  }

  /// A command whose beginning was not recorded did what its result shows.
  void command(Step step, String cluster) {
    String id = ArmPath.name(step.path());
    JsonNode result = step.exchange().body().path("properties");
    boolean done = step.exchange().status() == 200;
    if (situations().whenCommandEnds(cluster, id).isEmpty() && step.exchange().succeeded()) {
      var output =
          new Commands.Output(result.path("exitCode").asInt(0), result.path("logs").asString(""));
      situations().ran(cluster, id, output, done ? Duration.ZERO : LONG);
    }
    if (done) {
      situations().whenCommandEnds(cluster, id).ifPresent(scene::elapseUntil);
    }
  }

  private Situations situations() {
    return scene.cloud().azure().situations();
  }
}
