// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.secret.Secrets.Written;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The secrets that a recording shows: each answer that names one tells a part of what it was.
record RecordedSecrets(Scene scene) {
  /// In the place of a value that no answer tells.
  private static final String UNTOLD = "a value that no answer tells";

  /// The name in the id of a shown secret.
  String name(JsonNode shown) {
    return words(shown).size() > 1 ? words(shown).get(1) : "";
  }

  private static String version(JsonNode shown) {
    return words(shown).size() > 2 ? words(shown).get(2) : "";
  }

  private static List<String> words(JsonNode shown) {
    return Stream.of(Url.of(shown.path("id").asString("")).path().split("/", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /// Puts a secret into a vault as it must have been before the recording's first answer about it:
  /// all versions that no request of the recording wrote.
  void appear(String vault, String name) {
    if (unwritten(name).isEmpty()) {
      JsonNode any =
          shown(name).findFirst().orElseGet(() -> JsonMapper.shared().createObjectNode());
      scene.cloud().secrets().add(vault, secret(name, "0".repeat(31) + "1", any));
    }
    older(vault, name);
  }

  /// Puts the versions into a vault that no request of the recording wrote, if there are any.
  void older(String vault, String name) {
    if (scene.cloud().secrets().place(vault, name).isPresent()) {
      return;
    }
    Map<String, JsonNode> versions = unwritten(name);
    versions.values().stream()
        .sorted((one, other) -> created(one).compareTo(created(other)))
        .forEach(one -> scene.cloud().secrets().add(vault, secret(name, version(one), one)));
    scene.bindings().known(versions.keySet().toString());
  }

  private Map<String, JsonNode> unwritten(String name) {
    Map<String, JsonNode> versions = new TreeMap<>();
    shown(name)
        .filter(one -> !version(one).isEmpty())
        .forEach(one -> versions.putIfAbsent(version(one), one));
    written().forEach(versions::remove);
    return versions;
  }

  private Stream<JsonNode> shown(String name) {
    return scene.recording().exchanges().stream()
        .filter(one -> one.addressee() instanceof Addressee.Vault)
        .filter(Exchange::succeeded)
        .map(Exchange::body)
        .flatMap(body -> Stream.concat(Stream.of(body), body.path("value").valueStream()))
        .filter(body -> name(body).equalsIgnoreCase(name));
  }

  /// The versions that requests of this recording made.
  private List<String> written() {
    return scene.recording().exchanges().stream()
        .filter(one -> one.addressee() instanceof Addressee.Vault)
        .filter(one -> one.method().equals("PUT") && one.succeeded())
        .map(one -> version(one.body()))
        .toList();
  }

  private Written secret(String name, String version, JsonNode shown) {
    JsonNode attributes = shown.path("attributes");
    return new Written(
        name,
        version,
        value(shown),
        shown.path("contentType").asStringOpt(),
        attributes.path("enabled").asBoolean(true),
        seconds(attributes.path("nbf")),
        seconds(attributes.path("exp")),
        created(shown),
        Instant.ofEpochSecond(attributes.path("updated").asLong(0)),
        tags(shown.path("tags")));
  }

  private String value(JsonNode shown) {
    return shown
        .path("value")
        .asStringOpt()
        .or(
            () ->
                shown(name(shown))
                    .filter(one -> version(one).equals(version(shown)))
                    .flatMap(one -> one.path("value").asStringOpt().stream())
                    .findFirst())
        .orElse(UNTOLD);
  }

  private static Instant created(JsonNode shown) {
    return Instant.ofEpochSecond(shown.at("/attributes/created").asLong(0));
  }

  private static OptionalLong seconds(JsonNode value) {
    return value.isIntegralNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  private static Map<String, String> tags(JsonNode shown) {
    Map<String, String> tags = new LinkedHashMap<>();
    shown.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
    return tags;
  }
}
