// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a replay found, exchange by exchange.
///
/// @param unreadable the files of the folder that are no recordings
public record Report(List<Line> lines, List<Unreadable> unreadable) {
  /// How an exchange ended.
  public enum Outcome {
    /// The sandbox answers as recorded.
    MATCHED,
    /// It differs, and the reason for each difference is written down.
    EXPLAINED,
    /// It differs.
    DIFFERENT,
    /// The sandbox does not simulate the operation.
    OUT_OF_SCOPE
  }

  /// One exchange.
  ///
  /// @param file relative to the folder
  /// @param index of the exchange in its file, counted from 0
  /// @param operation method and type, such as `PUT Microsoft.KeyVault/vaults`
  /// @param outside why it is out of scope, if it is
  /// @param differences what differs from the recording; of an exchange out of scope only that it
  ///   broke the sandbox
  public record Line(
      String file,
      int index,
      String operation,
      String apiVersion,
      Optional<String> outside,
      List<Difference> differences) {
    public Line {
      differences = List.copyOf(differences);
    }

    /// How it ended.
    public Outcome outcome() {
      if (differences.stream().anyMatch(one -> one.reason().isEmpty())) {
        return Outcome.DIFFERENT;
      }
      if (outside.isPresent()) {
        return Outcome.OUT_OF_SCOPE;
      }
      return differences.isEmpty() ? Outcome.MATCHED : Outcome.EXPLAINED;
    }

    Line with(List<Difference> others) {
      return new Line(file, index, operation, apiVersion, outside, others);
    }

    @Override
    public String toString() {
      return "%s[%d] %s %s %s".formatted(file, index, operation, apiVersion, differences);
    }
  }

  public Report {
    lines = List.copyOf(lines);
    unreadable = List.copyOf(unreadable);
  }

  /// How many exchanges ended so.
  public long count(Outcome outcome) {
    return all(outcome).size();
  }

  /// The exchanges that ended so.
  public List<Line> all(Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).toList();
  }

  /// The exchanges by operation and api-version, without regard to case.
  public Map<String, List<Line>> byOperation() {
    Map<String, List<Line>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Line line : lines) {
      all.computeIfAbsent(line.operation() + " " + line.apiVersion(), _ -> new ArrayList<>())
          .add(line);
    }
    return all;
  }
}
