// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A sandbox as a process of its own, with simulated pods, without Azure's durations and limits.
///
/// @param startUp from the start of the process until it says that it serves
/// @param folder where its files are
/// @param variables what `sandbox.env` holds
record RunningSandbox(Process process, Duration startUp, Path folder, Map<String, String> variables)
    implements AutoCloseable {
  private static final Pattern VARIABLE = Pattern.compile("export (\\w+)='([^']*)'");

  static RunningSandbox start(Path launcher, int clusters) throws IOException {
    Path folder = Files.createTempDirectory("bench");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                launcher.toString(),
                "sandbox",
                "start",
                "--clusters=" + clusters,
                "--pods=simulated",
                "--profile=instant",
                "--dir=" + folder)
            .redirectErrorStream(true)
            .start();
    var lines = process.inputReader();
    for (String line = lines.readLine(); !"Stop it with Ctrl-C.".equals(line); ) {
      if (line == null) {
        throw new IOException("the sandbox ended before it served");
      }
      line = lines.readLine();
    }
    var startUp = Duration.ofNanos(System.nanoTime() - start);
    return new RunningSandbox(process, startUp, folder, variables(folder));
  }

  private static Map<String, String> variables(Path folder) throws IOException {
    return VARIABLE
        .matcher(Files.readString(folder.resolve("sandbox.env")))
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }

  /// A variable of `sandbox.env`.
  String variable(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  /// A figure of Linux's about the process's memory.
  ///
  /// @param figure such as `VmRSS`
  long mebibytes(String figure) throws IOException {
    Matcher line =
        Pattern.compile(figure + ":\\s+(\\d+) kB")
            .matcher(Files.readString(Path.of("/proc", "" + process.pid(), "status")));
    return line.find() ? Long.parseLong(line.group(1)) / 1024 : 0;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
