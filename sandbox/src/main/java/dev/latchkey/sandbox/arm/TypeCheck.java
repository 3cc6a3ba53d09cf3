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
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The second check: does ARM know this subscription, type and api-version?
final class TypeCheck {
  /// What the check found.
  sealed interface Finding {
    record Known(ResourceType type, Target target, String action, String apiVersion)
        implements Finding {}

    record Refused(Answer answer) implements Finding {}
  }

  private static final String DATED = "\\d{4}-\\d\\d-\\d\\d(-[a-zA-Z]+)?";

  private final Map<String, ResourceType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Providers providers;
  private final Store store;

  TypeCheck(Collection<? extends ResourceType> known, Providers providers, Store store) {
    known.forEach(type -> types.put(type.name(), type));
    types.put(providers.name(), providers);
    this.providers = providers;
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
      return unsimulated(resource, word, version);
    }
    if (!speaks(type, version)) {
      return unknownVersion(ask, type, resource, version);
    }
    Optional<String> spelled = type.actions().stream().filter(word::equalsIgnoreCase).findFirst();
    if (action && spelled.isEmpty()) {
      return unsimulated(target, "", version);
    }
    return new Finding.Known(type, resource, spelled.orElse(""), version);
  }

  private static boolean speaks(ResourceType type, String version) {
    return type.apiVersions().contains(version.toLowerCase(Locale.ROOT));
  }

  private Finding unsimulated(Target target, String action, String version) {
    return switch (providers.known().standing(target)) {
      case NOT_SIMULATED ->
          new Finding.Known(
              new UnsimulatedType(target.type(), home(target), providers), target, action, version);
      case REFUSED_BY_PROVIDER ->
          new Finding.Known(new RefusedType(target.type()), target, action, version);
      case NO_TYPE ->
          refused(
              404,
              "InvalidResourceType",
              "The resource type could not be found in the namespace '%s' for api version '%s'."
                  .formatted(target.namespace(), version));
      case NO_PROVIDER ->
          refused(
              404,
              "InvalidResourceNamespace",
              "The resource namespace '%s' is invalid.".formatted(target.namespace()));
    };
  }

  private static ResourceType.Home home(Target target) {
    return target.group().isPresent() ? ResourceType.Home.GROUP : ResourceType.Home.SUBSCRIPTION;
  }

  /// Where Azure knows the region, it looks for a provider there; otherwise it knows no such type.
  private Finding unknownVersion(Ask ask, ResourceType type, Target target, String version) {
    List<String> versions = type.apiVersions().stream().sorted().toList();
    if (target.namespace().equalsIgnoreCase(Target.RESOURCES) || !version.matches(DATED)) {
      return refused(
          400,
          "InvalidApiVersionParameter",
          "The api-version '%s' is invalid. The supported versions are '%s'."
              .formatted(version, String.join(",", ResourceGroups.NEWEST_FIRST)));
    }
    Optional<String> location =
        type.home() == ResourceType.Home.GROUP ? location(ask, target) : Optional.empty();
    String name = type.name().substring(type.name().indexOf('/') + 1);
    return location
        .map(region -> notThere(region, name, version, versions))
        .orElseGet(
            () ->
                refused(
                    404,
                    "InvalidResourceType",
                    "The resource type '%s' could not be found in the namespace '%s' for api version '%s'. The supported api-versions are '%s'."
                        .formatted(name, target.namespace(), version, String.join(",", versions))));
  }

  private static Finding notThere(
      String region, String type, String version, List<String> versions) {
    return refused(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '%s' and API version '%s' for type '%s'. The supported api-versions are '%s'. The supported locations are '%s'."
            .formatted(
                region,
                version,
                type,
                String.join(", ", versions),
                Region.all().stream().map(Region::name).collect(Collectors.joining(", "))));
  }

  /// Of the resource that is there, or of the one that is sent.
  private Optional<String> location(Ask ask, Target target) {
    return store
        .find(target.path())
        .map(resource -> resource.tree().path("location").asString(""))
        .or(() -> Optional.of(sentLocation(ask)))
        .filter(region -> !region.isEmpty());
  }

  private static String sentLocation(Ask ask) {
    try {
      return JsonMapper.shared().readTree(ask.body()).path("location").asString("");
    } catch (JacksonException e) {
      return ""; // what is wrong with the body is said later
    }
  }

  private static Finding refused(int status, String code, String message) {
    return new Finding.Refused(Refusal.byGateway(status, code, message));
  }
}
