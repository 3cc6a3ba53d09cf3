// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningSandboxTest {
  @TempDir Path folder = Path.of("");

  @Test
  void letsNobodyStartAnotherOneInItsFolder() throws Exception {
    try (Sandbox sandbox = start()) {
      sandbox.writeTo(folder);

      var refusal =
          catchThrowableOfType(ProblemException.class, () -> RunningSandbox.refuseSecond(folder));

      assertThat(refusal.problem().code()).isEqualTo("sandbox-folder-occupied");
      assertThat(refusal.problem().text().what())
          .isEqualTo("A sandbox runs in %s already, at %s.".formatted(folder, sandbox.url()));
    }
  }

  @Test
  void aFolderMayBeUsedAgainOnceItHasEnded() throws Exception {
    try (Sandbox sandbox = start()) {
      sandbox.writeTo(folder);
    }

    assertThatCode(() -> RunningSandbox.refuseSecond(folder)).doesNotThrowAnyException();
  }

  @Test
  void aFolderWithoutItsFilesIsFree() {
    assertThatCode(() -> RunningSandbox.refuseSecond(folder)).doesNotThrowAnyException();
  }

  private Sandbox start() throws Exception {
    return Sandbox.start(
        Options.defaults()
            .withClusters(1)
            .withProfile(Profile.INSTANT)
            .withChart(Path.of(System.getProperty("latchkey.root")).resolve("charts/workload")));
  }
}
