// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.event.Summary;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.sandbox.fault.FaultRule;
import dev.latchkey.sandbox.fault.FaultRule.Effect;
import dev.latchkey.sandbox.fault.FaultRule.Side;
import dev.latchkey.sandbox.fault.FaultRule.When;
import dev.latchkey.sandbox.fault.Operation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One request in five fails, in every way that the sandbox knows, and every lag of Azure is as
/// long as it may be. A run gets through, or ends with a problem that names what stood in its way;
/// then a run in calm weather goes on from there to the very end that it has without any storm.
final class Storm {
  private static final double SHARE = 0.2;
  private static final Operation ANY = new Operation("*", "*");
  private static final Duration SLOW = Duration.ofSeconds(20);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final List<String> OF_AZURE = List.of("arm", "entra", "issuer", "keyvault");
  private static final String OF_CLUSTERS = "kubernetes";

  /// By which words a problem shows that the weather is to blame.
  private static final Pattern WEATHER =
      Pattern.compile(
          "429|50[0-4]|storm|timed out|connection|no bytes|eof|reset|closed|not JSON|truncated"
              + "|unexpected end|fixed content-length|did not answer"
              // how Helm's client of Kubernetes tells a status
              + "|internal error|too many requests|time allotted|error on the server"
              + "|unable to handle the request",
          Pattern.CASE_INSENSITIVE);

  private final Ground ground;

  Storm(Ground ground) {
    this.ground = ground;
  }

  /// How a run went.
  ///
  /// @param failed what stood in its way; nothing when it got through
  /// @param wrong what must not be; nothing when all is well
  record Verdict(long seed, List<String> failed, List<String> wrong) {
    Verdict {
      failed = List.copyOf(failed);
      wrong = List.copyOf(wrong);
    }
  }

  /// The rules of the weather: each kind of fault strikes as often as the others, all of them
  /// together one request in five.
  static List<FaultRule> rules() {
    return Stream.concat(
            OF_AZURE.stream().flatMap(name -> rules(name, Optional.of(RETRY_AFTER))),
            // clients of Kubernetes obey the header in real time
            rules(OF_CLUSTERS, Optional.empty()))
        .toList();
  }

  private static Stream<FaultRule> rules(String service, Optional<Duration> retryAfter) {
    List<Effect> effects =
        List.of(
            new Effect.Refuse(429, "TooManyRequests", "Storm: too many requests.", retryAfter),
            new Effect.Refuse(500, "InternalServerError", "Storm: it broke.", Optional.empty()),
            new Effect.Refuse(502, "BadGateway", "Storm: no gateway.", Optional.empty()),
            new Effect.Refuse(503, "ServiceUnavailable", "Storm: it is away.", retryAfter),
            new Effect.Refuse(504, "GatewayTimeout", "Storm: it is late.", Optional.empty()),
            new Effect.Reset(Side.BEFORE),
            new Effect.Reset(Side.AFTER),
            new Effect.Truncate(),
            new Effect.Stale(),
            new Effect.None());
    double each = 1 - Math.pow(1 - SHARE, 1.0 / effects.size());
    return effects.stream()
        .map(
            effect ->
                new FaultRule(
                    ANY,
                    Optional.of(service),
                    Optional.empty(),
                    new When.Chance(each),
                    effect instanceof Effect.None ? SLOW : Duration.ZERO,
                    effect));
  }

  /// Runs once in the storm of a seed.
  Verdict of(long seed) throws IOException, InterruptedException {
    try {
      return throughIt(seed);
    } catch (HangException e) {
      return new Verdict(seed, List.of(), List.of(String.valueOf(e.getMessage())));
    }
  }

  private Verdict throughIt(long seed) throws IOException, InterruptedException {
    var wild =
        ground
            .options()
            .withProfile(ground.options().profile().withLongestLags())
            .withFaults(rules());
    try (Arena arena = ground.arena(seed, wild)) {
      var oracle = new Oracle(arena.sandbox, arena.wanted.fleet());
      arena.sandbox.let(oracle);
      List<Problem> problems = problems(arena);
      var wrong = new ArrayList<String>();
      problems.stream()
          .filter(problem -> !blamesTheWeather(problem))
          .map(Storm::told)
          .forEach(wrong::add);
      arena.sandbox.load(List.of());
      if (!problems.isEmpty()) {
        Summary calm = arena.deploy(List.of());
        if (!calm.complete()) {
          wrong.add("a run after the storm fails: " + Ground.problems(calm));
        }
      }
      wrong.addAll(oracle.wrong());
      return new Verdict(seed, problems.stream().map(Storm::told).toList(), wrong);
    }
  }

  private static List<Problem> problems(Arena arena) throws InterruptedException {
    try {
      return arena.deploy(List.of()).clusters().stream()
          .flatMap(cluster -> cluster.problems().values().stream())
          .toList();
    } catch (ProblemException e) { // the run could not even begin
      return List.of(e.problem());
    }
  }

  /// Whether the problem names a fault, or a lag that its faults made longer than its bound.
  private static boolean blamesTheWeather(Problem problem) {
    return problem instanceof StepProblem.LagOutlasted || WEATHER.matcher(told(problem)).find();
  }

  private static String told(Problem problem) {
    return "%s: %s %s %s"
        .formatted(
            problem.code(),
            problem.text().what(),
            String.join(" ", problem.text().seen()),
            problem.text().why());
  }
}
