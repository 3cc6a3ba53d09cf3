// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Subscriptions and resource groups: they are there unless an answer says that they are not.
record PlacePremises(Scene scene) implements Inference {
  private static final String SUBSCRIPTION = "Microsoft.Resources/subscriptions";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups";

  @Override
  public void before(Step step) {
    scene.elapse(Duration.ofSeconds(1));
    subscription(step);
    group(step);
  }

  private void subscription(Step step) {
    Optional<String> id = ArmPath.subscription(step.path());
    boolean gone = step.exchange().code().equals("SubscriptionNotFound");
    if (id.isPresent() && !gone && scene.store().find(id.get()).isEmpty()) {
      shown(step, id.get())
          .ifPresentOrElse(
              exchange -> scene.there(id.get(), SUBSCRIPTION, exchange.body()),
              () ->
                  scene
                      .cloud()
                      .azure()
                      .addSubscription(ArmPath.name(id.get()), "Example Subscription"));
    }
  }

  private void group(Step step) {
    Optional<String> id = ArmPath.group(step.path());
    if (id.isEmpty()) {
      return;
    }
    if (isGone(step, id.get())) {
      leave(id.get());
    } else if (scene.store().find(id.get()).isEmpty() && !isMade(step, id.get())) {
      appear(step, id.get());
    }
  }

  private boolean isGone(Step step, String id) {
    Exchange exchange = step.exchange();
    boolean itself = exchange.path().equalsIgnoreCase(id);
    return exchange.code().equals("ResourceGroupNotFound") || (itself && exchange.status() == 404);
  }

  /// A deletion that runs ends; a group of which nothing was seen leaves.
  private void leave(String id) {
    Optional<Stored> group = scene.store().find(id);
    group.flatMap(Stored::operation).map(Operation::doneAt).ifPresent(scene::elapseUntil);
    scene.store().remove(id);
  }

  private static boolean isMade(Step step, String id) {
    Exchange exchange = step.exchange();
    return exchange.method().equals("PUT")
        && exchange.path().equalsIgnoreCase(id)
        && exchange.status() == 201;
  }

  /// With the content that this answer or a later one shows.
  private void appear(Step step, String id) {
    String known = id.replaceFirst("(?i)/resourcegroups/", "/resourceGroups/");
    shown(step, known)
        .ifPresentOrElse(
            exchange ->
                scene.there(exchange.body().path("id").asString(known), GROUP, exchange.body()),
            () ->
                scene
                    .cloud()
                    .azure()
                    .addGroup(
                        ArmPath.name(known.substring(0, known.lastIndexOf("/resourceGroups"))),
                        ArmPath.name(known),
                        "westeurope"));
  }

  private static Optional<Exchange> shown(Step step, String id) {
    return Stream.concat(Stream.of(step.exchange()), step.later().stream())
        .filter(
            exchange ->
                exchange.path().toLowerCase(Locale.ROOT).endsWith(id.toLowerCase(Locale.ROOT)))
        .filter(exchange -> exchange.status() == 200 && exchange.body().has("id"))
        .findFirst();
  }
}
