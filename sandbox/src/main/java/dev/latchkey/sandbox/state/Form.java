// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.latchkey.sandbox.arm.Operation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How records stand in a file: with all their components and no others.
final class Form {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          // records have other methods that look like properties
          .changeDefaultVisibility(
              each ->
                  each.withFieldVisibility(Visibility.ANY)
                      .withGetterVisibility(Visibility.NONE)
                      .withIsGetterVisibility(Visibility.NONE))
          .addMixIn(Operation.Outcome.class, Named.class)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Form() {}

  /// An outcome says by name which one it is.
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "end")
  private interface Named {}
}
