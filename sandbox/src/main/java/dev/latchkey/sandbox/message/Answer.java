// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One answer of a simulated service.
///
/// @param headers names as Azure spells them, in the order they are written
public record Answer(int status, Map<String, String> headers, Body body) {
  /// What stands behind the headers.
  public sealed interface Body {
    /// No body at all.
    record None() implements Body {}

    /// A JSON tree; `content-type` is in the headers or `application/json; charset=utf-8`.
    record Json(JsonNode tree) implements Body {}

    /// Bytes of the `content-type` in the headers.
    record Raw(byte[] bytes) implements Body {}

    /// A body without an end of its own, such as a watch.
    record Stream(Feed feed) implements Body {}
  }

  /// Writes a body bit by bit; runs on a thread of its own and may block.
  public interface Feed {
    /// Writes until it is done; an [IOException] means that the client has gone.
    void pump(OutputStream out) throws IOException, InterruptedException;
  }

  public Answer {
    headers = new LinkedHashMap<>(headers);
  }

  /// An answer without a body.
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new Body.None());
  }

  /// A JSON answer.
  public static Answer json(int status, JsonNode tree) {
    return new Answer(status, Map.of(), new Body.Json(tree));
  }

  /// The same answer with one more header.
  public Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
