// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One exchange of a recording, in its place.
///
/// @param index counted from 0
record Step(Scene scene, int index) {
  Exchange exchange() {
    return scene.recording().exchanges().get(index);
  }

  /// The exchanges before this one.
  List<Exchange> earlier() {
    return scene.recording().exchanges().subList(0, index);
  }

  /// The exchanges after this one.
  List<Exchange> later() {
    return scene.recording().exchanges().subList(index + 1, scene.recording().exchanges().size());
  }

  /// Where the request goes in this world.
  Url url() {
    return Url.of(scene.bindings().url(exchange().url().text()));
  }

  /// Its path, decoded.
  String path() {
    return url().path();
  }

  /// The body of the request in this world; missing for none.
  JsonNode sent() {
    return translated(exchange().sent());
  }

  /// The recorded answer's body with our values where recorded ones are bound.
  JsonNode answered() {
    return translated(exchange().body());
  }

  private JsonNode translated(JsonNode recorded) {
    return recorded.isMissingNode()
        ? recorded
        : JsonMapper.shared().readTree(scene.bindings().translated(recorded.toString()));
  }
}
