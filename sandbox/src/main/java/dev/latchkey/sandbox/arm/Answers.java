// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Locale;

/// What all types say and write alike.
public final class Answers {
  private Answers() {}

  /// ARM's 404 for a resource that is not there.
  public static Answer notFound(Call call) {
    return PlaceCheck.notFound(call.target());
  }

  /// The same for a resource that a call names beside its own.
  public static Answer notFound(String id) {
    return PlaceCheck.gone(id);
  }

  /// ARM's 404 for a resource whose parent is not there.
  public static Answer parentNotFound(ResourceType type, Call call, String parent) {
    return PlaceCheck.orphaned(type, call, parent);
  }

  /// The scope of a list: the path before its last `/providers/`.
  public static String scope(Call call) {
    String path = call.target().path();
    return path.substring(0, path.toLowerCase(Locale.ROOT).lastIndexOf("/providers/"));
  }

  /// The id of a new resource at the top of its provider, the group spelled as it was made.
  ///
  /// @param groups how this type writes the word: `resourceGroups` or `resourcegroups`
  public static String id(Call call, Store store, String type, String groups) {
    String subscription = "/subscriptions/" + call.target().subscription().orElse("");
    String group = call.target().group().orElse("");
    String written =
        store.find(subscription + "/resourceGroups/" + group).map(Stored::name).orElse(group);
    return "%s/%s/%s/providers/%s/%s"
        .formatted(subscription, groups, written, type, call.target().name());
  }
}
