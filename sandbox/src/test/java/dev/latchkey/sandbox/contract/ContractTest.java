// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.OfficialData;
import dev.latchkey.sandbox.contract.Report.Line;
import dev.latchkey.sandbox.contract.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The recordings stand beside the checkout; one replay of all of them is looked at from several
/// sides.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
  private static final Path REPORT = Path.of("target", "contract-report.md");

  private Report report = new Report(List.of(), List.of());

  @BeforeAll
  void replay() throws IOException {
    report = Contract.replay(OfficialData.at("recordings"));
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, ReportText.markdown(report));
  }

  @Test
  void everyRecordingCanBeRead() {
    assertThat(report.unreadable()).isEmpty();
    assertThat(report.lines()).isNotEmpty();
  }

  @Test
  void theSandboxAnswersAsRecordedAzureDid() {
    assertThat(report.all(Outcome.DIFFERENT)).extracting(Line::toString).isEmpty();
  }

  @Test
  void everyReasonExplainsADifference() {
    assertThat(Contract.unusedReasons(report)).isEmpty();
  }
}
