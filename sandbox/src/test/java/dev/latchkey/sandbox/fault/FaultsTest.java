// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.fault.FaultFile.Reading;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class FaultsTest {
  private static final String VAULT =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv";

  private final List<String> written = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void strikesTheNthRequestOfEachResourceAlone() {
    Faults faults =
        faults(
            "{operation: GET Microsoft.KeyVault/vaults, nth: 2, answer: {status: 503, code: Busy}}");

    assertThat(ask(faults, "GET", VAULT)).isEqualTo("200");
    assertThat(ask(faults, "GET", VAULT + "2")).isEqualTo("200");
    assertThat(ask(faults, "GET", VAULT)).isEqualTo("503");
    assertThat(ask(faults, "GET", VAULT)).isEqualTo("200");
    assertThat(ask(faults, "GET", VAULT + "2")).isEqualTo("503");
  }

  @Test
  void theSameSeedStrikesTheSameRequestsWhateverComesBetween() {
    String rule = "{operation: GET *, probability: 0.3, answer: {status: 500}}";
    Faults undisturbed = faults(rule);
    Faults disturbed = faults(rule);

    List<String> one =
        IntStream.range(0, 50).mapToObj(_ -> ask(undisturbed, "GET", VAULT)).toList();
    List<String> other =
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  ask(disturbed, "GET", VAULT + i);
                  return ask(disturbed, "GET", VAULT);
                })
            .toList();

    assertThat(one).isEqualTo(other).contains("200", "500");
  }

  @Test
  void aWriteWhoseAnswerIsLostMayHaveTakenEffect() {
    assertThat(ask(faults("{operation: PUT *, reset: before}"), "PUT", VAULT)).isEqualTo("nothing");
    assertThat(written).isEmpty();

    assertThat(ask(faults("{operation: PUT *, reset: after}"), "PUT", VAULT)).isEqualTo("nothing");
    assertThat(written).containsExactly(VAULT);
  }

  @Test
  void aStaleReadAnswersWhatWasThereBeforeTheLastWrite() {
    Faults faults = faults("{operation: GET Microsoft.KeyVault/vaults, nth: [2, 3], stale: true}");

    ask(faults, "PUT", VAULT);
    assertThat(body(faults, VAULT)).isEqualTo("1 writes");
    assertThat(body(faults, VAULT)).isEqualTo("0 writes");
    ask(faults, "PUT", VAULT);
    assertThat(body(faults, VAULT)).isEqualTo("1 writes");
    assertThat(body(faults, VAULT)).isEqualTo("2 writes");
  }

  @Test
  void noWriteIsStale() {
    Faults faults = faults("{operation: '* Microsoft.KeyVault/vaults', nth: [1, 2], stale: true}");

    ask(faults, "PUT", VAULT);
    ask(faults, "PUT", VAULT);
    assertThat(body(faults, VAULT)).isEqualTo("1 writes"); // these two are stale
    assertThat(body(faults, VAULT)).isEqualTo("1 writes");
    assertThat(body(faults, VAULT)).isEqualTo("2 writes");
  }

  @Test
  void holdsARequestUpAndThenAnswersIt() {
    assertThat(ask(faults("{operation: GET *, delay: 3s}"), "GET", VAULT)).isEqualTo("200");
    assertThat(pauses).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void halfOfATruncatedAnswerArrives() {
    assertThat(ask(faults("{operation: GET *, truncated: true}"), "GET", VAULT)).isEqualTo("half");
  }

  @Test
  void aRuleOfOneClusterLeavesTheOthersAlone() {
    Faults faults = faults("{operation: GET *, cluster: AKS-weu-1, answer: {status: 500}}");

    assertThat(ask(faults, "GET", "/of/aks-weu-1")).isEqualTo("500");
    assertThat(ask(faults, "GET", "/of/aks-neu-1")).isEqualTo("200");
  }

  @ParameterizedTest
  @CsvSource({
    "GET Microsoft.KeyVault/vaults, GET, /subscriptions/s/providers/microsoft.keyvault/vaults, true",
    "GET Microsoft.KeyVault/vaults, PUT, /subscriptions/s/providers/microsoft.keyvault/vaults, false",
    "* Microsoft.KeyVault/vaults/secrets, GET, /s/providers/Microsoft.KeyVault/vaults/a/secrets/b, true",
    "GET Microsoft.KeyVault/vaults, GET, /s/providers/Microsoft.KeyVault/vaults/a/secrets/b, false",
    "GET /secrets/*, GET, /secrets/db-password, true",
    "GET /secrets/*, GET, /secrets/db-password/, true",
    "GET /secrets/*, GET, /secrets/db-password/1, false",
    "GET /secrets/**, GET, /secrets/db-password/1, true",
    "GET /a.c, GET, /abc, false",
    "* *, DELETE, /anything, true",
  })
  void anOperationIsAMethodAndATypeOrPath(
      String operation, String method, String path, boolean meant) {
    assertThat(Operation.of(operation).orElseThrow().isAskedBy(request(method, path)))
        .isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arm        | {"error":{"code":"Busy","message":"later"}}
          keyvault   | {"error":{"code":"Busy","message":"later"}}
          entra      | {"error":"Busy","error_description":"later"}
          kubernetes | {"kind":"Status","apiVersion":"v1","status":"Failure","message":"later","reason":"Busy","code":503}
          """)
  void refusesInTheFormOfTheService(String service, String form) throws Exception {
    Faults faults =
        faults(
            "{operation: GET *, answer: {status: 503, code: Busy, message: later, retryAfter: 2s}}");

    var delivery = faults.deliver(service, request("GET", "/a"), this::answer);

    assertThat(delivery)
        .isEqualTo(
            new Delivery.Whole(
                Answer.json(503, JsonMapper.shared().readTree(form)).with("Retry-After", "2")));
  }

  private Faults faults(String rule) {
    var faults =
        new Faults(
            new Seed(7),
            ask -> Optional.of(ask.path().substring(ask.path().lastIndexOf('/') + 1)),
            pauses::add);
    faults.load(
        FaultFile.read("faults: [" + rule + "]") instanceof Reading.Rules(var all)
            ? all
            : List.of());
    assertThat(faults.rules()).hasSize(1);
    return faults;
  }

  private Answer answer(Ask ask) {
    if (ask.method().equals("PUT")) {
      written.add(ask.path());
    }
    return Answer.json(
        200, JsonMapper.shared().createObjectNode().put("seen", written.size() + " writes"));
  }

  private String ask(Faults faults, String method, String path) {
    return switch (delivery(faults, method, path)) {
      case Delivery.Whole(Answer answer) -> Integer.toString(answer.status());
      case Delivery.Half _ -> "half";
      case Delivery.Nothing() -> "nothing";
    };
  }

  private String body(Faults faults, String path) {
    return delivery(faults, "GET", path) instanceof Delivery.Whole(Answer answer)
            && answer.body() instanceof Answer.Body.Json(var tree)
        ? tree.path("seen").asString()
        : "";
  }

  private Delivery delivery(Faults faults, String method, String path) {
    try {
      return faults.deliver("arm", request(method, path), this::answer);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Ask request(String method, String path) {
    return new Ask(
        new Origin.Front(),
        method,
        path,
        Map.of(),
        Map.of(),
        "{}".getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }
}
