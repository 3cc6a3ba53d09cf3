// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.contract.Recording.Kind;
import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares an answer of the sandbox with the recorded one: status, the headers that clients act
/// on, and the body.
///
/// Traffic must be equal but for generated values. Of a quotation the headers are unknown and
/// members may be missing. An official example has invented values: see [ExampleBody].
final class Comparison {
  /// What clients act on.
  private static final List<String> HEADERS =
      List.of(
          "location",
          "azure-asyncoperation",
          "retry-after",
          "content-type",
          "www-authenticate",
          "etag",
          "x-ms-failure-cause");

  private final Recording recording;
  private final Bindings bindings;

  Comparison(Recording recording, Bindings bindings) {
    this.recording = recording;
    this.bindings = bindings;
  }

  List<Difference> of(Exchange exchange, Answer answer) {
    var found = new ArrayList<Difference>();
    if (answer.status() != exchange.status()) {
      found.add(
          Difference.of("/status", "recorded " + exchange.status() + ", seen " + answer.status()));
    }
    if (recording.kind() == Kind.RECORDING) {
      HEADERS.forEach(name -> header(name, exchange, answer, found));
    }
    body(exchange, answer, found);
    return found;
  }

  private void header(String name, Exchange exchange, Answer answer, List<Difference> found) {
    String wanted = exchange.header(name).orElse("");
    String seen = seen(name, answer);
    boolean unknown =
        (wanted.isEmpty() && recording.drops(name))
            || (name.equals("content-type") && exchange.body().isMissingNode());
    if (!unknown && !agree(name, wanted, seen)) {
      found.add(Difference.of("/headers/" + name, recordedAndSeen(wanted, seen)));
    }
  }

  private static String seen(String name, Answer answer) {
    String otherwise =
        name.equals("content-type") && answer.body() instanceof Answer.Body.Json
            ? "application/json; charset=utf-8"
            : "";
    return answer.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  private boolean agree(String name, String wanted, String seen) {
    if (wanted.isEmpty() || seen.isEmpty()) {
      return wanted.equals(seen);
    }
    return switch (name) {
      case "location", "azure-asyncoperation" -> new Links(bindings).agree(wanted, seen);
      case "retry-after" -> seen.matches("\\d+");
      case "content-type" -> plain(wanted).equals(plain(seen));
      default -> bindings.agree(wanted, seen);
    };
  }

  private static String plain(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  private void body(Exchange exchange, Answer answer, List<Difference> found) {
    JsonNode wanted = exchange.body();
    JsonNode seen = seen(answer);
    if (wanted.isMissingNode() || seen.isMissingNode()) {
      if (wanted.isMissingNode() != seen.isMissingNode()) {
        found.add(Difference.of("/body", recordedAndSeen(text(wanted), text(seen))));
      }
      return;
    }
    switch (recording.kind()) {
      case RECORDING ->
          new BodyComparison(
                  bindings,
                  recording.shortened() ? BodyComparison.More.IN_LISTS : BodyComparison.More.NONE)
              .compare(
                  "/body",
                  new RecordedPage(recording, bindings).divided(exchange, seen),
                  seen,
                  found);
      case DOCUMENTED ->
          new BodyComparison(bindings, BodyComparison.More.ANYWHERE)
              .compare("/body", wanted, seen, found);
      case OFFICIAL_EXAMPLE ->
          new ExampleBody(exchange.sent()).compare("/body", "", wanted, seen, found);
    }
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "" : node.toString();
  }

  static JsonNode seen(Answer answer) {
    return switch (answer.body()) {
      case Answer.Body.Json(JsonNode tree) -> tree;
      case Answer.Body.Raw(byte[] bytes) ->
          JsonMapper.shared()
              .getNodeFactory()
              .stringNode(new String(bytes, StandardCharsets.UTF_8));
      case Answer.Body.None(), Answer.Body.Stream _ -> JsonMapper.shared().missingNode();
    };
  }

  static String recordedAndSeen(String wanted, String seen) {
    return "recorded %s, seen %s"
        .formatted(wanted.isEmpty() ? "nothing" : wanted, seen.isEmpty() ? "nothing" : seen);
  }
}
