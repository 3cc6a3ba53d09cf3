// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.token.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replays recorded traffic against the sandbox, in process, and compares.
public final class Contract {
  private static final String BROKEN = "/";

  private final Keys keys = new Keys();
  private final Reasons reasons = Reasons.known();

  private Contract() {}

  /// Replays every recording of a folder, at any depth, each in a world of its own.
  public static Report replay(Path folder) throws IOException {
    var contract = new Contract();
    var lines = new ArrayList<Report.Line>();
    var unreadable = new ArrayList<Unreadable>();
    for (Path file : RecordingFile.below(folder)) {
      try {
        lines.addAll(contract.replayed(RecordingFile.read(folder, file)));
      } catch (Unreadable.Cause bad) {
        unreadable.add(bad.what());
      }
    }
    return new Report(lines, unreadable);
  }

  /// The reasons that explain nothing in a report: a difference that is gone needs none.
  public static List<String> unusedReasons(Report report) {
    return Reasons.known().unused(report).stream().map(Reasons.Reason::toString).toList();
  }

  private List<Report.Line> replayed(Recording recording) {
    return switch (recording.kind()) {
      case RECORDING, DOCUMENTED -> inOneWorld(recording, 0);
      case OFFICIAL_EXAMPLE -> eachInItsOwn(recording);
    };
  }

  /// Each is one possible answer to the same request.
  private List<Report.Line> eachInItsOwn(Recording recording) {
    var lines = new ArrayList<Report.Line>();
    for (Exchange exchange : recording.exchanges()) {
      lines.addAll(inOneWorld(recording.only(exchange), lines.size()));
    }
    return lines;
  }

  private List<Report.Line> inOneWorld(Recording recording, int from) {
    var lines = new ArrayList<Report.Line>();
    List<List<Difference>> differences = new Replay(new Scene(recording, keys)).differences();
    for (int i = 0; i < differences.size(); i++) {
      lines.add(line(recording, from, i, differences.get(i)));
    }
    return lines;
  }

  private Report.Line line(Recording recording, int from, int index, List<Difference> found) {
    Exchange exchange = recording.exchanges().get(index);
    Optional<String> outside = Scope.outside(recording, index);
    return reasons.explained(
        new Report.Line(
            recording.file().toString(),
            from + index,
            OperationName.of(exchange),
            exchange.apiVersion(),
            outside,
            outside.isEmpty() ? found : found.stream().filter(Contract::broke).toList()));
  }

  /// What is out of scope may be answered otherwise, but never by a crash.
  private static boolean broke(Difference difference) {
    return difference.at().equals(BROKEN)
        || (difference.at().equals("/status") && difference.what().matches(".*seen 5\\d\\d"));
  }
}
