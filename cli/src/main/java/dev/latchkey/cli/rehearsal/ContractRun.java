// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.CommonOptions;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.render.ProblemBlock;
import dev.latchkey.sandbox.contract.Contract;
import dev.latchkey.sandbox.contract.Report;
import dev.latchkey.sandbox.contract.ReportText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Replays a folder of recordings and shows what came out.
///
/// @param around where the folder is and the report goes
record ContractRun(Surroundings around) {
  /// The exit code: 0 as recorded, 1 otherwise, 2 when something is no recording.
  int of(Path given, CommonOptions.Output output) throws IOException {
    Path folder = around.folder().resolve(given);
    if (!Files.isDirectory(folder)) {
      return refused(List.of(new ContractProblem.FolderMissing(given)));
    }
    Report report = Contract.replay(folder);
    if (report.lines().isEmpty() && report.unreadable().isEmpty()) {
      return refused(List.of(new ContractProblem.NothingRecorded(given)));
    }
    around
        .out()
        .println(
            switch (output) {
              case TEXT -> ReportText.markdown(report).stripTrailing();
              case JSON -> ReportText.json(report).toPrettyString();
            });
    var problems = new ArrayList<ContractProblem>();
    report.unreadable().forEach(bad -> problems.add(ContractProblem.FileUnreadable.of(bad)));
    if (!problems.isEmpty()) {
      return refused(problems);
    }
    return report.count(Report.Outcome.DIFFERENT) == 0 ? 0 : 1;
  }

  private int refused(List<ContractProblem> problems) {
    around.out().flush();
    for (ContractProblem problem : problems) {
      ProblemBlock.of(problem, around.screen()).forEach(around.err()::println);
    }
    return 2;
  }
}
