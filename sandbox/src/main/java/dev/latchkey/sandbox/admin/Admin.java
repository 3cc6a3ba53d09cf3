// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.admin;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.fault.Faults;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.premise.Premises;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Steers a running sandbox: only for who has read the token in its folder.
///
/// | request | does |
/// |---|---|
/// | `GET clock` | tells the time of the simulated world |
/// | `POST clock/advance` `{"by":"PT1H"}` | lets time pass |
/// | `GET premises` | lists the mistakes that are set |
/// | `PUT premises/KIND/CLUSTER`, `DELETE` | sets one, undoes it |
/// | `GET faults` | lists the fault rules that hold |
/// | `PUT faults` YAML, `DELETE` | takes other rules, or none |
/// | `GET state` | gives the whole world, to be saved |
public final class Admin implements Service {
  /// Where its paths begin.
  public static final String PREFIX = "/.latchkey-sandbox/";

  private static final Duration LONGEST = Duration.ofDays(3660);

  private final SandboxClock clock;
  private final PremiseCalls premises;
  private final FaultCalls faults;
  private final Supplier<JsonNode> world;
  private final byte[] token;

  /// An interface that answers whoever shows the token.
  ///
  /// @param world makes the tree of a saved world
  public Admin(
      SandboxClock clock,
      Premises premises,
      Faults faults,
      Supplier<JsonNode> world,
      String token) {
    this.clock = clock;
    this.world = world;
    this.premises = new PremiseCalls(premises);
    this.faults = new FaultCalls(faults);
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Answer answer(Ask ask) {
    boolean known =
        ask.bearer()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .filter(text -> MessageDigest.isEqual(text, token))
            .isPresent();
    if (!known) {
      return refused(401, "not-admitted", "The token of the sandbox's folder is needed.");
    }
    List<String> words = List.of(ask.path().substring(PREFIX.length()).split("/", -1));
    return switch (words.getFirst()) {
      case "clock" -> clock(ask, words);
      case "premises" -> premises.answer(ask, words.subList(1, words.size()));
      case "faults" -> faults.answer(ask);
      case "state" ->
          ask.method().equals("GET") && words.size() == 1
              ? Answer.json(200, world.get())
              : unknown(ask);
      default -> unknown(ask);
    };
  }

  private Answer clock(Ask ask, List<String> words) {
    if (ask.method().equals("GET") && words.size() == 1) {
      return now();
    }
    if (ask.method().equals("POST") && words.equals(List.of("clock", "advance"))) {
      return duration(ask).map(this::advance).orElseGet(Admin::notADuration);
    }
    return unknown(ask);
  }

  private Answer advance(Duration by) {
    clock.advance(by);
    return now();
  }

  private Answer now() {
    return Answer.json(200, tree().put("now", clock.now().toString()));
  }

  private static Optional<Duration> duration(Ask ask) {
    try {
      JsonNode body = JsonMapper.shared().readTree(ask.body());
      Duration by = Duration.parse(body.path("by").asString(""));
      return Optional.of(by).filter(d -> !d.isNegative() && d.compareTo(LONGEST) <= 0);
    } catch (JacksonException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Answer notADuration() {
    return refused(
        400, "not-a-duration", "`by` is a duration such as PT1H, not negative, at most ten years.");
  }

  static Answer unknown(Ask ask) {
    return refused(404, "no-such-call", ask.method() + " " + ask.path() + " is not known.");
  }

  static Answer refused(int status, String code, String message) {
    return refused(status, code, message, List.of());
  }

  /// @param known what would have been right
  static Answer refused(int status, String code, String message, List<String> known) {
    ObjectNode body = tree();
    ObjectNode error = body.putObject("error").put("code", code).put("message", message);
    ArrayNode right = error.putArray("known");
    known.forEach(right::add);
    return Answer.json(status, body);
  }

  static ObjectNode tree() {
    return JsonMapper.shared().createObjectNode();
  }
}
