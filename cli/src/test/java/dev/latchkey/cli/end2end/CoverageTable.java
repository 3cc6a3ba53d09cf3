// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.sandbox.contract.Contract;
import dev.latchkey.sandbox.contract.OperationName;
import dev.latchkey.sandbox.contract.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the sandbox is shown to do: operation by operation, which recordings it matches and which
/// real clients used it. Runs after all other end-to-end tests, over the logs that they leave.
///
/// The table is written to `target/coverage.md`; `docs/sandbox-coverage.md` is the copy of a full
/// run.
class CoverageTable {
  private static final Path TABLE = Path.of("target", "coverage.md");
  private static final Path RECORDINGS =
      Path.of(System.getProperty("latchkey.shared", "../../shared"), "recordings");
  private static final List<String> CLIENTS =
      List.of("latchkey", "az", "azure-sdk-java", "kubectl", "helm");
  private static final Pattern OBJECTS =
      Pattern.compile(
          "/api(?:s/([^/]+))?/[^/]+/(?:namespaces/[^/]+/)?([^/]+)(?:/[^/]+(?:/([^/]+))?)?");

  private static final class Row {
    private int recorded;
    private int matched;
    private final Set<String> clients = new HashSet<>();
  }

  @Test
  void noClientMetAnErrorOfTheServersOwn() throws Exception {
    Map<String, List<Request>> logs = RequestLogs.of(CLIENTS);
    assumeTrue(!logs.isEmpty(), "no client's tests have run");

    Files.writeString(TABLE, markdown(rows(logs)));

    assertThat(logs.values().stream().flatMap(List::stream))
        .isNotEmpty()
        .noneMatch(request -> request.status() >= 500 && !isAsKubernetes(request));
  }

  /// An API server answers 500 to a server-side apply of a field that its schema lacks (which the
  /// tests ask for in namespaces of this name), and nothing executes in a simulated pod.
  private static boolean isAsKubernetes(Request request) {
    return request.service().equals("kubernetes")
        && (request.status() == 501
            || (request.method().equals("PATCH") && request.path().contains("-ssa/")));
  }

  private static Map<String, Row> rows(Map<String, List<Request>> logs) throws IOException {
    var rows = new TreeMap<String, Row>(String.CASE_INSENSITIVE_ORDER);
    if (Files.isDirectory(RECORDINGS)) {
      for (Report.Line line : Contract.replay(RECORDINGS).lines()) {
        if (line.outcome() != Report.Outcome.OUT_OF_SCOPE) {
          Row row = row(rows, line.operation());
          row.recorded++;
          row.matched += line.outcome() == Report.Outcome.MATCHED ? 1 : 0;
        }
      }
    }
    logs.forEach(
        (client, requests) -> requests.forEach(one -> row(rows, name(one)).clients.add(client)));
    return rows;
  }

  private static Row row(Map<String, Row> rows, String operation) {
    return rows.computeIfAbsent(operation, _ -> new Row());
  }

  private static String name(Request request) {
    Matcher object = OBJECTS.matcher(request.path());
    if (!request.service().equals("kubernetes")) {
      return OperationName.of(request.service(), request.method(), request.path());
    }
    if (!object.matches()) {
      return request.method() + " kubernetes, discovery and others";
    }
    String group = object.group(1) == null ? "" : "." + object.group(1);
    String part = object.group(3) == null ? "" : "/" + object.group(3);
    return "%s kubernetes %s%s%s".formatted(request.method(), object.group(2), group, part);
  }

  private static String markdown(Map<String, Row> rows) {
    var lines = new ArrayList<String>();
    lines.add("| operation | recordings matched | " + String.join(" | ", CLIENTS) + " |");
    lines.add("|---|---|" + "---|".repeat(CLIENTS.size()));
    rows.forEach((operation, row) -> lines.add(line(operation, row)));
    return String.join("\n", lines) + "\n";
  }

  private static String line(String operation, Row row) {
    var cells = new ArrayList<String>();
    cells.add("`" + operation + "`");
    cells.add(row.recorded == 0 ? "" : row.matched + " of " + row.recorded);
    CLIENTS.forEach(client -> cells.add(row.clients.contains(client) ? "yes" : ""));
    return "| " + String.join(" | ", cells) + " |";
  }
}
