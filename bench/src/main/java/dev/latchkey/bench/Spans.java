// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.command.Terminal;
import dev.latchkey.cli.command.WallTime;
import dev.latchkey.cli.torture.Makespan;
import dev.latchkey.core.gate.Demand.Squeeze;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;

/// First deployments with Azure's durations and limits, in virtual time: how long each takes, what
/// it cannot be faster than, and what its plan foretold.
///
/// Words: the chart, a file for the drawing, then numbers of clusters, each with the number of
/// their subscriptions behind a slash unless that is one: `1 10 1000 1000/10`.
public final class Spans {
  private Spans() {}

  /// Measures and prints a table.
  public static void main(String[] words) throws IOException, InterruptedException {
    LogManager.getLogManager().reset(); // libraries tell of each retry
    Path chart = Path.of(words[0]).toAbsolutePath();
    PrintStream out = System.out;
    out.println(
        "| clusters | subscriptions | virtual s | bound, s | ratio | the bound is | foretold, s | foretold ÷ taken | real s |");
    out.println("|---|---|---|---|---|---|---|---|---|");
    // what a young JVM computes for long looks like waiting, and lets virtual time pass
    Makespan.of(around(), chart, 1, 1);
    List<Makespan> spans = new ArrayList<>();
    for (String fleet : List.of(words).subList(2, words.length)) {
      List<String> numbers = List.of((fleet + "/1").split("/", -1));
      long start = System.nanoTime();
      Makespan span =
          Makespan.of(
              around(), chart, Integer.parseInt(numbers.get(0)), Integer.parseInt(numbers.get(1)));
      row(out, span, Duration.ofNanos(System.nanoTime() - start));
      spans.add(span);
      Files.writeString(Path.of(words[1]), SpanChart.of(spans));
    }
  }

  private static void row(PrintStream out, Makespan span, Duration real) {
    out.printf(
        Locale.ROOT,
        "| %d | %d | %.1f | %.1f | %.3f | %s | %.1f | %.2f | %.0f |%n",
        span.clusters(),
        span.subscriptions(),
        seconds(span.measured()),
        seconds(span.bound()),
        seconds(span.measured()) / seconds(span.bound()),
        span.bound().equals(span.path())
            ? "the slowest cluster"
            : span.forecast().squeeze().map(Spans::words).orElse(""),
        seconds(span.forecast().duration()),
        seconds(span.forecast().duration()) / seconds(span.measured()),
        seconds(real));
  }

  private static String words(Squeeze squeeze) {
    return squeeze.requests() + " " + squeeze.bucket().words();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static Surroundings around() throws IOException {
    return new Surroundings(
        "bench",
        Map.of(),
        Files.createTempDirectory("spans"),
        Path.of("").toAbsolutePath(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        System.err,
        new Terminal.None(),
        new WallTime());
  }
}
