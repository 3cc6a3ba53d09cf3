// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A command that runs. Its errors go to a file, so that reading its output cannot block it.
final class Running implements AutoCloseable {
  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Process process;
  private final Path errors;
  private final BufferedReader reader;
  private final StringBuilder out = new StringBuilder();

  Running(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.reader = process.inputReader();
  }

  /// Reads its output until a line holds these words; a command that ends without them is wrong.
  void say(String words) throws IOException {
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      out.append(line).append('\n');
      if (line.contains(words)) {
        return;
      }
    }
    throw new AssertionError("it ended without `" + words + "`:\n" + out + errors());
  }

  /// Waits for its end.
  Ended end() throws IOException, InterruptedException {
    out.append(reader.readAllAsString());
    assertThat(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)).as("ends").isTrue();
    return new Ended(process.exitValue(), out.toString(), errors());
  }

  /// Sends a signal by its name, such as `INT`.
  void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
    assertThat(kill.inheritIO().start().waitFor()).isZero();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  private String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
