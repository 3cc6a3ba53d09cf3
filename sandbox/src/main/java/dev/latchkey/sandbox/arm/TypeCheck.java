// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The second check: does ARM know this subscription, type and api-version?
final class TypeCheck {
  /// What the check found.
  sealed interface Finding {
    record Known(ResourceType type, Target target, String action, String apiVersion)
        implements Finding {}

    record Refused(Answer answer) implements Finding {}
  }

  private final Map<String, ResourceType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Store store;

  TypeCheck(Collection<? extends ResourceType> known, Store store) {
    known.forEach(type -> types.put(type.name(), type));
    this.store = store;
  }

  Finding of(Ask ask) {
    Optional<Target> sent = Target.of(ask.path());
    if (sent.isEmpty()) {
      return refused(404, "NotFound", "The resource '%s' was not found.".formatted(ask.path()));
    }
    String version = ask.parameter("api-version").orElse("");
    if (version.isEmpty()) {
      return refused(
          400,
          "MissingApiVersionParameter",
          "The api-version query parameter (?api-version=) is required for all requests.");
    }
    return missingSubscription(sent.get()).orElseGet(() -> known(ask, sent.get(), version));
  }

  private Optional<Finding> missingSubscription(Target target) {
    return target
        .subscription()
        .filter(id -> store.find("/subscriptions/" + id).isEmpty())
        .map(TypeCheck::subscriptionNotFound);
  }

  private static Finding subscriptionNotFound(String id) {
    return refused(
        404, "SubscriptionNotFound", "The subscription '%s' could not be found.".formatted(id));
  }

  private Finding known(Ask ask, Target target, String version) {
    boolean action = ask.method().equals("POST") && target.open() && target.types().size() > 1;
    Target resource = action ? target.withoutAction() : target;
    String word = action ? target.types().getLast() : "";
    ResourceType type = types.get(resource.type());
    if (type == null) {
      return unknownType(target, version);
    }
    if (!type.apiVersions().contains(version.toLowerCase(Locale.ROOT))) {
      return unknownVersion(type, version);
    }
    Optional<String> spelled = type.actions().stream().filter(word::equalsIgnoreCase).findFirst();
    if (action && spelled.isEmpty()) {
      return unknownType(target, version);
    }
    return new Finding.Known(type, resource, spelled.orElse(""), version);
  }

  private Finding unknownType(Target target, String version) {
    String provider = target.namespace() + "/";
    boolean known =
        types.keySet().stream()
            .anyMatch(name -> name.regionMatches(true, 0, provider, 0, provider.length()));
    return known
        ? refused(
            404,
            "InvalidResourceType",
            "The resource type '%s' could not be found in the namespace '%s' for api version '%s'."
                .formatted(String.join("/", target.types()), target.namespace(), version))
        : refused(
            404,
            "InvalidResourceNamespace",
            "The resource namespace '%s' is invalid.".formatted(target.namespace()));
  }

  private static Finding unknownVersion(ResourceType type, String version) {
    List<String> versions = type.apiVersions().stream().sorted().toList();
    return refused(
        400,
        "InvalidApiVersionParameter",
        "The api-version '%s' is invalid. The supported versions are '%s'."
            .formatted(version, String.join(",", versions)));
  }

  private static Finding refused(int status, String code, String message) {
    return new Finding.Refused(Refusal.byGateway(status, code, message));
  }
}
