// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Stored;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The pools of clusters, which the sandbox keeps inside their clusters.
record ClusterPools(Scene scene) {
  private static final String STATE = "provisioningState";

  /// A pool that is shown was there.
  void read(Step step, String cluster) {
    JsonNode body = step.answered();
    if (body.path("value").isArray()) {
      body.path("value").forEach(pool -> there(cluster, pool));
    } else if (step.exchange().succeeded()) {
      there(cluster, body);
    }
  }

  /// A pool that was changed was there, and nothing was done to it.
  void written(Step step, String cluster) {
    if (step.exchange().status() == 200) {
      ObjectNode pool = (ObjectNode) step.answered().deepCopy();
      pool.withObject("properties").put(STATE, "Succeeded");
      there(cluster, pool);
    }
  }

  private void there(String cluster, JsonNode pool) {
    scene.store().find(cluster).ifPresent(stored -> there(stored, pool));
  }

  private static void there(Stored cluster, JsonNode pool) {
    String name = pool.path("name").asString("");
    ArrayNode pools =
        ((ObjectNode) cluster.tree().path("properties")).withArray("agentPoolProfiles");
    boolean known =
        pools.valueStream().anyMatch(one -> one.path("name").asString("").equalsIgnoreCase(name));
    if (!name.isEmpty() && !known) {
      ObjectNode profile = (ObjectNode) pool.path("properties").deepCopy();
      pools.add(profile.put("name", name));
    }
  }
}
