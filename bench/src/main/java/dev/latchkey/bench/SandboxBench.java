// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Prints start-up, memory and speed of the sandbox itself, with few and with many clusters, as
/// Markdown tables. The sandbox is a process of its own; who asks shares the processors with it.
///
/// Word: the program's launcher.
public final class SandboxBench {
  private static final List<Integer> SIZES = List.of(10, 1000);
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final int ROUNDS = 3;

  private final Path launcher;
  private final PrintStream out;
  private final Map<String, Map<Integer, List<Load.Result>>> results = new TreeMap<>();

  private SandboxBench(Path launcher, PrintStream out) {
    this.launcher = launcher;
    this.out = out;
  }

  /// Measures everything; takes some minutes.
  public static void main(String[] words) throws IOException, InterruptedException {
    new SandboxBench(Path.of(words[0]).toAbsolutePath(), System.out).measure();
  }

  private void measure() throws IOException, InterruptedException {
    out.println("| clusters | start, s | MiB then | all pods ready, s | MiB then | peak MiB |");
    out.println("|---|---|---|---|---|---|");
    for (int clusters : SIZES) {
      size(clusters);
    }
    out.printf("%n| request | %s | ratio |%n", columns());
    out.println("|---|" + "---|".repeat(SIZES.size() * 3 + 1));
    results.forEach((kind, bySize) -> row(kind, bySize));
  }

  private void size(int clusters) throws IOException, InterruptedException {
    try (var sandbox = RunningSandbox.start(launcher, clusters)) {
      long early = sandbox.mebibytes("VmRSS");
      var questions = Questions.to(sandbox);
      long start = System.nanoTime();
      questions.deployPods();
      double ready = (System.nanoTime() - start) / 1e9;
      long late = sandbox.mebibytes("VmRSS");
      for (var kind : questions.kinds().entrySet()) {
        Load.of(kind.getValue()).during(WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
          Load.Result result = Load.of(kind.getValue()).during(MEASURED);
          results
              .computeIfAbsent(kind.getKey(), _ -> new TreeMap<>())
              .computeIfAbsent(clusters, _ -> new ArrayList<>())
              .add(result);
        }
      }
      out.println(
          "| %d | %.1f | %d | %.1f | %d | %d |"
              .formatted(
                  clusters,
                  sandbox.startUp().toMillis() / 1e3,
                  early,
                  ready,
                  late,
                  sandbox.mebibytes("VmHWM")));
    }
  }

  private static String columns() {
    return String.join(
        " | ",
        SIZES.stream()
            .map(size -> "%d clusters, requests/s | median, ms | 99 %%, ms".formatted(size))
            .toList());
  }

  private void row(String kind, Map<Integer, List<Load.Result>> bySize) {
    var cells = new ArrayList<String>();
    cells.add(kind);
    List<Load.Result> bySizes = bySize.values().stream().map(SandboxBench::middle).toList();
    for (Load.Result middle : bySizes) {
      cells.add("%.0f".formatted(middle.perSecond()));
      cells.add(millis(middle.median()));
      cells.add(millis(middle.slowest()));
    }
    double few = bySizes.getFirst().median().toNanos();
    double many = bySizes.getLast().median().toNanos();
    cells.add("%.2f".formatted(many / few));
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static Load.Result middle(List<Load.Result> rounds) {
    return rounds.stream()
        .sorted((one, other) -> Double.compare(one.perSecond(), other.perSecond()))
        .toList()
        .get(rounds.size() / 2);
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }
}
