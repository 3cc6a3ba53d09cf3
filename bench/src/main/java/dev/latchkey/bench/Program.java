// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The packaged program, run to its end.
///
/// @param launcher `bin/latchkey` of a distribution; it becomes the Java process, so that their
///   memory is one
record Program(Path launcher) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Duration BOUND = Duration.ofHours(1);
  private static final int LOOK_MILLIS = 20;

  /// One run.
  ///
  /// @param took from its start to its end
  /// @param peakMebibytes the most memory that it held, as Linux counts it; 0 where nobody does
  /// @param processorSeconds that it used until shortly before its end; 0 where nobody counts
  record Run(Duration took, long peakMebibytes, double processorSeconds) {}

  /// Runs a command in a folder.
  ///
  /// @throws IllegalStateException when it does not end, or not well
  Run run(Path folder, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    Path output = folder.resolve("output.txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    double processor = 0;
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process));
      processor = Math.max(processor, processor(process));
      if (System.nanoTime() - start > BOUND.toNanos()) {
        process.destroyForcibly();
        throw new IllegalStateException("no end after " + BOUND + ": " + command);
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "exit code %d of %s:%n%s"
              .formatted(process.exitValue(), command, Files.readString(output)));
    }
    return new Run(took, peak, processor);
  }

  private static double processor(Process process) {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1000.0;
  }

  /// The high-water mark only grows, so the last look counts.
  private static long peak(Process process) {
    try {
      Matcher line = PEAK.matcher(Files.readString(Path.of("/proc", "" + process.pid(), "status")));
      return line.find() ? Long.parseLong(line.group(1)) / 1024 : 0;
    } catch (IOException gone) { // the process ended, or this is no Linux
      return 0;
    }
  }
}
