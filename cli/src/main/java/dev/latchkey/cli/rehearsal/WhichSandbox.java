// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option by which commands find a running sandbox.
final class WhichSandbox {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "the folder of the running sandbox (default: LATCHKEY_SANDBOX_DIR, or .latchkey/sandbox)")
  private @Nullable Path folder;

  RunningSandbox sandbox(Surroundings around) {
    return RunningSandbox.of(around, Optional.ofNullable(folder));
  }
}
