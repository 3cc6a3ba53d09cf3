// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Operation;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The etags of a cluster and its pools: members of the body, never a header.
///
/// Every version can be asked with `If-Match`. Recorded bodies of previews since 2024-03-02 hold
/// the tags, those of stable versions do not, though their models know the member.
final class Tags {
  private static final String TAG = "eTag";

  private Tags() {}

  /// A finished operation has given cluster and pools other tags.
  static void renew(ObjectNode tree, Operation operation) {
    tree.put(TAG, tag(operation, ""));
    for (JsonNode pool : ClusterShape.properties(tree).path("agentPoolProfiles")) {
      ((ObjectNode) pool).put(TAG, tag(operation, pool.path("name").asString("")));
    }
  }

  private static String tag(Operation operation, String pool) {
    return UUID.nameUUIDFromBytes((operation.id() + pool).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  static String of(ObjectNode tree) {
    return tree.path(TAG).asString("");
  }

  /// Leaves the tags where the version shows them.
  static void hide(ObjectNode shown, ApiVersion version, Release release) {
    boolean known = version.since("2024-10-01", "2024-03-02-preview");
    if (known && (version.isPreview() || release.etags() == Release.Etags.ALL)) {
      return;
    }
    shown.remove(TAG);
    for (JsonNode pool : ClusterShape.properties(shown).path("agentPoolProfiles")) {
      ((ObjectNode) pool).remove(TAG);
    }
  }
}
