// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The differences that stay, each with its reason.
record Reasons(List<Reason> all) {
  private static final String FILE = "contract-differences.yaml";

  /// Why an operation of one api-version answers otherwise at one place.
  ///
  /// @param at as [Difference] names it; `*` stands for one word of it
  /// @param what the difference in its words, where the place alone would say too much
  record Reason(String operation, String apiVersion, String at, Optional<String> what, String why) {
    boolean explains(Report.Line line, Difference difference) {
      return operation.equalsIgnoreCase(line.operation())
          && apiVersion.equals(line.apiVersion())
          && matches(difference.at())
          && what.map(difference.what()::equals).orElse(true);
    }

    private boolean matches(String place) {
      return Pattern.matches(Pattern.quote(at).replace("*", "\\E[^/]+\\Q"), place);
    }
  }

  Reasons {
    all = List.copyOf(all);
  }

  static Reasons known() {
    try (InputStream in = Reasons.class.getResourceAsStream(FILE)) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      return new Reasons(
          tree instanceof List<?> entries
              ? entries.stream().map(Reasons::reason).toList()
              : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's own " + FILE + " cannot be read", e);
    }
  }

  private static Reason reason(Object entry) {
    if (!(entry instanceof Map<?, ?> members)) {
      throw new IllegalStateException(FILE + " holds something else than entries");
    }
    return new Reason(
        String.valueOf(members.get("operation")),
        String.valueOf(members.get("apiVersion")),
        String.valueOf(members.get("at")),
        Optional.ofNullable(members.get("what")).map(String::valueOf),
        String.valueOf(members.get("reason")));
  }

  /// The line with the reasons of those of its differences that have one.
  Report.Line explained(Report.Line line) {
    return line.with(line.differences().stream().map(one -> explained(line, one)).toList());
  }

  private Difference explained(Report.Line line, Difference difference) {
    Optional<Reason> reason =
        all.stream().filter(one -> one.explains(line, difference)).findFirst();
    return reason.map(one -> difference.because(one.why())).orElse(difference);
  }

  /// Those that explain nothing in a report.
  List<Reason> unused(Report report) {
    return all.stream()
        .filter(
            reason ->
                report.lines().stream()
                    .noneMatch(
                        line ->
                            line.differences().stream()
                                .anyMatch(difference -> reason.explains(line, difference))))
        .toList();
  }
}
