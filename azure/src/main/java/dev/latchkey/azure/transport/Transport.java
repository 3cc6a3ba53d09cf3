// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.ProblemException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// The only place from which requests to Azure leave; every attempt passes the [Gate].
///
/// Retries one request within bounds: when there are too many (429), when a service is away (503),
/// and, if sending twice does no harm, on other errors of servers and broken connections. What a
/// lag of Azure's is, and waiting for it, is not known here. Any thread may call it.
public final class Transport {
  private static final Logger LOG = System.getLogger(Transport.class.getName());

  /// How often one request is sent at the most, but for refusals as too many.
  private static final int TRIES = 6;

  /// How often when no answer comes: each such try may cost the whole time-out.
  private static final int TRIES_WITHOUT_ANSWER = 3;

  /// How long the waits between the tries of one request may be together. It is the only bound of
  /// refusals as too many: a neighbour that uses the same limit takes any number of turns.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final List<String> LEFT_OF_ARM =
      List.of(
          "x-ms-ratelimit-remaining-subscription-reads",
          "x-ms-ratelimit-remaining-subscription-writes",
          "x-ms-ratelimit-remaining-subscription-deletes",
          // of all principals together: what they left may be less than what is ours
          "x-ms-ratelimit-remaining-subscription-global-reads",
          "x-ms-ratelimit-remaining-subscription-global-writes",
          "x-ms-ratelimit-remaining-subscription-global-deletes",
          "x-ms-ratelimit-remaining-tenant-reads",
          "x-ms-ratelimit-remaining-tenant-writes",
          "x-ms-ratelimit-remaining-tenant-deletes");

  private final Wire wire;
  private final Gate gate;
  private final Time time;
  private final Agent agent;
  private final AtomicLong sent = new AtomicLong();

  /// A transport over a wire.
  public Transport(Wire wire, Gate gate, Time time, Agent agent) {
    this.wire = wire;
    this.gate = gate;
    this.time = time;
    this.agent = agent;
  }

  /// Sends a request until it is answered.
  ///
  /// @param what what it does, as a person says it: the beginning of a problem's sentence
  /// @throws ProblemException when no answer comes
  public Reply send(String what, HttpRequest request) {
    return send(what, request, BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /// Sends a request whose body is looked at by another handler than one that reads it.
  ///
  /// @throws ProblemException when no answer comes
  public Reply send(String what, HttpRequest request, BodyHandler<String> body) {
    try {
      return attempts(what, request, body);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unreachable(what, request, "this run was interrupted", interrupted);
    }
  }

  private Reply attempts(String what, HttpRequest request, BodyHandler<String> body)
      throws InterruptedException {
    Call call = Calls.of(request);
    Duration waited = Duration.ZERO;
    for (int attempt = 1; ; attempt++) {
      pauseUntil(gate.reserve(call, time.now()));
      Optional<Duration> pause;
      try {
        HttpResponse<String> response = attempt(request, body);
        learn(call, response, attempt);
        pause = pauseAfter(request, response, attempt, waited);
        if (pause.isEmpty()) {
          return new Reply(
              what, response.statusCode(), response.headers(), response.body(), waited);
        }
      } catch (IOException failure) {
        if (!Calls.repeatable(request) || attempt >= TRIES_WITHOUT_ANSWER) {
          throw unreachable(what, request, Reason.of(failure), failure);
        }
        pause = Optional.of(backoff(attempt));
      }
      time.pause(pause.get());
      waited = waited.plus(pause.get());
    }
  }

  private HttpResponse<String> attempt(HttpRequest request, BodyHandler<String> body)
      throws IOException, InterruptedException {
    String id = nextId();
    HttpRequest stamped =
        HttpRequest.newBuilder(request, (name, value) -> true)
            .setHeader("x-ms-client-request-id", id)
            .setHeader("User-Agent", agent.toString())
            .build();
    Instant before = time.now();
    try {
      HttpResponse<String> response = wire.send(stamped, body);
      log(request, "" + response.statusCode(), before, id);
      return response;
    } catch (IOException failure) {
      log(request, Reason.of(failure), before, id);
      throw failure;
    }
  }

  /// How long to wait before the next try; empty when this answer is the last.
  private Optional<Duration> pauseAfter(
      HttpRequest request, HttpResponse<?> response, int attempt, Duration waited) {
    int status = response.statusCode();
    boolean always = status == 429 || status == 503;
    boolean again = always || (status >= 500 && status != 501 && Calls.repeatable(request));
    boolean late = attempt >= TRIES;
    if (!again || (late && status != 429)) {
      return Optional.empty();
    }
    Duration asked = pause(response, attempt);
    Duration pause = late ? longer(asked, backoff(attempt)) : asked;
    return waited.plus(pause).compareTo(PATIENCE) > 0 ? Optional.empty() : Optional.of(pause);
  }

  private Duration pause(HttpResponse<?> response, int attempt) {
    return RetryAfter.of(response.headers(), time.now()).orElse(backoff(attempt));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /// 1, 2, 4, 8, 16 s, as Key Vault's documentation asks for, and no longer. The gate spreads who
  /// comes together.
  private static Duration backoff(int attempt) {
    return Duration.ofSeconds(1L << Math.min(attempt - 1, 4));
  }

  /// ARM's own refusals have codes such as `SubscriptionRequestsThrottled`.
  private static Call.Refuser refuser(HttpResponse<String> response) {
    return response.body().contains("RequestsThrottled\"")
        ? Call.Refuser.ARM
        : Call.Refuser.SERVICE;
  }

  /// Tells the gate, also when this request is given up: others have the same buckets.
  private void learn(Call call, HttpResponse<String> response, int attempt) {
    if (response.statusCode() == 429) {
      gate.refused(call, refuser(response), pause(response, attempt), time.now());
    }
    for (String header : LEFT_OF_ARM) {
      response
          .headers()
          .firstValue(header)
          .filter(value -> value.matches("\\d{1,9}"))
          .ifPresent(value -> gate.remaining(call, Integer.parseInt(value), time.now()));
    }
  }

  private void pauseUntil(Instant at) throws InterruptedException {
    Duration left = Duration.between(time.now(), at);
    if (left.isPositive()) {
      time.pause(left);
    }
  }

  /// Follows from run and number, so that nothing here is drawn by chance.
  private String nextId() {
    String name = agent.run() + "/" + sent.incrementAndGet();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Never the query: poll addresses are signed there.
  private void log(HttpRequest request, String result, Instant before, String id) {
    LOG.log(
        Level.DEBUG,
        () ->
            "%s %s%s -> %s, %d ms, id %s"
                .formatted(
                    request.method(),
                    request.uri().getAuthority(),
                    request.uri().getPath(),
                    result,
                    Duration.between(before, time.now()).toMillis(),
                    id));
  }

  private static ProblemException unreachable(
      String what, HttpRequest request, String reason, Exception cause) {
    String host = request.uri().getAuthority();
    return new ProblemException(new AzureProblem.Unreachable(what, host, reason), cause);
  }
}
