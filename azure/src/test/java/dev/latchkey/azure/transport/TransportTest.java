// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.azure.fake.FakeTime;
import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportTest {
  private static final String VAULT =
      "https://management.azure.com/subscriptions/s/resourceGroups/rg/providers/"
          + "Microsoft.KeyVault/vaults/kv?api-version=1";

  private final FakeTime time = new FakeTime();
  private final FakeWire wire = new FakeWire();

  @Test
  void marksEveryAttemptWithItsOwnIdAndTheRun() {
    wire.answer(503, "").answer(200, "{}");

    transport(Limits.azure()).send("Reading", get());

    assertThat(wire.sent).hasSize(2);
    assertThat(wire.sent)
        .extracting(sent -> sent.headers().firstValue("user-agent").orElseThrow())
        .containsOnly("latchkey/1.0 run-7");
    assertThat(wire.sent)
        .extracting(sent -> sent.headers().firstValue("x-ms-client-request-id").orElseThrow())
        .doesNotHaveDuplicates();
  }

  @Test
  void waitsAsLongAsTheServiceAsks() {
    wire.answer(429, Map.of("Retry-After", "7"), "{}").answer(200, "{}");

    Reply reply = transport(Limits.azure()).send("Reading", get());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(time.pauses).containsExactly(ofSeconds(7));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"SubscriptionRequestsThrottled, 301", "TooManyRequests, 0"})
  void onlyARefusalOfArmItselfHoldsUpRequestsToOtherServices(String code, int seconds) {
    wire.answer(429, Map.of("Retry-After", "301"), "{\"error\":{\"code\":\"%s\"}}".formatted(code));
    var gate = new Gate(Limits.azure());
    var ofCluster =
        HttpRequest.newBuilder(
                URI.create(
                    "https://management.azure.com/subscriptions/s/resourceGroups/rg/providers/"
                        + "Microsoft.ContainerService/managedClusters/aks"))
            .build();

    new Transport(wire, gate, time, new Agent("1.0", "run-7")).send("Reading", ofCluster);

    assertThat(gate.reserve(Calls.of(get()), time.now()))
        .isEqualTo(time.now().plusSeconds(seconds));
  }

  @Test
  void understandsADateToWaitFor() {
    wire.answer(503, Map.of("Retry-After", "Thu, 1 Jan 2026 00:00:09 GMT"), "").answer(200, "{}");

    transport(Limits.azure()).send("Reading", get());

    assertThat(time.pauses).containsExactly(ofSeconds(9));
  }

  @Test
  void waitsLongerEachTimeAndGivesUpAfterSixTries() {
    for (int attempt = 0; attempt < 6; attempt++) {
      wire.answer(500, "{\"code\":\"GetVnetError\",\"message\":\"no\"}");
    }

    Reply reply = transport(Limits.azure()).send("Reading", get());

    assertThat(time.pauses)
        .containsExactly(ofSeconds(1), ofSeconds(2), ofSeconds(4), ofSeconds(8), ofSeconds(16));
    assertThat(problem(reply))
        .isEqualTo(
            new AzureProblem.Refused("Reading", new AzureAnswer(500, "GetVnetError", "no", "")));
  }

  @Test
  void triesAsLongAsItsPatienceLastsWhereANeighbourUsesUpTheLimit() {
    for (int attempt = 0; attempt < 12; attempt++) {
      wire.answer(429, Map.of("Retry-After", "1"), "{}");
    }
    wire.answer(200, "{}");

    Reply reply = transport(Limits.azure()).send("Reading", get());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(time.pauses.subList(0, 5)).containsOnly(ofSeconds(1));
    assertThat(time.pauses.subList(5, 12)).containsOnly(ofSeconds(16));
  }

  @Test
  void givesUpALimitThatStaysUsedUpAfterFiveMinutes() {
    for (int attempt = 0; attempt < 100; attempt++) {
      wire.answer(429, Map.of("Retry-After", "1"), "{\"error\":{\"code\":\"Throttled\"}}");
    }

    Reply reply = transport(Limits.azure()).send("Reading", get());

    assertThat(problem(reply))
        .isEqualTo(
            new AzureProblem.Throttled(
                "Reading", new AzureAnswer(429, "Throttled", "", ""), ofSeconds(5 + 18 * 16)));
    assertThat(wire.sent).hasSize(24);
  }

  @Test
  void doesNotWaitForLongerThanItsPatience() {
    wire.answer(429, Map.of("Retry-After", "301"), "{\"error\":{\"code\":\"Throttled\"}}");

    Reply reply = transport(Limits.azure()).send("Reading", get());

    assertThat(time.pauses).isEmpty();
    assertThat(problem(reply))
        .isEqualTo(
            new AzureProblem.Throttled(
                "Reading", new AzureAnswer(429, "Throttled", "", ""), Duration.ZERO));
  }

  @Test
  void repeatsABrokenConnectionOnlyIfThatDoesNoHarm() {
    wire.failure(new IOException("Connection reset")).answer(200, "{}");
    assertThat(transport(Limits.azure()).send("Reading", get()).status()).isEqualTo(200);

    wire.failure(new IOException("Connection reset"));
    assertThatThrownBy(() -> transport(Limits.azure()).send("Acting", post()))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(
            new AzureProblem.Unreachable("Acting", "management.azure.com", "Connection reset"));
  }

  @Test
  void saysThatNobodyListensAfterThreeTries() {
    for (int attempt = 0; attempt < 3; attempt++) {
      wire.failure(new ConnectException());
    }

    assertThatThrownBy(() -> transport(Limits.azure()).send("Reading", get()))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(
            new AzureProblem.Unreachable("Reading", "management.azure.com", "connection refused"));
    assertThat(wire.isDone()).isTrue();
  }

  @Test
  void neverRepeatsARefusal() {
    wire.answer(409, "{\"error\":{\"code\":\"Conflict\",\"message\":\"busy\"}}");

    assertThat(transport(Limits.azure()).send("Writing", get()).status()).isEqualTo(409);
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void everyAttemptPassesTheGate() {
    wire.answer(503, Map.of("Retry-After", "0"), "").answer(200, "{}").answer(200, "{}");
    var transport = transport(Limits.azure().with(Bucket.ARM_READS, new Limits.Rate(1, 2)));

    transport.send("Reading", get());
    transport.send("Reading", get());

    assertThat(time.pauses)
        .filteredOn(Duration::isPositive)
        .containsExactly(ofMillis(700), ofMillis(700));
  }

  @Test
  void slowsDownWhenAzureSaysThatLittleIsLeft() {
    wire.answer(200, Map.of("x-ms-ratelimit-remaining-subscription-reads", "0"), "{}")
        .answer(200, "{}");
    var transport = transport(Limits.azure());

    transport.send("Reading", get());
    transport.send("Reading", get());

    assertThat(time.pauses).containsExactly(Duration.ofNanos(40_404_041));
  }

  @Test
  void slowsDownWhenAllPrincipalsTogetherLeaveLittle() {
    wire.answer(200, Map.of("x-ms-ratelimit-remaining-subscription-global-reads", "0"), "{}")
        .answer(200, "{}");
    var transport = transport(Limits.azure());

    transport.send("Reading", get());
    transport.send("Reading", get());

    assertThat(time.pauses).containsExactly(Duration.ofNanos(40_404_041));
  }

  @Test
  void logsEachAttemptWithoutQueryTokenAndBody() {
    List<String> lines = new ArrayList<>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var logger = Logger.getLogger(Transport.class.getName());
    logger.setLevel(Level.FINE);
    logger.addHandler(handler);
    wire.answer(200, "{\"access_token\":\"secret-in-body\"}");

    transport(Limits.azure())
        .send(
            "Following",
            HttpRequest.newBuilder(URI.create("https://h.example/poll?s=secret-in-query"))
                .header("Authorization", "Bearer secret-in-header")
                .build());
    logger.removeHandler(handler);

    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("GET h.example/poll -> 200, 0 ms, id ")
        .doesNotContain("secret");
  }

  private Transport transport(Limits limits) {
    return new Transport(wire, new Gate(limits), time, new Agent("1.0", "run-7"));
  }

  private static Problem problem(Reply reply) {
    return reply.failure().problem();
  }

  private static HttpRequest get() {
    return HttpRequest.newBuilder(URI.create(VAULT)).build();
  }

  private static HttpRequest post() {
    return HttpRequest.newBuilder(URI.create(VAULT)).POST(BodyPublishers.noBody()).build();
  }
}
