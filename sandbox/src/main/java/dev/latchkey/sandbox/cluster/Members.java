// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which members of a cluster came with which api-version.
final class Members {
  private record Member(List<String> path, String stable, String preview) {
    boolean isKnownTo(ApiVersion version) {
      return version.since(stable, preview);
    }
  }

  private static final List<Member> ALL =
      Lines.of("members.txt", 3).stream()
          .map(words -> new Member(path(words.getFirst()), words.get(1), words.get(2)))
          .toList();

  private Members() {}

  static List<String> path(String text) {
    return List.of(text.substring(1).split("/", -1));
  }

  /// Takes away what this version does not know.
  static void hide(ObjectNode cluster, ApiVersion version) {
    ALL.stream()
        .filter(member -> !member.isKnownTo(version))
        .forEach(member -> remove(cluster, member.path()));
  }

  static void remove(JsonNode tree, List<String> path) {
    String first = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (first.equals("*")) {
      tree.forEach(element -> remove(element, rest));
    } else if (!rest.isEmpty()) {
      remove(tree.path(first), rest);
    } else if (tree instanceof ObjectNode object) {
      object.remove(first);
    }
  }

  /// Adds to what was sent at this version what the version cannot have meant to change.
  static void keepUnknown(ObjectNode sent, ObjectNode before, ApiVersion version) {
    ALL.stream()
        .filter(member -> !member.isKnownTo(version) && !member.path().contains("*"))
        .forEach(member -> copy(sent, before, member.path()));
  }

  private static void copy(ObjectNode sent, JsonNode before, List<String> path) {
    String first = path.getFirst();
    JsonNode old = before.path(first);
    if (old.isMissingNode()) {
      return;
    }
    if (path.size() == 1) {
      sent.set(first, old.deepCopy());
    } else if (sent.path(first) instanceof ObjectNode inner) {
      copy(inner, old, path.subList(1, path.size()));
    }
  }
}
