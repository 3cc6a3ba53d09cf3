// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Compares bodies: same members, types, casing and constant values.
///
/// @param more where ours may hold more than the recording
record BodyComparison(Bindings bindings, More more) {
  /// Where more may stand than is recorded.
  enum More {
    NONE,
    /// The recording's lists were shortened.
    IN_LISTS,
    /// A quotation.
    ANYWHERE
  }

  /// Members whose values are generated though their form does not show it.
  private static final Set<String> GENERATED =
      Set.of(
          "kid",
          "x5t",
          "x5t#S256",
          "access_token",
          "refresh_token",
          "client_info",
          "device_code",
          "user_code",
          "eTag");

  /// Members that clean-up gave one and the same value.
  private static final Set<String> REPLACED = Set.of("n", "id_token");

  private static final Pattern UNIX_SECONDS = Pattern.compile(Token.UNIX_SECONDS.form());

  void compare(String at, JsonNode recorded, JsonNode seen, List<Difference> found) {
    if (recorded.isObject() && seen.isObject()) {
      members(at, recorded, seen, found);
    } else if (recorded.isArray() && seen.isArray()) {
      elements(at, recorded, seen, found);
    } else if (!agree(ArmPath.name(at), recorded, seen)) {
      found.add(
          Difference.of(
              at,
              Comparison.recordedAndSeen(
                  recorded.toString(), seen.isMissingNode() ? "" : seen.toString())));
    }
  }

  private void members(String at, JsonNode recorded, JsonNode seen, List<Difference> found) {
    recorded
        .properties()
        .forEach(
            member ->
                compare(
                    at + "/" + member.getKey(),
                    member.getValue(),
                    seen.path(bindings.translated(member.getKey())),
                    found));
    if (more != More.ANYWHERE) {
      Set<String> known =
          Set.copyOf(recorded.propertyNames().stream().map(bindings::translated).toList());
      seen.properties().stream()
          .filter(member -> !known.contains(member.getKey()))
          .forEach(member -> unrecorded(at + "/" + member.getKey(), member.getValue(), found));
    }
  }

  private static void unrecorded(String at, JsonNode seen, List<Difference> found) {
    found.add(Difference.of(at, Comparison.recordedAndSeen("", seen.toString())));
  }

  /// Elements that have an id are matched by it: their order says nothing.
  private void elements(String at, JsonNode recorded, JsonNode seen, List<Difference> found) {
    for (int i = 0; i < recorded.size(); i++) {
      JsonNode element = recorded.path(i);
      compare(at + "/" + i, element, counterpart(element, i, seen), found);
    }
    if (more == More.NONE && seen.size() > recorded.size()) {
      found.add(
          Difference.of(
              at,
              "recorded %d elements, seen %d: %s".formatted(recorded.size(), seen.size(), seen)));
    }
  }

  private JsonNode counterpart(JsonNode element, int index, JsonNode seen) {
    Optional<String> key =
        element.isObject()
            ? Set.of("id", "name").stream().sorted().filter(element::has).findFirst()
            : Optional.empty();
    return key.map(name -> byName(element.path(name), name, seen))
        .orElseGet(() -> seen.path(index));
  }

  private JsonNode byName(JsonNode wanted, String name, JsonNode seen) {
    String ours = bindings.translated(wanted.asString(""));
    return seen.valueStream()
        .filter(one -> one.path(name).asString("").equalsIgnoreCase(ours))
        .findFirst()
        .or(() -> seen.valueStream().filter(one -> sameForm(wanted, one.path(name))).findFirst())
        .orElseGet(() -> seen.path(-1));
  }

  private boolean sameForm(JsonNode wanted, JsonNode seen) {
    return bindings.agree(wanted.asString(""), seen.asString(""));
  }

  private boolean agree(String name, JsonNode recorded, JsonNode seen) {
    if (recorded.isIntegralNumber() && seen.isIntegralNumber()) {
      return recorded.asLong() == seen.asLong() || (isMoment(recorded) && isMoment(seen));
    }
    if (!recorded.isString() || !seen.isString()) {
      return recorded.equals(seen);
    }
    String wanted = recorded.asString();
    String text = seen.asString();
    if (Token.standsForAnything(wanted)) {
      return !text.isEmpty();
    }
    if (REPLACED.contains(name)) {
      return wanted.isEmpty() == text.isEmpty();
    }
    if (GENERATED.contains(name)) {
      return bindings.bound(wanted, text);
    }
    return Links.isLink(wanted)
        ? new Links(bindings).agree(wanted, text)
        : bindings.agree(wanted, text);
  }

  private static boolean isMoment(JsonNode number) {
    return UNIX_SECONDS.matcher(number.asString()).matches();
  }
}
