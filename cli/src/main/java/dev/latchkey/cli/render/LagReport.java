// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.cli.render.WaitTimes.Span;
import dev.latchkey.cli.render.WaitTimes.Wait;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How long Azure really took, as one JSON document, described in `docs/output.md`.
public final class LagReport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private LagReport() {}

  /// The document as of a moment, with a line break at its end.
  public static String of(String run, Course course, Instant now) {
    ObjectNode document = JSON.createObjectNode().put("run", run);
    ArrayNode lags = document.putArray("lags");
    course.waits().spans().forEach(span -> span(lags.addObject(), span));
    ArrayNode waits = document.putArray("waits");
    course.waits().all(now).forEach(wait -> wait(waits.addObject(), wait));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static void span(ObjectNode node, Span span) {
    node.put("lag", span.lag().key())
        .put("words", span.lag().words())
        .put("waits", span.waits())
        .put("shortestSeconds", seconds(span.shortest()))
        .put("middleSeconds", seconds(span.middle()))
        .put("longestSeconds", seconds(span.longest()))
        .put("usualSeconds", seconds(span.usual()))
        .put("boundSeconds", seconds(span.bound()));
  }

  private static void wait(ObjectNode node, Wait wait) {
    node.put("at", wait.begun().toString())
        .put("cluster", wait.cluster().value())
        .put("step", wait.step().key())
        .put("lag", wait.lag().key())
        .put("seconds", seconds(wait.took()))
        .put("end", wait.end().word());
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
