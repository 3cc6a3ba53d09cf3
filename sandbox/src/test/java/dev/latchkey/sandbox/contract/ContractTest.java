// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
  @ParameterizedTest
  @ValueSource(strings = {"arm-identities", "arm-federatedcredentials", "arm-authorization"})
  void theSandboxAnswersAsRecordedAzureDid(String folder) throws IOException {
    Path recordings = Path.of(System.getProperty("latchkey.shared", ""), "recordings", folder);
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(Files.isDirectory(recordings), "no recordings beside this checkout");
    }

    Report report = Contract.replay(recordings);

    assertThat(report.lines()).isNotEmpty();
    assertThat(report.unexplained()).isEmpty();
  }
}
