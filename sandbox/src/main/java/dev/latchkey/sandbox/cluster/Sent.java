// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The body of a PUT as AKS takes it: without what says nothing, what nobody can set, and secrets.
final class Sent {
  /// Members that clients may send back but cannot change.
  private static final Set<String> READ_ONLY =
      Set.of(
          "provisioningState",
          "currentKubernetesVersion",
          "fqdn",
          "azurePortalFQDN",
          "privateFQDN",
          "privateLinkResources",
          "maxAgentPools",
          "resourceUID",
          "issuerURL",
          "principalId",
          "eTag",
          "currentOrchestratorVersion",
          "nodeImageVersion",
          "effectiveOutboundIPs");

  /// Members that are never told again.
  private static final Set<String> SECRET = Set.of("secret", "adminPassword", "serverAppSecret");

  /// Objects that mean the same empty as missing.
  private static final Set<String> NOTHING_WHEN_EMPTY =
      Set.of("tags", "addonProfiles", "nodeLabels");

  /// Objects whose members are the client's own, whatever they say.
  private static final Set<String> VERBATIM = Set.of("tags", "nodeLabels", "config");

  private Sent() {}

  static ObjectNode of(JsonNode body) {
    ObjectNode clean = JsonMapper.shared().createObjectNode();
    body.properties()
        .forEach(
            member -> {
              if (says(member.getKey(), member.getValue())) {
                clean.set(member.getKey(), value(member.getKey(), member.getValue()));
              }
            });
    return clean;
  }

  private static boolean says(String name, JsonNode value) {
    boolean empty = isEmptyText(value) || isEmptyContainer(name, value);
    return !value.isNull() && !empty && !READ_ONLY.contains(name) && !SECRET.contains(name);
  }

  private static boolean isEmptyText(JsonNode value) {
    return value.isString() && value.asString().isEmpty();
  }

  private static boolean isEmptyContainer(String name, JsonNode value) {
    return value.isEmpty()
        && (value.isArray() || (value.isObject() && NOTHING_WHEN_EMPTY.contains(name)));
  }

  private static JsonNode value(String name, JsonNode value) {
    if (!value.isArray()) {
      return value.isObject() && !VERBATIM.contains(name) ? of(value) : value;
    }
    var clean = JsonMapper.shared().createArrayNode();
    value.forEach(element -> clean.add(value(name, element)));
    return clean;
  }

  /// An empty list or map, sent for one that was there, takes it away.
  static void clear(ObjectNode from, JsonNode raw) {
    raw.properties()
        .forEach(
            member -> {
              if (isEmptyContainer(member.getKey(), member.getValue())) {
                from.remove(member.getKey());
              } else if (from.path(member.getKey()) instanceof ObjectNode inner) {
                clear(inner, member.getValue());
              }
            });
  }

  /// What was sent wins, member by member; lists as a whole.
  static void merge(ObjectNode into, JsonNode sent) {
    sent.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (value.isObject() && into.path(member.getKey()) instanceof ObjectNode inner) {
                merge(inner, value);
              } else {
                into.set(member.getKey(), value.deepCopy());
              }
            });
  }
}
