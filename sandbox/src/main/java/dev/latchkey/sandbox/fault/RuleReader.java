// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.fault.FaultRule.Effect;
import dev.latchkey.sandbox.fault.FaultRule.Side;
import dev.latchkey.sandbox.fault.FaultRule.When;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads one rule.
record RuleReader(RuleKeys keys) {
  private static final List<String> SERVICES =
      List.of("arm", "entra", "issuer", "keyvault", "kubernetes");
  private static final List<String> EFFECTS = List.of("answer", "reset", "truncated", "stale");
  private static final List<String> KNOWN =
      List.of(
          "operation",
          "service",
          "cluster",
          "nth",
          "probability",
          "delay",
          "answer",
          "reset",
          "truncated",
          "stale");
  private static final List<String> ANSWER = List.of("status", "code", "message", "retryAfter");

  /// The rule; empty when it cannot be understood, which is then complained about.
  Optional<FaultRule> rule() {
    keys.knowOnly(KNOWN);
    if (!keys.has("operation")) {
      keys.complain("the key `operation` is missing, such as PUT Microsoft.KeyVault/vaults");
    }
    Optional<Operation> operation =
        keys.read(
            "operation",
            "a method and a type or path, such as PUT Microsoft.KeyVault/vaults or GET /secrets/*",
            Operation::of);
    Optional<String> service = keys.word("service", SERVICES);
    Optional<String> cluster = keys.text("cluster");
    When when = when();
    Optional<Duration> delay = keys.duration("delay");
    Effect effect = effect();
    return operation.map(
        known -> new FaultRule(known, service, cluster, when, delay.orElse(Duration.ZERO), effect));
  }

  private When when() {
    if (keys.has("nth") && keys.has("probability")) {
      keys.complain("probability", "`nth` and `probability` exclude each other");
    }
    if (keys.has("nth")) {
      return new When.Nth(numbers());
    }
    return keys.read("probability", "a number above 0, at most 1", RuleReader::share)
        .<When>map(When.Chance::new)
        .orElseGet(When.Always::new);
  }

  private static Optional<Double> share(String text) {
    return text.matches("[01]?\\.?\\d{1,9}")
        ? Optional.of(Double.valueOf(text)).filter(share -> share > 0 && share <= 1)
        : Optional.empty();
  }

  private Set<Integer> numbers() {
    Node node = keys.node("nth").orElseThrow();
    List<Node> all = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    var numbers = new HashSet<Integer>();
    for (Node each : all) {
      if (each instanceof ScalarNode scalar && scalar.getValue().matches("[1-9]\\d{0,8}")) {
        numbers.add(Integer.valueOf(scalar.getValue()));
      } else {
        RuleKeys.complain(
            keys.mistakes(), each, "`nth` must be a number from 1, or a list of such");
      }
    }
    return numbers;
  }

  private Effect effect() {
    List<String> named = EFFECTS.stream().filter(keys::has).toList();
    if (named.size() > 1) {
      keys.complain(
          named.getLast(),
          "only one of %s may stand in a rule".formatted(String.join(", ", EFFECTS)));
    }
    if (named.isEmpty()) {
      if (!keys.has("delay")) {
        keys.complain("the rule does nothing: give delay, answer, reset, truncated or stale");
      }
      return new Effect.None();
    }
    return switch (named.getFirst()) {
      case "answer" -> answer();
      case "reset" ->
          keys.word("reset", List.of("before", "after"))
              .<Effect>map(side -> new Effect.Reset(Side.valueOf(side.toUpperCase(Locale.ROOT))))
              .orElseGet(Effect.None::new);
      case "truncated" -> onlyTrue("truncated", new Effect.Truncate());
      default -> onlyTrue("stale", new Effect.Stale());
    };
  }

  private Effect onlyTrue(String key, Effect effect) {
    return keys.word(key, List.of("true")).map(_ -> effect).orElseGet(Effect.None::new);
  }

  private Effect answer() {
    if (!(keys.node("answer").orElseThrow() instanceof MappingNode mapping)) {
      keys.complain("answer", "`answer` must be keys such as { status: 503, code: Unavailable }");
      return new Effect.None();
    }
    var answer = new RuleKeys(mapping, keys.mistakes());
    answer.knowOnly(ANSWER);
    if (!answer.has("status")) {
      answer.complain("the key `status` is missing");
    }
    int status = answer.read("status", "a status from 400 to 599", RuleReader::status).orElse(500);
    String code = answer.text("code").orElse("InternalServerError");
    String message = answer.text("message").orElse("The request failed by a rule of the sandbox.");
    return new Effect.Refuse(status, code, message, answer.duration("retryAfter"));
  }

  private static Optional<Integer> status(String text) {
    return text.matches("[45]\\d\\d") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
