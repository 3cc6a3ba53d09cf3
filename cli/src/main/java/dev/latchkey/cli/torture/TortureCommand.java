// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `latchkey sandbox torture`: does a deployment survive what can happen to it?
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Kills a deployment of two clusters at each of its requests, before and after Azure has carried"
          + " it out, runs it again, and compares the end with that of a run which nobody disturbed.",
      "Ends with 1 when one differs. Azure's minutes are virtual: they take no time."
    })
public final class TortureCommand implements Callable<Integer> {
  private static final int TELL_EVERY = 20;
  private static final int SIDE_BY_SIDE = 2;
  private static final int STORMS = 200;

  private final Surroundings around;

  @Option(
      names = "--point",
      paramLabel = "before:N|after:N",
      converter = CrashPoint.Reader.class,
      description = "one crash point: at the Nth request, before or after it is carried out")
  private @Nullable CrashPoint point;

  @Option(
      names = "--storm",
      description =
          "storms instead: one request in five fails, and every lag is as long as it may be")
  private boolean storm;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "how many storms, with the seeds 1 to N (default: " + STORMS + ")")
  private @Nullable Integer runs;

  @Option(names = "--seed", paramLabel = "N", description = "one storm: that of this seed")
  private @Nullable Long seed;

  @Option(
      names = "--processes",
      description = "the packaged program itself, killed once at each kind of its requests")
  private boolean processes;

  /// The command in its surroundings.
  public TortureCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (isContradictory()) {
      around
          .err()
          .println(
              "latchkey: --point, --storm and --processes exclude each other, --storm takes --seed"
                  + " or --runs, and --runs is at least 1");
      return 2;
    }
    if (processes) {
      return kills();
    }
    return storm ? storms() : crashes();
  }

  private boolean isContradictory() {
    long ways = Stream.of(point != null, storm, processes).filter(chosen -> chosen).count();
    long storms = Stream.of(seed != null, runs != null).filter(chosen -> chosen).count();
    return ways > 1 || storms > (storm ? 1 : 0) || (runs != null && runs < 1);
  }

  private int crashes() throws IOException, InterruptedException {
    Instant start = around.time().now();
    var crashes = new Crashes(Ground.prepared(around, options(2)));
    var told = new AtomicInteger();
    List<Crashes.Verdict> all;
    if (point != null) {
      Optional<Crashes.Verdict> only = crashes.at(point);
      if (only.isEmpty()) {
        around.err().println("latchkey: --point " + point + ": the run sends fewer requests");
        return 2;
      }
      only.ifPresent(verdict -> tell(verdict, told.incrementAndGet()));
      all = only.stream().toList();
    } else {
      all =
          new SideBySide(SIDE_BY_SIDE)
              .all(
                  number -> crashes.at(CrashPoint.of(number)),
                  verdict -> tell(verdict, told.incrementAndGet()));
    }
    long good = all.stream().filter(verdict -> verdict.wrong().isEmpty()).count();
    around
        .out()
        .println("%d of %d crash points converge (%s)".formatted(good, all.size(), since(start)));
    return good == all.size() && good > 0 ? 0 : 1;
  }

  private void tell(Crashes.Verdict verdict, int number) {
    if (!verdict.wrong().isEmpty()) {
      around.out().println(verdict);
      verdict.wrong().forEach(line -> around.out().println("  " + around.neutral().text(line)));
      around.out().println("  again: latchkey sandbox torture --point " + verdict.point());
    } else if (number % TELL_EVERY == 0) {
      around.err().println(number + " crash points tried");
    }
  }

  private int storms() throws IOException, InterruptedException {
    Instant start = around.time().now();
    var storms = new Storm(Ground.prepared(around, options(1)));
    var told = new AtomicInteger();
    long first = seed == null ? 1 : seed;
    int count = seed == null ? Optional.ofNullable(runs).orElse(STORMS) : 1;
    List<Storm.Verdict> all =
        new SideBySide(SIDE_BY_SIDE)
            .all(
                number ->
                    number < count ? Optional.of(storms.of(first + number)) : Optional.empty(),
                verdict -> tell(verdict, told.incrementAndGet()));
    List<Storm.Verdict> good = all.stream().filter(each -> each.wrong().isEmpty()).toList();
    long through = good.stream().filter(verdict -> verdict.failed().isEmpty()).count();
    around
        .out()
        .println(
            "%d of %d storms end well: %d got through, the others named what stood in their way (%s)"
                .formatted(good.size(), all.size(), through, since(start)));
    return good.size() == all.size() ? 0 : 1;
  }

  private void tell(Storm.Verdict verdict, int number) {
    if (seed != null) {
      verdict.failed().forEach(line -> around.out().println("  " + around.neutral().text(line)));
    }
    if (!verdict.wrong().isEmpty()) {
      around.out().println("seed " + verdict.seed());
      verdict.wrong().forEach(line -> around.out().println("  " + around.neutral().text(line)));
      around.out().println("  again: latchkey sandbox torture --storm --seed " + verdict.seed());
    } else if (number % TELL_EVERY == 0) {
      around.err().println(number + " storms tried");
    }
  }

  private int kills() throws IOException, InterruptedException {
    Path program = around.home().resolve("bin").resolve("latchkey");
    if (!Files.isExecutable(program)) {
      around.err().println("latchkey: there is no packaged program at " + program);
      return 2;
    }
    Instant start = around.time().now();
    Kills kills = Kills.prepared(around, options(2).withProfile(Profile.INSTANT));
    List<RequestKind> kinds = kills.kinds();
    List<Kills.Verdict> all =
        new SideBySide(SIDE_BY_SIDE)
            .all(
                number ->
                    number < kinds.size()
                        ? Optional.of(kills.at(kinds.get(number)))
                        : Optional.empty(),
                this::tell);
    long good = all.stream().filter(verdict -> verdict.wrong().isEmpty()).count();
    around
        .out()
        .println(
            "%d of %d kinds of requests: a killed process converges (%s)"
                .formatted(good, kinds.size(), since(start)));
    return good == kinds.size() ? 0 : 1;
  }

  private void tell(Kills.Verdict verdict) {
    around
        .err()
        .println((verdict.wrong().isEmpty() ? "converges: " : "differs: ") + verdict.kind());
    verdict.wrong().forEach(line -> around.out().println("  " + around.neutral().text(line)));
  }

  private String since(Instant start) {
    Duration took = Duration.between(start, around.time().now());
    return "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
  }

  private Options options(int clusters) {
    return Options.defaults()
        .withClusters(clusters)
        .withProfile(Profile.AZURE)
        .withChart(around.home().resolve("charts").resolve("workload"));
  }
}
