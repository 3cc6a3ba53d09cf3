// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints requests, times and memory of the packaged program as Markdown tables.
///
/// Words: the program's launcher, the chart of the fleet, then numbers of clusters for sandboxes
/// without durations (1, 3 and 10 when there are none).
public final class Bench {
  private static final int TIMES = 5;
  private static final int PACE = 14;

  private final Program program;
  private final Path chart;
  private final PrintStream out;

  private Bench(Program program, Path chart, PrintStream out) {
    this.program = program;
    this.chart = chart;
    this.out = out;
  }

  /// Measures everything; takes some minutes.
  public static void main(String[] words) throws IOException, InterruptedException {
    var program = new Program(Path.of(words[0]).toAbsolutePath());
    var bench = new Bench(program, Path.of(words[1]).toAbsolutePath(), System.out);
    bench.machine();
    List<String> sizes = List.of(words).subList(2, words.length);
    if (sizes.isEmpty()) {
      bench.startUp();
      bench.fleets();
    } else {
      bench.fleetsOf(sizes.stream().map(Integer::valueOf).toList());
    }
  }

  private void machine() {
    out.printf(
        "%d processors, Java %s, %s %s%n%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private void startUp() throws IOException, InterruptedException {
    out.printf("| start-up | median of %d, s |%n|---|---|%n", TIMES);
    row("`--version`", seconds(median(Files.createTempDirectory("bench"), Map.of(), "--version")));
    try (var sandbox = sandbox(3, Profile.INSTANT, Files.createTempFile("requests", ".jsonl"))) {
      Path folder = Files.createTempDirectory("bench");
      Map<String, String> environment = sandbox.writeTo(folder);
      row("`validate`, 3 clusters", seconds(median(folder, environment, "validate")));
    }
    out.println();
  }

  private void fleetsOf(List<Integer> sizes) throws IOException, InterruptedException {
    out.println(
        "| fleet | run | s | processor s | peak MiB | ARM requests | a cluster | refused (429) | by kind |");
    out.println("|---|---|---|---|---|---|---|---|---|");
    for (int clusters : sizes) {
      fleet(clusters, "instant", Profile.INSTANT);
    }
  }

  private void fleets() throws IOException, InterruptedException {
    fleetsOf(List.of(1, 3, 10));
    fleet(3, "pace 14", Profile.AZURE.at(PACE));
    fleet(10, "pace 14", Profile.AZURE.at(PACE));
  }

  private void fleet(int clusters, String name, Profile profile)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("requests", ".jsonl");
    try (var sandbox = sandbox(clusters, profile, log)) {
      Path folder = Files.createTempDirectory("bench");
      Map<String, String> environment = sandbox.writeTo(folder);
      String fleet = clusters + ", " + name;
      deploy(fleet, "cold", clusters, folder, environment, log);
      deploy(fleet, "warm", clusters, folder, environment, log);
    }
  }

  private void deploy(
      String fleet,
      String run,
      int clusters,
      Path folder,
      Map<String, String> environment,
      Path log)
      throws IOException, InterruptedException {
    long before = lines(log);
    Program.Run done = program.run(folder, environment, "deploy");
    Requests requests = Requests.of(log, before);
    row(
        fleet,
        run,
        seconds(done.took()),
        "%.1f".formatted(done.processorSeconds()),
        "" + done.peakMebibytes(),
        "" + requests.arm(),
        "%.1f".formatted((double) requests.arm() / clusters),
        "" + requests.refused(),
        String.join(
            ", ",
            requests.armByBucket().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .toList()));
  }

  private Sandbox sandbox(int clusters, Profile profile, Path log) {
    return Sandbox.start(
        Options.defaults()
            .withClusters(clusters)
            .withProfile(profile)
            .withChart(chart)
            .withRequestLog(log));
  }

  private Duration median(Path folder, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<Duration> times = new ArrayList<>();
    for (int time = 0; time < TIMES; time++) {
      times.add(program.run(folder, environment, words).took());
    }
    return times.stream().sorted().toList().get(TIMES / 2);
  }

  private void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static long lines(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.count();
    }
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
  }
}
