// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How a stored cluster looks at a moment, and to an api-version.
final class ClusterShape {
  private static final String SUCCEEDED = "Succeeded";
  private static final String STATE = "provisioningState";
  private static final String POWER = "powerState";
  private static final String CODE = "code";
  private static final Set<String> SETTLED = Set.of(SUCCEEDED, "Failed", "Canceled");

  /// What is there only once a cluster is made: the addresses and identities that AKS makes for it.
  private static final List<List<String>> AT_LAST =
      List.of(
          Members.path("/properties/identityProfile"),
          Members.path("/properties/networkProfile/loadBalancerProfile/effectiveOutboundIPs"),
          Members.path("/properties/networkProfile/natGatewayProfile/effectiveOutboundIPs"),
          Members.path("/properties/addonProfiles/*/identity"));

  private ClusterShape() {}

  /// The cluster as of a moment, in its newest shape.
  static ObjectNode at(Stored cluster, Instant now) {
    ObjectNode tree = cluster.tree().deepCopy();
    cluster.operation().ifPresent(operation -> apply(tree, operation, now));
    PoolWork.apply(properties(tree), now);
    return tree;
  }

  private static void apply(ObjectNode tree, Operation operation, Instant now) {
    boolean runs = operation.runsAt(now);
    state(tree, operation.stateAt(now));
    if (runs && operation.state().equals("Creating")) {
      unfinished(tree);
    }
    if (runs && operation.state().equals("Stopping")) {
      properties(tree).putObject(POWER).put(CODE, "Running");
    }
    if (!runs) {
      Tags.renew(tree, operation);
    }
  }

  private static void state(ObjectNode tree, String state) {
    properties(tree).put(STATE, state);
    for (JsonNode pool : properties(tree).path("agentPoolProfiles")) {
      ((ObjectNode) pool).put(STATE, state);
    }
  }

  /// Takes away what only a finished creation has.
  static void unfinished(ObjectNode tree) {
    AT_LAST.forEach(path -> Members.remove(tree, path));
    if (properties(tree).path("networkProfile") instanceof ObjectNode network
        && network.path("loadBalancerSku").isString()) {
      String sku = network.path("loadBalancerSku").asString("");
      network.put("loadBalancerSku", sku.toLowerCase(Locale.ROOT));
    }
  }

  /// As the api-version of the call shows it.
  static ObjectNode shown(Call call, Stored cluster, Release release) {
    ApiVersion version = ApiVersion.of(call).atMost(release.newest());
    ObjectNode tree = at(cluster, call.now());
    Members.hide(tree, version);
    Tags.hide(tree, version, release);
    if (!version.since("2023-02-01")) {
      olderSku(tree);
    }
    return tree;
  }

  /// Before 2023-02-01 the cheapest plan was called Basic, and that with an uptime promise Paid.
  private static void olderSku(ObjectNode tree) {
    if (tree.path("sku") instanceof ObjectNode sku) {
      rename(sku, "name", Map.of("Base", "Basic"));
      rename(sku, "tier", Map.of("Standard", "Paid"));
    }
  }

  private static void rename(ObjectNode sku, String member, Map<String, String> older) {
    String value = sku.path(member).asString("");
    if (older.containsKey(value)) {
      sku.put(member, older.get(value));
    }
  }

  /// The state of a cluster or a pool that something is being done to.
  static boolean isBusy(JsonNode properties) {
    String state = properties.path(STATE).asString(SUCCEEDED);
    return !SETTLED.contains(state);
  }

  static ObjectNode properties(ObjectNode tree) {
    return tree.path("properties") instanceof ObjectNode there
        ? there
        : tree.putObject("properties");
  }

  static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
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
