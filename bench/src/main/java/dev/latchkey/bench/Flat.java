// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.command.Terminal;
import dev.latchkey.cli.command.WallTime;
import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Deploys cluster after cluster in this one process, ten a run, and prints what it holds: whether
/// memory, threads and open files stay flat, Helm's Go runtime included. Linux only.
///
/// Words: the launcher of the sandbox, which is a process of its own, and how many clusters.
public final class Flat {
  private static final int CLUSTERS_A_RUN = 10;
  private static final int ROW_EVERY = 50;

  private final PrintStream out;

  private Flat(PrintStream out) {
    this.out = out;
  }

  /// Measures; about a second a cluster.
  public static void main(String[] words) throws IOException {
    try (var sandbox =
        RunningSandbox.start(Path.of(words[0]).toAbsolutePath(), Integer.parseInt(words[1]))) {
      new Flat(System.out).measure(sandbox);
    }
  }

  private void measure(RunningSandbox sandbox) throws IOException {
    Path file = sandbox.folder().resolve("latchkey.yaml");
    List<String> clusters = clusters(sandbox, file);
    var around =
        new Surroundings(
            "bench",
            sandbox.variables(),
            Files.createTempDirectory("flat"),
            Path.of("").toAbsolutePath(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            System.err,
            new Terminal.None(),
            new WallTime());
    out.println(
        "| clusters | s a cluster | resident MiB | heap in use MiB | threads | open files |");
    out.println("|---|---|---|---|---|---|");
    long start = System.nanoTime();
    int before = 0;
    for (int done = CLUSTERS_A_RUN; done <= clusters.size(); done += CLUSTERS_A_RUN) {
      deploy(around, file, clusters.subList(done - CLUSTERS_A_RUN, done));
      if (done == CLUSTERS_A_RUN || done % ROW_EVERY == 0) {
        row(done, (System.nanoTime() - start) / 1e9 / (done - before));
        start = System.nanoTime();
        before = done;
      }
    }
  }

  private static void deploy(Surroundings around, Path file, List<String> clusters) {
    int exit =
        Latchkey.run(
            around,
            List.of(),
            "deploy",
            "-f",
            file.toString(),
            "--credential",
            "workload",
            "--only",
            String.join(",", clusters));
    if (exit != 0) {
      throw new IllegalStateException("exit code " + exit + " on " + clusters);
    }
  }

  private void row(int clusters, double seconds) throws IOException {
    System.gc(); // what lives on is of interest, not what waits for the collector
    Runtime heap = Runtime.getRuntime();
    out.printf(
        "| %d | %.2f | %d | %d | %d | %d |%n",
        clusters,
        seconds,
        figure("VmRSS") / 1024,
        (heap.totalMemory() - heap.freeMemory()) >> 20,
        figure("Threads"),
        openFiles());
  }

  private static long figure(String name) throws IOException {
    Matcher line =
        Pattern.compile(name + ":\\s+(\\d+)")
            .matcher(Files.readString(Path.of("/proc/self/status")));
    return line.find() ? Long.parseLong(line.group(1)) : 0;
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count() - 1; // the folder itself is open meanwhile
    }
  }

  private static List<String> clusters(RunningSandbox sandbox, Path file) {
    return Optional.of(FleetFile.read(file, sandbox.variables()))
        .map(Reading.Accepted.class::cast)
        .orElseThrow()
        .fleet()
        .targets()
        .stream()
        .map(target -> target.name().value())
        .toList();
  }
}
