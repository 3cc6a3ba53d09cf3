// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  /// Waits for its end; one that does not end tells what its threads wait for.
  Ended end() throws IOException, InterruptedException {
    return end(BOUND);
  }

  /// The same for one that may take another time.
  Ended end(Duration bound) throws IOException, InterruptedException {
    var rest = new FutureTask<>(reader::readAllAsString);
    Thread.ofVirtual().start(rest);
    try {
      out.append(rest.get(bound.toSeconds(), TimeUnit.SECONDS));
      assertThat(process.waitFor(bound.toSeconds(), TimeUnit.SECONDS)).as("ends").isTrue();
    } catch (TimeoutException e) {
      throw new AssertionError("it does not end:\n" + out + errors() + threads(), e);
    } catch (ExecutionException e) {
      throw new IOException("its output cannot be read", e);
    }
    return new Ended(process.exitValue(), out.toString(), errors());
  }

  private String threads() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process dump = new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.print").start();
    String threads = dump.inputReader().readAllAsString();
    dump.waitFor();
    return threads;
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
