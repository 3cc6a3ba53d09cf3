// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Compares bodies. A generated value (a GUID, a moment) is bound to the recorded one at first
/// sight and must be the same ever after; everything else must be equal.
final class Bindings {
  private static final Pattern GUID =
      Pattern.compile("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}");
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ].*Z");

  private final Map<String, String> ours = new HashMap<>();

  /// The text with each recorded value replaced by the one that it was bound to.
  String translated(String recorded) {
    String text = recorded;
    for (Map.Entry<String, String> bound : ours.entrySet()) {
      text = text.replace(bound.getKey(), bound.getValue());
      text = text.replace(bare(bound.getKey()), bare(bound.getValue()));
    }
    return text;
  }

  private static String bare(String guid) {
    return guid.replace("-", "");
  }

  List<String> differences(JsonNode recorded, JsonNode seen) {
    var found = new ArrayList<String>();
    compare("", recorded, seen, found);
    return found;
  }

  private void compare(String at, JsonNode recorded, JsonNode seen, List<String> found) {
    if (recorded.isObject() && seen.isObject()) {
      recorded
          .properties()
          .forEach(
              member ->
                  compare(
                      at + "/" + member.getKey(),
                      member.getValue(),
                      seen.path(member.getKey()),
                      found));
      seen.propertyNames().stream()
          .filter(name -> !recorded.has(name))
          .forEach(name -> found.add(at + "/" + name + " is not recorded"));
    } else if (recorded.isArray() && seen.isArray()) {
      elements(at, recorded, seen, found);
    } else if (!agree(recorded, seen)) {
      found.add(at + ": recorded " + recorded + ", seen " + seen);
    }
  }

  /// Resources of a list are matched by id: their order says nothing.
  private void elements(String at, JsonNode recorded, JsonNode seen, List<String> found) {
    for (int i = 0; i < recorded.size(); i++) {
      JsonNode element = recorded.path(i);
      Optional<JsonNode> other =
          element.has("id")
              ? seen.valueStream()
                  .filter(one -> sameId(element.path("id"), one.path("id")))
                  .findFirst()
              : Optional.of(seen.path(i));
      compare(at + "/" + i, element, other.orElseGet(() -> seen.path("none")), found);
    }
  }

  private boolean sameId(JsonNode recorded, JsonNode seen) {
    return translated(recorded.asString("")).equalsIgnoreCase(seen.asString(""));
  }

  private boolean agree(JsonNode recorded, JsonNode seen) {
    if (!recorded.isString() || !seen.isString()) {
      return recorded.equals(seen);
    }
    String wanted = recorded.asString();
    String text = seen.asString();
    if (MOMENT.matcher(wanted).matches()) {
      return MOMENT.matcher(text).matches();
    }
    if (GUID.matcher(wanted).matches() && GUID.matcher(text).matches()) {
      return ours.computeIfAbsent(wanted, _ -> text).equals(text);
    }
    return translated(wanted).equals(text);
  }
}
