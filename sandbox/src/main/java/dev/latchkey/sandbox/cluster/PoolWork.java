// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Operation;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is done to one pool of a cluster: kept in the pool's own tree, as a state and the moment at
/// which it ends, and never shown as such.
final class PoolWork {
  private static final String WORK = "$work";
  private static final String STATE = "state";
  private static final String UNTIL = "until";
  private static final String DELETING = "Deleting";

  private PoolWork() {}

  static void begin(ObjectNode pool, String state, Operation operation) {
    pool.putObject(WORK).put(STATE, state).put(UNTIL, operation.doneAt().toString());
  }

  /// The pools as of a moment, without a word of what is done to them.
  static void apply(ObjectNode properties, Instant now) {
    settle(properties, now);
    for (JsonNode pool : properties.path("agentPoolProfiles")) {
      if (pool instanceof ObjectNode tree && tree.remove(WORK) instanceof ObjectNode work) {
        tree.set("provisioningState", work.path(STATE));
      }
    }
  }

  /// Ends what is over by then: a pool that was deleted is gone.
  static void settle(ObjectNode properties, Instant now) {
    if (properties.path("agentPoolProfiles") instanceof ArrayNode pools) {
      for (int i = pools.size() - 1; i >= 0; i--) {
        if (pools.get(i) instanceof ObjectNode pool && isOver(pool, now)) {
          String state = pool.remove(WORK).path(STATE).asString();
          pool.put("provisioningState", "Succeeded");
          if (state.equals(DELETING)) {
            pools.remove(i);
          }
        }
      }
    }
  }

  private static boolean isOver(ObjectNode pool, Instant now) {
    return pool.has(WORK) && !now.isBefore(Instant.parse(pool.path(WORK).path(UNTIL).asString("")));
  }
}
