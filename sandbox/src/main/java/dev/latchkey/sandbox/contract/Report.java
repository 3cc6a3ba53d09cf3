// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.stream.Stream;

/// What a replay found, exchange by exchange.
public record Report(List<Line> lines) {
  /// One exchange.
  ///
  /// @param operation method and type, such as `PUT Microsoft.KeyVault/vaults`
  /// @param differences what differs from the recording; empty when nothing does
  /// @param reason why it stays so, or the empty text
  public record Line(
      String file, String operation, String apiVersion, List<String> differences, String reason) {
    public Line {
      differences = List.copyOf(differences);
    }
  }

  public Report {
    lines = List.copyOf(lines);
  }

  /// The exchanges that differ and have no written reason.
  public List<Line> unexplained() {
    return differing().filter(line -> line.reason().isEmpty()).toList();
  }

  /// The exchanges that differ for a written reason.
  public List<Line> explained() {
    return differing().filter(line -> !line.reason().isEmpty()).toList();
  }

  private Stream<Line> differing() {
    return lines.stream().filter(line -> !line.differences().isEmpty());
  }
}
