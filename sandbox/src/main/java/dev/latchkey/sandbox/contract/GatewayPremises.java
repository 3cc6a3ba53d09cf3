// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Disturbance;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the gateway itself knows: resource providers, deletions of groups that run, and what
/// disturbs a request on its way.
record GatewayPremises(Scene scene) implements Inference {
  private static final String GROUP = "Microsoft.Resources/subscriptions/resourceGroups";
  private static final String PROVIDER = "Microsoft.Resources/subscriptions/providers";
  private static final String RESULT = "Microsoft.Resources/subscriptions/operationresults";
  private static final Pattern CALLER = Pattern.compile("try again after '(\\d+)' seconds");
  private static final Pattern ACTION =
      Pattern.compile(
          "exceeded the limit of '(\\d+)' for time interval '([\\d:]+)'.*after '(\\d+)' seconds");

  @Override
  public void before(Step step) {
    Exchange exchange = step.exchange();
    disturbance(exchange).ifPresent(scene.cloud().azure().disturbances()::add);
    if (exchange.concerns(PROVIDER) && exchange.succeeded()) {
      providers(step);
    }
    if (exchange.concerns(RESULT) && exchange.status() == 200) {
      finishDeletions();
    }
  }

  private static Optional<Disturbance> disturbance(Exchange exchange) {
    return switch (exchange.code()) {
      case "GatewayTimeout" -> Optional.of(new Disturbance.NoAnswer());
      case "SubscriptionRequestsThrottled" ->
          found(CALLER, exchange).map(said -> new Disturbance.CallerThrottled(seconds(said, 1)));
      case "ResourceRequestsThrottled" ->
          found(ACTION, exchange)
              .map(
                  said ->
                      new Disturbance.ActionThrottled(
                          Integer.parseInt(said.group(1)),
                          Duration.ofSeconds(LocalTime.parse(said.group(2)).toSecondOfDay()),
                          seconds(said, 3)));
      default -> Optional.empty();
    };
  }

  private static Optional<Matcher> found(Pattern pattern, Exchange exchange) {
    return Optional.of(pattern.matcher(exchange.message())).filter(Matcher::find);
  }

  private static Duration seconds(Matcher said, int group) {
    return Duration.ofSeconds(Long.parseLong(said.group(group)));
  }

  private void providers(Step step) {
    JsonNode body = step.exchange().body();
    if (body.path("value").isArray()) {
      body.path("value").forEach(provider -> provider(provider, before(provider)));
    } else if (body.has("namespace")) {
      provider(body, before(body));
    }
  }

  /// The state from which the request made the one that was answered.
  private static String before(JsonNode provider) {
    String after = provider.path("registrationState").asString("");
    return switch (after) {
      case "Registering" -> "NotRegistered";
      case "Unregistering" -> "Registered";
      default -> after;
    };
  }

  private void provider(JsonNode body, String state) {
    String id = body.path("id").asString("");
    if (id.isEmpty() || scene.store().find(id).isPresent()) {
      return;
    }
    scene.bindings().known(body.toString());
    ObjectNode tree = ((ObjectNode) body.deepCopy()).put("registrationState", state);
    scene.store().put(Stored.of(id, PROVIDER, tree));
  }

  private void finishDeletions() {
    scene.store().below("/subscriptions", GROUP).stream()
        .flatMap(group -> group.operation().stream())
        .map(Operation::doneAt)
        .forEach(scene::elapseUntil);
  }
}
