// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.server.Sandbox;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is in a simulated Azure at this moment, as its owner sees it.
record There(Sandbox sandbox) {
  private static final String CLUSTERS = "2025-05-01";
  private static final String IDENTITIES = "2023-01-31";

  /// A cluster's tree; without members when there is none.
  JsonNode cluster(ResourceId id) {
    return read(id.toString(), CLUSTERS);
  }

  /// The tree of a cluster's own identity, wherever its name says that it is.
  JsonNode identity(Target target) {
    JsonNode cluster = cluster(target.cluster());
    return read(target.identity().id(cluster.path("location").asString("")).toString(), IDENTITIES);
  }

  private JsonNode read(String id, String apiVersion) {
    Answer answer = sandbox.askArm("GET", id, apiVersion, "");
    return answer.status() == 200 && answer.body() instanceof Answer.Body.Json(JsonNode tree)
        ? tree.deepCopy()
        : JsonMapper.shared().createObjectNode();
  }
}
