// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Ask;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the body of a write asks a secret to be.
record Wanted(JsonNode body) {

  private static final int LONGEST_VALUE = 25_600;
  private static final int MOST_TAGS = 15;

  /// The body of a request that must hold a value.
  static Wanted read(Ask ask) throws Denied {
    Wanted wanted = parsed(ask);
    JsonNode value = wanted.body().path("value");
    if (!value.isString()) {
      throw new Denied(new Denial.BodyInvalid("The parameter 'value' is required."));
    }
    if (value.asString().length() > LONGEST_VALUE) {
      throw new Denied(new Denial.BodyInvalid("The secret's value is longer than 25600 bytes."));
    }
    return wanted;
  }

  private static Wanted parsed(Ask ask) throws Denied {
    if (ask.body().length == 0) {
      throw new Denied(new Denial.BodyMissing());
    }
    try {
      Wanted wanted = new Wanted(JsonMapper.shared().readTree(ask.body()));
      if (wanted.body().isObject() && wanted.body().path("tags").size() <= MOST_TAGS) {
        return wanted;
      }
    } catch (JacksonException e) {
      // said below, as of a body of another form
    }
    throw new Denied(new Denial.BodyInvalid("Property  has invalid value\r\n"));
  }

  Secret.Version version(String id, Instant now) {
    return new Secret.Version(
        id,
        new SecretValue(body.path("value").asString("")),
        contentType(),
        body.path("attributes").path("enabled").asBoolean(true),
        seconds("nbf"),
        seconds("exp"),
        now,
        now,
        tags());
  }

  /// A version with what the body of a PATCH names, and all else as it was.
  static Secret.Version patch(Ask ask, Secret.Version old, Instant now) throws Denied {
    Wanted change = parsed(ask);
    return new Secret.Version(
        old.id(),
        old.value(),
        change.contentType().or(old::contentType),
        change.body().path("attributes").path("enabled").asBoolean(old.enabled()),
        change.seconds("nbf").isPresent() ? change.seconds("nbf") : old.notBefore(),
        change.seconds("exp").isPresent() ? change.seconds("exp") : old.expires(),
        old.created(),
        now,
        change.body().has("tags") ? change.tags() : old.tags());
  }

  private Optional<String> contentType() {
    return body.path("contentType").asStringOpt();
  }

  private OptionalLong seconds(String attribute) {
    JsonNode value = body.path("attributes").path(attribute);
    return value.isIntegralNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    body.path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
    return tags;
  }
}
