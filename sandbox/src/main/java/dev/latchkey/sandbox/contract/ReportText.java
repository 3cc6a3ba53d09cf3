// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.contract.Report.Line;
import dev.latchkey.sandbox.contract.Report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A report for readers: as Markdown, and as JSON.
public final class ReportText {
  private static final int LONGEST = 400;

  private ReportText() {}

  /// A table by operation, then each difference with its reason, then what is out of scope.
  public static String markdown(Report report) {
    var text = new StringBuilder("# Recorded Azure and the sandbox\n\n");
    text.append(summary(report)).append("\n\n");
    table(report).forEach(line -> text.append(line).append("\n"));
    section(text, "Differences", report.all(Outcome.DIFFERENT));
    section(text, "Differences that stay", report.all(Outcome.EXPLAINED));
    outside(text, report.all(Outcome.OUT_OF_SCOPE));
    return text.toString();
  }

  private static String summary(Report report) {
    return "%d exchanges: %d matched, %d explained, %d different, %d out of scope."
        .formatted(
            report.lines().size(),
            report.count(Outcome.MATCHED),
            report.count(Outcome.EXPLAINED),
            report.count(Outcome.DIFFERENT),
            report.count(Outcome.OUT_OF_SCOPE));
  }

  private static List<String> table(Report report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "operation", "api-version", "cases", "matched", "explained", "different", "outside"));
    report.byOperation().values().forEach(lines -> rows.add(row(lines)));
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size())
            .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    var lines = new ArrayList<>(rows.stream().map(row -> padded(row, widths)).toList());
    lines.add(1, padded(widths.stream().map("-"::repeat).toList(), widths));
    return lines;
  }

  private static String padded(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i) + " ".repeat(widths.get(i) - row.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static List<String> row(List<Line> lines) {
    return List.of(
        lines.getFirst().operation(),
        lines.getFirst().apiVersion(),
        Integer.toString(lines.size()),
        count(lines, Outcome.MATCHED),
        count(lines, Outcome.EXPLAINED),
        count(lines, Outcome.DIFFERENT),
        count(lines, Outcome.OUT_OF_SCOPE));
  }

  private static String count(List<Line> lines, Outcome outcome) {
    return Long.toString(number(lines, outcome));
  }

  private static long number(List<Line> lines, Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).count();
  }

  private static void section(StringBuilder text, String title, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.append("\n## ").append(title).append("\n");
    for (Line line : lines) {
      text.append("\n").append(headline(line)).append("\n\n");
      line.differences().forEach(one -> text.append(item(one)));
    }
  }

  private static String headline(Line line) {
    return "%s %s (`%s`, exchange %d)"
        .formatted(line.operation(), line.apiVersion(), line.file(), line.index());
  }

  private static String item(Difference difference) {
    String reason = difference.reason().map(why -> ": " + why.strip()).orElse("");
    return "- `%s` %s%s%n".formatted(difference.at(), shortened(difference.what()), reason);
  }

  private static String shortened(String what) {
    return what.length() <= LONGEST ? what : what.substring(0, LONGEST) + " …";
  }

  private static void outside(StringBuilder text, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    text.append("\n## Out of scope (").append(lines.size()).append(")\n\n");
    for (Line line : lines) {
      text.append("- %s: %s%n".formatted(headline(line), line.outside().orElse("")));
    }
  }

  /// The same as a tree: `summary`, `operations`, `differences`, `unreadable`.
  public static ObjectNode json(Report report) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putObject("summary")
        .put("exchanges", report.lines().size())
        .put("outOfScope", report.count(Outcome.OUT_OF_SCOPE))
        .put("matched", report.count(Outcome.MATCHED))
        .put("explained", report.count(Outcome.EXPLAINED))
        .put("different", report.count(Outcome.DIFFERENT));
    operations(report.byOperation(), tree.putArray("operations"));
    ArrayNode differences = tree.putArray("differences");
    report.lines().forEach(line -> differences(line, differences));
    ArrayNode unreadable = tree.putArray("unreadable");
    report
        .unreadable()
        .forEach(
            bad ->
                unreadable
                    .addObject()
                    .put("file", bad.file().toString())
                    .put("line", bad.line())
                    .put("why", bad.why()));
    return tree;
  }

  private static void operations(Map<String, List<Line>> byOperation, ArrayNode array) {
    for (List<Line> lines : byOperation.values()) {
      array
          .addObject()
          .put("operation", lines.getFirst().operation())
          .put("apiVersion", lines.getFirst().apiVersion())
          .put("cases", lines.size())
          .put("matched", number(lines, Outcome.MATCHED))
          .put("explained", number(lines, Outcome.EXPLAINED))
          .put("different", number(lines, Outcome.DIFFERENT))
          .put("outOfScope", number(lines, Outcome.OUT_OF_SCOPE));
    }
  }

  private static void differences(Line line, ArrayNode array) {
    for (Difference one : line.differences()) {
      ObjectNode node =
          array
              .addObject()
              .put("file", line.file())
              .put("exchange", line.index())
              .put("operation", line.operation())
              .put("apiVersion", line.apiVersion())
              .put("at", one.at())
              .put("what", one.what());
      one.reason().ifPresent(why -> node.put("reason", why.strip()));
    }
  }
}
