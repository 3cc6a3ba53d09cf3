// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.fault.FaultFile.Mistake;
import dev.latchkey.sandbox.fault.FaultFile.Reading;
import dev.latchkey.sandbox.fault.FaultRule.Effect;
import dev.latchkey.sandbox.fault.FaultRule.Side;
import dev.latchkey.sandbox.fault.FaultRule.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultFileTest {
  @Test
  void readsEveryKindOfRule() {
    Reading reading =
        FaultFile.read(
            """
            faults:
              - operation: PUT Microsoft.KeyVault/vaults
                nth: [1, 3]
                answer: { status: 503, code: Busy, message: later, retryAfter: 2s }
              - operation: GET /secrets/*
                service: keyvault
                probability: 0.25
                delay: 500ms
                reset: after
              - operation: "* Microsoft.ContainerService/managedClusters"
                cluster: aks-weu-1
                truncated: true
              - operation: GET *
                stale: true
              - operation: POST /**
                delay: 1m
            """);

    assertThat(reading)
        .isEqualTo(
            new Reading.Rules(
                List.of(
                    new FaultRule(
                        new Operation("PUT", "Microsoft.KeyVault/vaults"),
                        Optional.empty(),
                        Optional.empty(),
                        new When.Nth(Set.of(1, 3)),
                        Duration.ZERO,
                        new Effect.Refuse(
                            503, "Busy", "later", Optional.of(Duration.ofSeconds(2)))),
                    new FaultRule(
                        new Operation("GET", "/secrets/*"),
                        Optional.of("keyvault"),
                        Optional.empty(),
                        new When.Chance(0.25),
                        Duration.ofMillis(500),
                        new Effect.Reset(Side.AFTER)),
                    new FaultRule(
                        new Operation("*", "Microsoft.ContainerService/managedClusters"),
                        Optional.empty(),
                        Optional.of("aks-weu-1"),
                        new When.Always(),
                        Duration.ZERO,
                        new Effect.Truncate()),
                    rule("GET", "*", Duration.ZERO, new Effect.Stale()),
                    rule("POST", "/**", Duration.ofMinutes(1), new Effect.None()))));
  }

  private static FaultRule rule(String method, String target, Duration delay, Effect effect) {
    return new FaultRule(
        new Operation(method, target),
        Optional.empty(),
        Optional.empty(),
        new When.Always(),
        delay,
        effect);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                        | 1:1: the file says nothing
          x: 1                                      | 1:1: unknown key `x`; known are faults
          faults: 7                                 | 1:9: a list of rules is expected here
          faults: [7]                               | 1:10: a rule is expected here: operation, and what happens
          'faults: [{delay: 2s}]'                   | 1:10: the key `operation` is missing, such as PUT Microsoft.KeyVault/vaults
          'faults: [{operation: PUT, delay: 2s}]'   | 1:22: `operation` must be a method and a type or path, such as PUT Microsoft.KeyVault/vaults or GET /secrets/*
          'faults: [{operation: GET /a}]'           | 1:10: the rule does nothing: give delay, answer, reset, truncated or stale
          'faults: [{operation: GET /a, delay: 2}]' | 1:37: `delay` must be a duration such as 500ms, 2s or 1m
          'faults: [{operation: GET /a, reset: no}]'| 1:37: `reset` must be one of before, after
          'faults: [{operation: GET /a, nth: 0, stale: true}]' | 1:35: `nth` must be a number from 1, or a list of such
          'faults: [{operation: GET /a, probability: 2, stale: true}]' | 1:43: `probability` must be a number above 0, at most 1
          'faults: [{operation: GET /a, answer: {}}]' | 1:38: the key `status` is missing
          'faults: [{operation: GET /a, answer: {status: 200}}]' | 1:47: `status` must be a status from 400 to 599
          'faults: [{operation: GET /a, stale: true, reset: after}]' | 1:37: only one of answer, reset, truncated, stale may stand in a rule
          """)
  void tellsWhatIsWrongAndWhere(String yaml, String mistake) {
    assertThat(mistakes(yaml)).extracting(Mistake::toString).contains(mistake);
  }

  @Test
  void tellsWhereItIsNoYaml() {
    assertThat(mistakes("faults: [")).extracting(Mistake::line).containsExactly(1);
  }

  @Test
  void tellsAllMistakesAtOnce() {
    assertThat(mistakes("faults:\n  - delay: x\n  - operation: y\n    reset: z\n"))
        .extracting(Mistake::line)
        .containsExactly(2, 2, 3, 4);
  }

  private static List<Mistake> mistakes(String yaml) {
    return FaultFile.read(yaml) instanceof Reading.Wrong(var mistakes) ? mistakes : List.of();
  }
}
