// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.cluster.Situations;
import dev.latchkey.sandbox.message.Ask;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// AKS clusters: which were there, what ran on them and how far it was, and of which time AKS was.
record ClusterPremises(Scene scene) implements Inference {
  static final String CLUSTER = "Microsoft.ContainerService/managedClusters";
  static final String POOL = CLUSTER + "/agentPools";
  private static final String VERSIONS = "Microsoft.ContainerService/locations/kubernetesVersions";
  private static final Set<String> SETTLED = Set.of("Succeeded", "Failed", "Canceled");

  @Override
  public void before(Step step) {
    Exchange exchange = step.exchange();
    if (step.index() == 0) {
      new ClusterRelease(scene).time();
    }
    if (exchange.concerns(ClusterOperations.STATUS)
        || exchange.concerns(ClusterOperations.RESULT)) {
      new ClusterOperations(scene).before(step);
    } else if (exchange.concerns(VERSIONS)) {
      new ClusterRelease(scene).offered(exchange.body().path("values"));
    } else if (exchange.concerns(CLUSTER)) {
      ArmPath.topResource(step.path()).ifPresent(id -> cluster(step, id));
    }
  }

  private void cluster(Step step, String id) {
    Exchange exchange = step.exchange();
    if (exchange.status() >= 400) {
      new ClusterRefusals(scene).before(step, id);
      return;
    }
    new ClusterRelease(scene).newest(exchange);
    new ClusterRequests(scene).principal(step);
    switch (exchange.method()) {
      case "GET" -> read(step, id);
      case "PUT" -> written(step, id);
      case "PATCH" -> put(ClusterBodies.settled(step.answered()));
      default -> acted(step, id);
    }
  }

  private void read(Step step, String id) {
    if (step.exchange().type().toLowerCase(Locale.ROOT).endsWith("/commandresults")) {
      there(step, id);
      new ClusterOperations(scene).command(step, id);
      return;
    }
    String state = state(step.exchange());
    if (SETTLED.contains(state)) {
      finish();
    }
    if (step.exchange().concerns(POOL)) {
      there(step, id);
      new ClusterPools(scene).read(step, id);
    } else {
      scene.store().find(id).ifPresent(there -> settled(there, step, state));
    }
  }

  /// What was there in a state of its own has come to the next one: nobody in the recording did it.
  private void settled(Stored there, Step step, String state) {
    boolean own = there.operation().isEmpty();
    String before = there.tree().at("/properties/provisioningState").asString("");
    if (own && !state.isEmpty() && !before.equals(state)) {
      scene.store().remove(there.id());
      put(step.answered());
    }
  }

  private void written(Step step, String id) {
    if (step.exchange().concerns(POOL)) {
      there(step, id);
      new ClusterPools(scene).written(step, id);
    } else if (step.exchange().status() == 200) {
      put(ClusterBodies.settled(step.answered()));
    } else if (scene.recording().kind() == Recording.Kind.OFFICIAL_EXAMPLE) {
      scene.store().remove(id); // each exchange shows another answer to the same request
    }
  }

  private void acted(Step step, String id) {
    if (step.exchange().method().equals("DELETE")
        && step.exchange().status() == 204
        && !step.exchange().concerns(POOL)) {
      scene.store().remove(id);
      return;
    }
    there(step, id);
    scene
        .store()
        .find(id)
        .filter(cluster -> cluster.operation().isEmpty())
        .map(cluster -> (ObjectNode) cluster.tree().path("properties"))
        .ifPresent(properties -> before(step.exchange(), properties));
    boolean aborted = step.exchange().status() == 202 && step.exchange().path().endsWith("/abort");
    boolean idle = scene.store().find(id).flatMap(Stored::operation).isEmpty();
    if (aborted && idle) {
      situations().isBeing(id, "Updating", Duration.ofMinutes(15));
    }
  }

  /// What an action needs to do what it did, or to find nothing to do.
  private static void before(Exchange exchange, ObjectNode properties) {
    boolean idle = exchange.status() == 204;
    switch (ArmPath.name(exchange.path()).toLowerCase(Locale.ROOT)) {
      case "start" -> power(properties, idle ? "Running" : "Stopped");
      case "stop" -> power(properties, idle ? "Stopped" : "Running");
      case "rotateserviceaccountsigningkeys" ->
          properties.putObject("oidcIssuerProfile").put("enabled", !idle);
      default -> {
        // the others do what they do on any cluster
      }
    }
  }

  private static void power(ObjectNode properties, String code) {
    properties.putObject("powerState").put("code", code);
  }

  private void there(Step step, String id) {
    if (scene.store().find(id).isEmpty()) {
      put(ClusterBodies.plausible(step.scene().recording(), id, "nodepool1"));
    }
  }

  private void put(JsonNode body) {
    scene.there(body.path("id").asString(""), ClusterBodies.STORED, body);
  }

  @Override
  public Ask sent(Step step, Ask ask) {
    return new ClusterRequests(scene).sent(step, ask);
  }

  private static String state(Exchange exchange) {
    return exchange.body().path("properties").path("provisioningState").asString("");
  }

  /// Lets time pass until nothing runs.
  private void finish() {
    scene.store().below("/subscriptions", CLUSTER).stream()
        .map(Stored::operation)
        .flatMap(Optional::stream)
        .map(Operation::doneAt)
        .forEach(scene::elapseUntil);
  }

  private Situations situations() {
    return scene.cloud().azure().situations();
  }
}
