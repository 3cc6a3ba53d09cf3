// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import dev.latchkey.sandbox.access.Scope;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What definitions and assignments have in common: how they are kept, shown and missed.
///
/// @param missing the code for one that is not there
/// @param word what messages call it
record PolicyStore(Store store, Addresses addresses, String type, String missing, String word) {
  Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(policy -> Answer.json(200, policy.tree()))
        .orElseGet(
            () ->
                Refusal.byGateway(
                    404,
                    missing,
                    "The %s '%s' could not be found.".formatted(word, call.target().name())));
  }

  /// Those of the scope and of the scopes above it.
  Answer list(Call call) {
    List<ObjectNode> found =
        Scope.of(call.target().scope()).upwards().stream()
            .flatMap(scope -> store.below(scope.path() + "/providers/" + type).stream())
            .map(Stored::tree)
            .toList();
    return Pages.of(call, addresses, found);
  }

  Answer written(Call call, ObjectNode properties) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    JsonNode before =
        store
            .find(call.target().path())
            .map(Stored::tree)
            .orElse(tree)
            .path("properties")
            .path("metadata");
    properties.set("metadata", metadata(call, properties.path("metadata"), before));
    tree.set("properties", properties);
    tree.put("id", call.target().path()).put("type", type).put("name", call.target().name());
    store.put(Stored.of(call.target().path(), type, tree));
    return Answer.json(201, tree);
  }

  private static ObjectNode metadata(Call call, JsonNode sent, JsonNode before) {
    ObjectNode metadata = JsonMapper.shared().createObjectNode();
    if (sent instanceof ObjectNode object) {
      metadata.setAll(object);
    }
    String caller = call.caller().objectId();
    String now = call.now().toString();
    boolean first = before.isMissingNode();
    metadata.put("createdBy", before.path("createdBy").asString(caller));
    metadata.put("createdOn", before.path("createdOn").asString(now));
    metadata.put("updatedBy", first ? null : caller);
    metadata.put("updatedOn", first ? null : now);
    return metadata;
  }

  Answer delete(Call call) {
    return store
        .find(call.target().path())
        .map(policy -> deleted(policy))
        .orElseGet(() -> Answer.empty(204));
  }

  private Answer deleted(Stored policy) {
    store.remove(policy.id());
    return Answer.json(200, policy.tree());
  }
}
