// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a stored cluster looks at a moment, and to an api-version.
final class ClusterShape {
  /// The api-versions that AKS speaks.
  static final Set<String> VERSIONS =
      Set.of(
          "2023-05-01",
          "2023-06-01",
          "2023-07-01",
          "2023-08-01",
          "2023-09-01",
          "2023-10-01",
          "2023-11-01",
          "2024-01-01",
          "2024-02-01",
          "2024-04-02-preview",
          "2024-05-01",
          "2024-06-01",
          "2024-07-01",
          "2024-08-01",
          "2024-09-01",
          "2024-10-01",
          "2025-01-01",
          "2025-02-01",
          "2025-03-01",
          "2025-04-01",
          "2025-05-01",
          "2025-06-01",
          "2025-07-01",
          "2025-08-01",
          "2025-09-01",
          "2025-10-01",
          "2026-01-01",
          "2026-02-01",
          "2026-04-01",
          "2026-05-01",
          "2026-06-01");

  /// What an api-version before the given one does not show, and leaves alone in a PUT.
  static final Map<String, String> SINCE =
      Map.of(
          "/eTag", "2024-04-02",
          "/kind", "2025-01-01",
          "/properties/resourceUID", "2023-08-02",
          "/properties/metricsProfile", "2024-02-01",
          "/properties/nodeProvisioningProfile", "2025-01-01",
          "/properties/bootstrapProfile", "2025-01-01",
          "/properties/agentPoolProfiles/*/eTag", "2024-04-02");

  private static final String SUCCEEDED = "Succeeded";
  private static final String POWER = "powerState";
  private static final String CODE = "code";

  private ClusterShape() {}

  /// The cluster as of a moment, in its newest shape.
  static ObjectNode at(Stored cluster, Instant now) {
    ObjectNode tree = cluster.tree().deepCopy();
    cluster.operation().ifPresent(operation -> apply(tree, operation, now));
    return tree;
  }

  private static void apply(ObjectNode tree, Operation operation, Instant now) {
    ObjectNode properties = properties(tree);
    boolean runs = operation.runsAt(now);
    properties.put("provisioningState", runs ? operation.state() : SUCCEEDED);
    for (JsonNode pool : properties.path("agentPoolProfiles")) {
      ((ObjectNode) pool).put("provisioningState", runs ? operation.state() : SUCCEEDED);
    }
    if (runs && operation.state().equals("Stopping")) {
      properties.putObject(POWER).put(CODE, "Running");
    }
    if (!runs) {
      renewTags(tree, operation);
    }
  }

  /// A finished operation has given cluster and pools other etags.
  private static void renewTags(ObjectNode tree, Operation operation) {
    tree.put("eTag", tag(operation, ""));
    for (JsonNode pool : properties(tree).path("agentPoolProfiles")) {
      ((ObjectNode) pool).put("eTag", tag(operation, pool.path("name").asString("")));
    }
  }

  private static String tag(Operation operation, String pool) {
    return UUID.nameUUIDFromBytes((operation.id() + pool).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /// Without what the api-version of the call does not know.
  static ObjectNode forVersion(Call call, ObjectNode tree) {
    ObjectNode shaped = tree.deepCopy();
    SINCE.forEach(
        (path, version) -> {
          if (!call.since(version)) {
            remove(shaped, List.of(path.substring(1).split("/", -1)));
          }
        });
    return shaped;
  }

  private static void remove(JsonNode tree, List<String> path) {
    String first = path.getFirst();
    if (first.equals("*")) {
      tree.forEach(element -> remove(element, path.subList(1, path.size())));
    } else if (path.size() == 1 && tree instanceof ObjectNode object) {
      object.remove(first);
    } else {
      remove(tree.path(first), path.subList(1, path.size()));
    }
  }

  static ObjectNode properties(ObjectNode tree) {
    return (ObjectNode) tree.path("properties");
  }

  static boolean isStopped(ObjectNode tree) {
    return tree.path("properties").path(POWER).path(CODE).asString("").equals("Stopped");
  }

  static boolean issues(ObjectNode tree) {
    return tree.path("properties").path("oidcIssuerProfile").path("enabled").asBoolean(false);
  }

  static boolean hasWebhook(ObjectNode tree) {
    return tree.path("properties")
        .path("securityProfile")
        .path("workloadIdentity")
        .path("enabled")
        .asBoolean(false);
  }
}
