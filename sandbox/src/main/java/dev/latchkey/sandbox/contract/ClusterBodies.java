// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of AKS clusters where a recording shows none, or shows one that was not yet there.
final class ClusterBodies {
  /// As answers spell it.
  static final String TYPE = "Microsoft.ContainerService/ManagedClusters";

  /// As the store spells it.
  static final String STORED = "Microsoft.ContainerService/managedClusters";

  private static final Pattern LOCATION =
      Pattern.compile("/providers/Microsoft\\.ContainerService/locations/([a-z0-9]+)/");

  private ClusterBodies() {}

  /// A cluster of which only its existence is known: in the region in which its operations are
  /// asked for, with the pool that the message of an error names, if any.
  static ObjectNode plausible(Recording recording, String id, String pool) {
    ObjectNode tree = request(location(recording), pool);
    tree.put("id", spelled(id)).put("name", ArmPath.name(id)).put("type", TYPE);
    ObjectNode properties = (ObjectNode) tree.path("properties");
    properties.put("provisioningState", "Succeeded").put("kubernetesVersion", "1.32");
    properties.put("currentKubernetesVersion", "1.32.7");
    properties.putObject("powerState").put("code", "Running");
    properties.putObject("networkProfile").put("networkPlugin", "azure");
    properties.withObject("networkProfile").put("networkPluginMode", "overlay");
    properties.putObject("oidcIssuerProfile").put("enabled", true);
    return tree;
  }

  /// The least that a PUT says.
  static ObjectNode request(String location, String pool) {
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("location", location);
    tree.putObject("identity").put("type", "SystemAssigned");
    tree.putObject("properties")
        .put("dnsPrefix", "recorded")
        .putArray("agentPoolProfiles")
        .addObject()
        .put("name", pool)
        .put("count", 1)
        .put("mode", "System");
    return tree;
  }

  static String location(Recording recording) {
    return recording.exchanges().stream()
        .flatMap(
            one ->
                Optional.of(LOCATION.matcher(one.url().text() + " " + one.headers()))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .stream())
        .findFirst()
        .orElse("westeurope");
  }

  /// The cluster before the change that its body shows: nothing ran on it, and what it shows of
  /// workload identity was allowed.
  static ObjectNode settled(JsonNode shown) {
    ObjectNode tree = (ObjectNode) shown.deepCopy();
    if (tree.path("properties") instanceof ObjectNode properties) {
      properties.put("provisioningState", "Succeeded");
      for (JsonNode pool : properties.path("agentPoolProfiles")) {
        ((ObjectNode) pool).put("provisioningState", "Succeeded");
      }
      boolean webhook = properties.at("/securityProfile/workloadIdentity/enabled").asBoolean(false);
      if (webhook && !properties.has("oidcIssuerProfile")) {
        properties.putObject("oidcIssuerProfile").put("enabled", true);
      }
    }
    return tree;
  }

  /// AKS writes the group's word in lower case.
  static String spelled(String id) {
    int at = id.toLowerCase(Locale.ROOT).indexOf("/resourcegroups/");
    return at < 0
        ? id
        : id.substring(0, at) + "/resourcegroups/" + id.substring(at + "/resourcegroups/".length());
  }
}
