// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The resources that a managed identity is assigned to.
///
/// @param store where they are
record AssociatedResources(Store store) {
  private static final int FEWEST_WORDS = 9;

  /// `totalCount`, and the page that `$skip` and `$top` ask for.
  ObjectNode of(String identityId, int skip, int top) {
    List<ObjectNode> all =
        store.below("/subscriptions").stream()
            .filter(resource -> isUsedBy(resource, identityId))
            .map(this::shown)
            .toList();
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("totalCount", all.size());
    tree.putArray("value").addAll(all.stream().skip(skip).limit(top).toList());
    return tree;
  }

  private static boolean isUsedBy(Stored resource, String identityId) {
    JsonNode tree = resource.tree();
    Stream<String> assigned =
        tree.path("identity").path("userAssignedIdentities").propertyNames().stream();
    Stream<String> ofKubelets =
        tree.path("properties")
            .path("identityProfile")
            .valueStream()
            .map(one -> one.path("resourceId").asString(""));
    return Stream.concat(assigned, ofKubelets).anyMatch(identityId::equalsIgnoreCase);
  }

  private ObjectNode shown(Stored resource) {
    String[] words = resource.id().split("/", -1);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", resource.id()).put("name", resource.name());
    tree.put("type", resource.type().toLowerCase(Locale.ROOT));
    if (words.length >= FEWEST_WORDS) {
      tree.put("resourceGroup", words[4]).put("subscriptionId", words[2]);
      tree.put("subscriptionDisplayName", subscription(words[2]));
    }
    return tree;
  }

  private String subscription(String id) {
    return store
        .find("/subscriptions/" + id)
        .map(found -> found.tree().path("displayName").asString(""))
        .orElse("");
  }
}
