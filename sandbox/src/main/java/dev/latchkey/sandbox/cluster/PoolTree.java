// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The node pools in a cluster's tree: matched by name, one that was not sent stays.
final class PoolTree {
  private static final String SPOT = "kubernetes.azure.com/scalesetpriority";
  private static final String LABELS = "nodeLabels";
  private static final String TAGS = "tags";

  /// Which PUT.
  enum Write {
    CREATE,
    UPDATE
  }

  private PoolTree() {}

  /// Merges the pools that were sent into those that are there.
  static void write(ObjectNode properties, JsonNode sent, ApiVersion version, Release release) {
    ArrayNode pools = properties.withArray("agentPoolProfiles");
    for (JsonNode raw : sent.path("agentPoolProfiles")) {
      ObjectNode wanted = wanted(Sent.of(raw));
      ObjectNode pool =
          pools
              .valueStream()
              .filter(one -> one.path("name").equals(wanted.path("name")))
              .findFirst()
              .map(ObjectNode.class::cast)
              .map(there -> kept(there, raw, version))
              .orElseGet(() -> added(pools, wanted, properties, release));
      Sent.merge(pool, wanted);
      scale(pool);
    }
  }

  /// A pool that is no spot pool has no price and no eviction.
  private static ObjectNode wanted(ObjectNode pool) {
    if (pool.path("scaleSetPriority").asString("").equals("Regular")) {
      pool.remove("scaleSetPriority");
      pool.remove("scaleSetEvictionPolicy");
      pool.remove("spotMaxPrice");
    }
    if (pool.path("osDiskSizeGB").asInt(1) == 0) {
      pool.remove("osDiskSizeGB");
    }
    return pool;
  }

  /// Since 2024 an update says of each pool whether it scales by itself.
  private static ObjectNode kept(ObjectNode pool, JsonNode raw, ApiVersion version) {
    Sent.clear(pool, raw);
    if (version.since("2024-05-01") && !pool.has("enableAutoScaling")) {
      pool.put("enableAutoScaling", false);
    }
    return pool;
  }

  private static void scale(ObjectNode pool) {
    if (!pool.path("enableAutoScaling").asBoolean(false)) {
      pool.remove("minCount");
      pool.remove("maxCount");
    }
  }

  private static ObjectNode added(
      ArrayNode pools, ObjectNode wanted, ObjectNode properties, Release release) {
    ObjectNode pool = pools.addObject();
    Release.Kubernetes version = kubernetes(wanted, properties, release);
    pool.set("name", wanted.path("name"));
    pool.put("maxPods", maxPods(properties.path("networkProfile")));
    pool.put("orchestratorVersion", version.wanted());
    pool.put("currentOrchestratorVersion", version.current());
    system(pool, wanted, release);
    surge(pool, wanted, version.wanted());
    if (wanted.path("scaleSetPriority").asString("").equals("Spot")) {
      pool.putObject(LABELS).put(SPOT, "spot");
      pool.putArray("nodeTaints").add(SPOT + "=spot:NoSchedule");
    }
    return pool;
  }

  private static Release.Kubernetes kubernetes(
      ObjectNode wanted, ObjectNode properties, Release release) {
    String own = wanted.path("orchestratorVersion").asString("");
    return own.isEmpty()
        ? new Release.Kubernetes(
            properties.path("kubernetesVersion").asString(""),
            properties.path("currentKubernetesVersion").asString(""))
        : release.kubernetes(own);
  }

  private static void system(ObjectNode pool, ObjectNode wanted, Release release) {
    boolean windows = wanted.path("osType").asString("").equals("Windows");
    pool.put("osSKU", windows ? "Windows2022" : "Ubuntu");
    pool.put("nodeImageVersion", windows ? release.images().windows() : release.images().linux());
  }

  /// Nodes of Kubernetes 1.28 and later are replaced by the tenth, one at a time before.
  private static void surge(ObjectNode pool, ObjectNode wanted, String version) {
    if (minor(version) >= 28) {
      pool.putObject("upgradeSettings").put("maxSurge", "10%").put("maxUnavailable", "0");
    } else if (wanted.has("upgradeSettings")) {
      pool.putObject("upgradeSettings");
    }
  }

  static int minor(String version) {
    String[] words = version.split("\\.", -1);
    return words.length > 1 && words[1].matches("\\d{1,4}") ? Integer.parseInt(words[1]) : 0;
  }

  /// What the nodes' addresses allow: own ones of the subnet are dear.
  private static int maxPods(JsonNode network) {
    boolean overlay = network.path("networkPluginMode").asString("").equals("overlay");
    boolean azure = network.path("networkPlugin").asString("").equals("azure");
    if (azure && overlay) {
      return 250;
    }
    return azure ? 30 : 110;
  }

  /// Adds to the answer of a PUT the empty maps that were sent, which no later GET shows.
  static void echo(ObjectNode shown, JsonNode sent, List<String> members) {
    for (JsonNode raw : sent.path("properties").path("agentPoolProfiles")) {
      for (JsonNode pool : shown.path("properties").path("agentPoolProfiles")) {
        for (String member : members) {
          boolean empty = raw.path(member).isObject() && raw.path(member).isEmpty();
          if (empty && pool.path("name").equals(raw.path("name")) && !pool.has(member)) {
            ((ObjectNode) pool).set(member, JsonMapper.shared().createObjectNode());
          }
        }
      }
    }
  }

  /// The members of a pool that [#echo] is about.
  static List<String> echoed(ApiVersion version, Write write) {
    return write == Write.UPDATE || version.since("2025-01-01")
        ? List.of(LABELS, TAGS)
        : List.of(LABELS);
  }
}
