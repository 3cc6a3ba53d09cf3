// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `vaults/{vault}/accessPolicies/add|replace|remove`: changes a vault's list without sending the
/// whole vault.
public final class AccessPolicies implements ResourceType {
  private static final String NAME = KeyVaults.NAME + "/accessPolicies";

  private final Store store;

  /// The policies of the vaults of this store.
  public AccessPolicies(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return KeyVaults.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.GROUP;
  }

  @Override
  public Answer put(Call call) {
    String kind = call.target().name().toLowerCase(Locale.ROOT);
    JsonNode entries = call.body().at("/properties/accessPolicies");
    if (!Set.of("add", "replace", "remove").contains(kind) || !entries.isArray()) {
      return Refusal.of(
          400, "BadRequest", "The access policy operation '%s' is not valid.".formatted(kind));
    }
    return store.alone(
        KeyVaults.NAME, () -> changed(vault(call), kind, VaultShape.policies(entries)));
  }

  private Stored vault(Call call) {
    return call.target()
        .parent()
        .flatMap(store::find)
        .orElseThrow(() -> new IllegalStateException("the gateway looked for the parent before"));
  }

  private Answer changed(Stored vault, String kind, ArrayNode entries) {
    ObjectNode tree = vault.tree().deepCopy();
    ObjectNode properties = (ObjectNode) tree.path("properties");
    ArrayNode policies = properties.withArray("accessPolicies");
    if (kind.equals("replace")) {
      policies.removeAll();
    }
    for (JsonNode entry : entries) {
      if (kind.equals("remove")) {
        remove(policies, entry);
      } else {
        add(policies, entry);
      }
    }
    store.put(vault.with(tree));
    return Answer.json(200, shown(vault, policies));
  }

  private static ObjectNode shown(Stored vault, ArrayNode policies) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", vault.id() + "/accessPolicies/").put("type", NAME);
    tree.putObject("properties").set("accessPolicies", policies.deepCopy());
    return tree;
  }

  private static void add(ArrayNode policies, JsonNode entry) {
    Optional<JsonNode> there = of(policies, entry);
    if (there.isEmpty()) {
      policies.add(entry.deepCopy());
      return;
    }
    ObjectNode permissions = (ObjectNode) there.get().path("permissions");
    entry
        .path("permissions")
        .properties()
        .forEach(
            kind ->
                kind.getValue().forEach(word -> merge(permissions.withArray(kind.getKey()), word)));
  }

  private static void merge(ArrayNode words, JsonNode word) {
    boolean there =
        words.valueStream().anyMatch(one -> one.asString("").equalsIgnoreCase(word.asString("")));
    if (!there) {
      words.add(word);
    }
  }

  private static void remove(ArrayNode policies, JsonNode entry) {
    of(policies, entry)
        .ifPresent(
            there -> {
              ObjectNode permissions = (ObjectNode) there.path("permissions");
              entry
                  .path("permissions")
                  .properties()
                  .forEach(kind -> subtract(permissions.withArray(kind.getKey()), kind.getValue()));
              if (permissions.valueStream().allMatch(JsonNode::isEmpty)) {
                policies.removeIf(there::equals);
              }
            });
  }

  private static void subtract(ArrayNode words, JsonNode taken) {
    words.removeIf(
        word ->
            taken
                .valueStream()
                .anyMatch(one -> one.asString("").equalsIgnoreCase(word.asString(""))));
  }

  private static Optional<JsonNode> of(ArrayNode policies, JsonNode entry) {
    return policies
        .valueStream()
        .filter(policy -> same(policy, entry, "objectId") && same(policy, entry, "tenantId"))
        .filter(policy -> same(policy, entry, "applicationId"))
        .findFirst();
  }

  private static boolean same(JsonNode one, JsonNode other, String name) {
    return one.path(name).asString("").equalsIgnoreCase(other.path(name).asString(""));
  }
}
