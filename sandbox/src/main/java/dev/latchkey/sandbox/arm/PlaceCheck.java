// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The fifth check: do the resource group and the parent exist, and is the subscription registered?
final class PlaceCheck {
  private final Store store;
  private final Providers providers;

  PlaceCheck(Store store, Providers providers) {
    this.store = store;
    this.providers = providers;
  }

  Optional<Answer> refusal(ResourceType type, Call call) {
    return switch (type.home()) {
      case SUBSCRIPTION -> Optional.empty();
      case GROUP ->
          group(call.target())
              .or(() -> leaving(call))
              .or(() -> unregistered(call))
              .or(() -> parent(type, call));
      case ANY_SCOPE ->
          // what is gone has no assignments to delete: 204, not 404, as recorded
          call.ask().method().equals("DELETE")
              ? Optional.empty()
              : group(call.target()).or(() -> scope(call.target()));
    };
  }

  /// Nothing can be made or changed in a group that is being deleted.
  private Optional<Answer> leaving(Call call) {
    boolean changes = Set.of("PUT", "PATCH").contains(call.ask().method());
    return call.target()
        .group()
        .filter(_ -> changes)
        .flatMap(_ -> store.find(groupId(call.target())))
        .filter(group -> group.operation().filter(one -> one.runsAt(call.now())).isPresent())
        .map(group -> leaving(group.name()));
  }

  private Optional<Answer> unregistered(Call call) {
    return call.ask().method().equals("PUT") && providers.isUnregistered(call.target(), call.now())
        ? Optional.of(Providers.unregistered(call.target().namespace()))
        : Optional.empty();
  }

  static Answer leaving(String group) {
    return Refusal.byGateway(
        409,
        "ResourceGroupBeingDeleted",
        "The resource group '%s' is in deprovisioning state and cannot perform this operation."
            .formatted(group));
  }

  private Optional<Answer> group(Target target) {
    return target
        .group()
        .filter(_ -> store.find(groupId(target)).isEmpty())
        .map(
            name ->
                Refusal.byGateway(
                    404,
                    "ResourceGroupNotFound",
                    "Resource group '%s' could not be found.".formatted(name)));
  }

  private Optional<Answer> parent(ResourceType type, Call call) {
    return call.target()
        .parent()
        .filter(parent -> store.find(parent).isEmpty())
        .map(
            parent ->
                switch (type.missingParent()) {
                  case AS_PARENT -> orphaned(type, call, parent);
                  case AS_RESOURCE -> gone(parent);
                });
  }

  static Answer orphaned(ResourceType type, Call call, String parent) {
    return Refusal.byGateway(
        404,
        "ParentResourceNotFound",
        "Failed to perform '%s' on resource(s) of type '%s', because the parent resource '%s' could not be found."
            .formatted(verb(call), withoutProvider(type), parent));
  }

  private Optional<Answer> scope(Target target) {
    return topResource(target.scope()).filter(id -> store.find(id).isEmpty()).map(PlaceCheck::gone);
  }

  static Answer gone(String id) {
    return notFound(
        Target.of(id).orElseThrow(() -> new IllegalStateException("cut from a target")));
  }

  /// What ARM says of a resource that it does not know.
  static Answer notFound(Target target) {
    return Refusal.byGateway(
        404,
        "ResourceNotFound",
        "The Resource '%s/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
            .formatted(target.type(), target.name(), target.group().orElse("<null>")));
  }

  private static String groupId(Target target) {
    return "/subscriptions/%s/resourceGroups/%s"
        .formatted(target.subscription().orElse(""), target.group().orElse(""));
  }

  /// Of `/subscriptions/s/resourceGroups/g/providers/N/t/n/…` the first eight words.
  private static Optional<String> topResource(String scope) {
    String[] words = scope.split("/", -1);
    return words.length < 9
        ? Optional.empty()
        : Optional.of(String.join("/", Arrays.copyOf(words, 9)));
  }

  private static String withoutProvider(ResourceType type) {
    return type.name().substring(type.name().indexOf('/') + 1);
  }

  private static String verb(Call call) {
    return switch (call.ask().method()) {
      case "GET", "HEAD" -> "read";
      case "DELETE" -> "delete";
      case "POST" -> "action";
      default -> "write";
    };
  }
}
