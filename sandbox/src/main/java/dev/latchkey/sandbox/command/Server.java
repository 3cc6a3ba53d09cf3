// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API server as the pod sees it: with the caller's token, or as an administrator.
record Server(Service service, String clusterId, Optional<String> token) {
  /// Its answer to a read.
  record Reply(int status, JsonNode body) {
    boolean succeeded() {
      return status < 300;
    }
  }

  Reply get(String path, String accept, String selector) {
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("accept", List.of(accept));
    token.ifPresent(text -> headers.put("authorization", List.of("Bearer " + text)));
    Answer answer =
        service.answer(
            new Ask(
                new Origin.Cluster(clusterId.toLowerCase(Locale.ROOT)),
                "GET",
                path,
                selector.isEmpty() ? Map.of() : Map.of("labelSelector", List.of(selector)),
                headers,
                new byte[0],
                token.isPresent()
                    ? Optional.empty()
                    : Optional.of("CN=masterclient, O=system:masters")));
    return new Reply(answer.status(), body(answer.body()));
  }

  private static JsonNode body(Answer.Body body) {
    return switch (body) {
      case Answer.Body.Json(JsonNode tree) -> tree;
      case Answer.Body.Raw(byte[] bytes) -> JsonMapper.shared().readTree(bytes);
      case Answer.Body.None(), Answer.Body.Stream _ -> JsonMapper.shared().missingNode();
    };
  }
}
