// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.token.Keys;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The gateway of ARM: every request passes the same checks in the same order, then its type.
///
/// Token, then type and version, rights, rates, place, vetoes; the first that refuses gives the
/// answer.
public final class Arm implements Service {
  private static final DateTimeFormatter ROUTED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final TokenCheck token;
  private final TypeCheck type;
  private final RightCheck right;
  private final RateCheck rate;
  private final Disturbances disturbances = new Disturbances();
  private final PlaceCheck place;
  private final List<Veto> vetoes;
  private final CloudEndpoints endpoints;
  private final SandboxClock clock;
  private final Seed seed;

  /// A gateway to these types.
  public Arm(
      String tenantId,
      Keys keys,
      Addresses addresses,
      SandboxClock clock,
      Seed seed,
      Access access,
      Throttling throttling,
      Store store,
      Providers providers,
      Collection<? extends ResourceType> types,
      List<Veto> vetoes) {
    this.token = new TokenCheck(tenantId, keys, addresses, clock);
    this.type = new TypeCheck(types, providers, store);
    this.right = new RightCheck(access);
    this.rate = new RateCheck(throttling);
    this.place = new PlaceCheck(store, providers);
    this.vetoes = List.copyOf(vetoes);
    this.endpoints = new CloudEndpoints(addresses);
    this.clock = clock;
    this.seed = seed;
  }

  /// What disturbs the next requests.
  public Disturbances disturbances() {
    return disturbances;
  }

  @Override
  public Answer answer(Ask ask) {
    Answer answer = ask.path().equals(CloudEndpoints.PATH) ? endpoints.answer() : checked(ask);
    return marked(ask, answer);
  }

  private Answer checked(Ask ask) {
    return switch (token.of(ask)) {
      case TokenCheck.Finding.Refused(Answer answer) -> answer;
      case TokenCheck.Finding.Known(Caller caller) -> typed(ask, caller);
    };
  }

  private Answer typed(Ask ask, Caller caller) {
    return switch (type.of(ask)) {
      case TypeCheck.Finding.Refused(Answer answer) -> answer;
      case TypeCheck.Finding.Known known ->
          body(ask)
              .map(tree -> asked(known.type(), call(ask, caller, known, tree)))
              .orElseGet(Arm::unreadable);
    };
  }

  private Call call(Ask ask, Caller caller, TypeCheck.Finding.Known known, ObjectNode body) {
    return new Call(
        ask, known.target(), known.action(), known.apiVersion(), caller, clock.now(), body);
  }

  private Answer asked(ResourceType type, Call call) {
    return right
        .refusal(type, call)
        .or(() -> disturbances.answer(type, call))
        .orElseGet(() -> rated(type, call));
  }

  private Answer rated(ResourceType type, Call call) {
    return switch (rate.of(type, call)) {
      case RateCheck.Finding.Refused(Answer answer) -> answer;
      case RateCheck.Finding.Passed(Map<String, String> headers) -> {
        Answer answer =
            place
                .refusal(type, call)
                .or(() -> vetoed(type, call))
                .orElseGet(() -> right.seen(type, call, performed(type, call)));
        for (Map.Entry<String, String> header : headers.entrySet()) {
          answer = answer.with(header.getKey(), header.getValue());
        }
        yield answer;
      }
    };
  }

  private Optional<Answer> vetoed(ResourceType type, Call call) {
    return vetoes.stream().flatMap(veto -> veto.refusal(type, call).stream()).findFirst();
  }

  private static Answer performed(ResourceType type, Call call) {
    return switch (call.ask().method()) {
      case "GET" -> call.target().open() ? type.list(call) : type.read(call);
      case "HEAD" -> withoutBody(type.read(call));
      case "PUT" -> type.put(call);
      case "PATCH" -> type.patch(call);
      case "DELETE" -> type.delete(call);
      case "POST" -> type.post(call);
      default -> ResourceType.notAllowed(call);
    };
  }

  /// A resource that is there answers HEAD with 204.
  private static Answer withoutBody(Answer answer) {
    int status = answer.status() == 200 ? 204 : answer.status();
    return new Answer(status, answer.headers(), new Answer.Body.None());
  }

  /// The body as an object: an empty one when there is none, nothing when it is something else.
  private static Optional<ObjectNode> body(Ask ask) {
    if (ask.body().length == 0) {
      return Optional.of(JsonMapper.shared().createObjectNode());
    }
    try {
      return JsonMapper.shared().readTree(ask.body()) instanceof ObjectNode tree
          ? Optional.of(tree)
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Answer unreadable() {
    return Refusal.byGateway(
        400,
        "InvalidRequestContent",
        "The request content was invalid and could not be deserialized.");
  }

  private Answer marked(Ask ask, Answer answer) {
    String id = seed.uuid("request " + ask.method(), ask.path()).toString();
    String correlation = ask.header("x-ms-correlation-request-id").orElse(id);
    Instant now = clock.now();
    Answer marked =
        answer
            .with("Cache-Control", "no-cache")
            .with("x-ms-request-id", id)
            .with("x-ms-correlation-request-id", correlation)
            .with("x-ms-routing-request-id", "WESTEUROPE:" + ROUTED.format(now) + ":" + id);
    return ask.header("x-ms-client-request-id")
        .map(client -> marked.with("x-ms-client-request-id", client))
        .orElse(marked);
  }
}
