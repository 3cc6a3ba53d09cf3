// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.message.Addresses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How vaults look: members in the recorded order, and since which api-version each is told.
final class VaultShape {
  /// From this version on, what was not sent has its default in the answer.
  private static final String DEFAULTS_TOLD = "2021-06-01";

  /// Since this version a new vault uses roles unless the request says otherwise.
  private static final String ROLES_BY_DEFAULT = "2026-02-01";

  /// A member that older versions do not know.
  private record Newer(String member, String since) {}

  private static final List<Newer> NEWER =
      List.of(
          new Newer("publicNetworkAccess", "2021-06-01"),
          new Newer("enableRbacAuthorization", "2019-09-01"),
          new Newer("softDeleteRetentionInDays", "2019-09-01"),
          new Newer("networkAcls", "2018-02-14"),
          new Newer("privateEndpointConnections", "2018-02-14"),
          new Newer("enablePurgeProtection", "2018-02-14"));

  private final Addresses addresses;

  VaultShape(Addresses addresses) {
    this.addresses = addresses;
  }

  /// A vault without its history.
  ///
  /// @param properties as wanted
  ObjectNode vault(String id, JsonNode location, JsonNode tags, ObjectNode properties) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", name).put("type", KeyVaults.NAME);
    tree.set("location", location);
    tree.set("tags", tags.isObject() ? tags.deepCopy() : JsonMapper.shared().createObjectNode());
    tree.set("properties", content(name, properties));
    return tree;
  }

  private ObjectNode content(String name, ObjectNode wanted) {
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    properties.set("sku", wanted.path("sku").deepCopy());
    properties.set("tenantId", wanted.path("tenantId"));
    network(wanted.path("networkAcls")).ifPresent(rules -> properties.set("networkAcls", rules));
    properties.set("accessPolicies", policies(wanted.path("accessPolicies")));
    copy(wanted, properties, "privateEndpointConnections");
    properties.put("enabledForDeployment", wanted.path("enabledForDeployment").asBoolean(false));
    copy(wanted, properties, "enabledForDiskEncryption");
    copy(wanted, properties, "enabledForTemplateDeployment");
    properties.put("enableSoftDelete", wanted.path("enableSoftDelete").asBoolean(true));
    copy(wanted, properties, "softDeleteRetentionInDays");
    copy(wanted, properties, "enableRbacAuthorization");
    copy(wanted, properties, "enablePurgeProtection");
    properties.put("vaultUri", addresses.vault(name.toLowerCase(Locale.ROOT)) + "/");
    properties.put("provisioningState", "Succeeded");
    properties.put("publicNetworkAccess", wanted.path("publicNetworkAccess").asString("Enabled"));
    return properties;
  }

  /// Rules that let everybody in are not told.
  private static Optional<ObjectNode> network(JsonNode sent) {
    String action = sent.path("defaultAction").asString("Allow");
    String bypass = sent.path("bypass").asString("AzureServices");
    boolean open =
        action.equalsIgnoreCase("Allow")
            && bypass.equalsIgnoreCase("AzureServices")
            && sent.path("ipRules").isEmpty()
            && sent.path("virtualNetworkRules").isEmpty();
    if (open) {
      return Optional.empty();
    }
    ObjectNode rules = JsonMapper.shared().createObjectNode();
    rules.put("bypass", bypass).put("defaultAction", action);
    ArrayNode ranges = rules.putArray("ipRules");
    sent.path("ipRules")
        .forEach(rule -> ranges.addObject().put("value", range(rule.path("value").asString(""))));
    rules.putArray("virtualNetworkRules").addAll(sent.path("virtualNetworkRules").values());
    return Optional.of(rules);
  }

  /// One address is told as the range of one.
  private static String range(String value) {
    return value.isEmpty() || value.contains("/") ? value : value + "/32";
  }

  static ArrayNode policies(JsonNode sent) {
    ArrayNode policies = JsonMapper.shared().createArrayNode();
    sent.forEach(entry -> policies.add(policy(entry)));
    return policies;
  }

  private static ObjectNode policy(JsonNode sent) {
    ObjectNode policy = JsonMapper.shared().createObjectNode();
    for (String member : List.of("tenantId", "objectId", "applicationId", "permissions")) {
      copy(sent, policy, member);
    }
    return policy;
  }

  /// What a write means at its api-version: defaults that the version has, and what an update
  /// leaves as it was.
  ///
  /// @param before the properties of the vault that is updated, or none
  static ObjectNode wanted(Call call, Optional<JsonNode> before) {
    ObjectNode wanted = ((ObjectNode) call.body().path("properties")).deepCopy();
    keep(wanted, before, "enableRbacAuthorization");
    keep(wanted, before, "softDeleteRetentionInDays");
    keep(wanted, before, "enablePurgeProtection");
    keep(wanted, before, "enableSoftDelete");
    keep(wanted, before, "privateEndpointConnections");
    if (before.isEmpty() && call.since(ROLES_BY_DEFAULT)) {
      putIfAbsent(wanted, "enableRbacAuthorization", JsonMapper.shared().valueToTree(true));
    }
    if (before.isEmpty() && call.since(DEFAULTS_TOLD)) {
      putIfAbsent(wanted, "softDeleteRetentionInDays", JsonMapper.shared().valueToTree(90));
    }
    return wanted;
  }

  private static void keep(ObjectNode wanted, Optional<JsonNode> before, String member) {
    before
        .map(properties -> properties.path(member))
        .filter(value -> !value.isMissingNode())
        .ifPresent(value -> putIfAbsent(wanted, member, value));
  }

  private static void putIfAbsent(ObjectNode wanted, String member, JsonNode value) {
    if (wanted.path(member).isMissingNode() || wanted.path(member).isNull()) {
      wanted.set(member, value);
    }
  }

  /// The vault as a version tells it.
  static ObjectNode shown(Call call, ObjectNode tree) {
    ObjectNode shown = tree.deepCopy();
    if (!call.since("2021-04-01")) {
      shown.remove("systemData");
    }
    ObjectNode properties = (ObjectNode) shown.path("properties");
    for (Newer newer : NEWER) {
      if (!call.since(newer.since())) {
        properties.remove(newer.member());
      }
    }
    return shown;
  }

  /// The first answer comes before the vault's name resolves, and its address lacks the slash.
  ObjectNode registering(ObjectNode shown) {
    ObjectNode properties = (ObjectNode) shown.path("properties");
    properties.put("vaultUri", addresses.vault(shown.path("name").asString("")));
    properties.put("provisioningState", "RegisteringDns");
    return shown;
  }

  static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.has(name) && !from.path(name).isNull()) {
      to.set(name, from.path(name).deepCopy());
    }
  }
}
