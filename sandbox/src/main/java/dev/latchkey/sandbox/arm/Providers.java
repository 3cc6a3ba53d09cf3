// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/subscriptions/{id}/providers`: which resource providers there are, and whether a subscription
/// is registered for them. It is for those that the sandbox simulates.
public final class Providers implements ResourceType {
  private static final String NAME = "Microsoft.Resources/subscriptions/providers";
  private static final Duration REGISTRATION = Duration.ofSeconds(30);

  private final Store store;
  private final Addresses addresses;
  private final Pace pace;
  private final KnownProviders known = new KnownProviders();
  private final Map<String, List<ResourceType>> simulated =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /// The providers of all subscriptions, of which these types are simulated.
  public Providers(
      Store store, Addresses addresses, Pace pace, Collection<? extends ResourceType> types) {
    this.store = store;
    this.addresses = addresses;
    this.pace = pace;
    types.stream()
        .sorted(Comparator.comparing(ResourceType::name))
        .forEach(
            type ->
                simulated
                    .computeIfAbsent(namespace(type.name()), _ -> new ArrayList<>())
                    .add(type));
  }

  private static String namespace(String type) {
    return type.substring(0, type.indexOf('/'));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return ResourceGroups.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public Set<String> actions() {
    return Set.of("register", "unregister");
  }

  KnownProviders known() {
    return known;
  }

  /// Whether resources of a provider can be made in a subscription.
  boolean isRegistered(String subscriptionId, String namespace, Instant now) {
    return find("/subscriptions/" + subscriptionId, namespace)
        .map(provider -> state(provider, now).equals("Registered"))
        .orElse(false);
  }

  /// Whether somebody took back the registration for a provider, or waits for it to come.
  boolean isUnregistered(Target target, Instant now) {
    return target
        .subscription()
        .flatMap(id -> store.find("/subscriptions/" + id + "/providers/" + target.namespace()))
        .filter(provider -> !state(provider, now).equals("Registered"))
        .isPresent();
  }

  static Answer unregistered(String namespace) {
    return Refusal.byGateway(
        409,
        "MissingSubscriptionRegistration",
        "The subscription is not registered to use namespace '%s'. See https://aka.ms/rps-not-found for how to register subscriptions."
            .formatted(namespace));
  }

  @Override
  public Answer read(Call call) {
    return find(subscription(call), call.target().name())
        .map(provider -> Answer.json(200, shown(provider, call.now())))
        .orElseGet(() -> unknown(call));
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> all =
        known.all().stream()
            .flatMap(one -> find(subscription(call), one.namespace()).stream())
            .map(provider -> shown(provider, call.now()))
            .toList();
    return Pages.of(call, addresses, all);
  }

  @Override
  public Answer post(Call call) {
    return store.alone(
        call.target().path(),
        () ->
            find(subscription(call), call.target().name())
                .map(provider -> Answer.json(200, changed(call, provider)))
                .orElseGet(() -> unknown(call)));
  }

  private ObjectNode changed(Call call, Stored provider) {
    boolean register = call.action().equals("register");
    String wanted = register ? "Registered" : "Unregistered";
    if (state(provider, call.now()).equals(wanted)) {
      return shown(provider, call.now());
    }
    ObjectNode tree = provider.tree().deepCopy().put("registrationState", wanted);
    var operation =
        new Operation(
            "",
            register ? "Registering" : "Unregistering",
            call.now(),
            call.now().plus(pace.of(REGISTRATION)));
    Stored changed = provider.with(tree).with(operation);
    store.put(changed);
    return shown(changed, call.now());
  }

  private static ObjectNode shown(Stored provider, Instant now) {
    ObjectNode tree = provider.tree().deepCopy();
    return tree.put("registrationState", state(provider, now));
  }

  private static String state(Stored provider, Instant now) {
    return provider
        .operation()
        .filter(operation -> operation.runsAt(now))
        .map(Operation::state)
        .orElseGet(() -> provider.tree().path("registrationState").asString(""));
  }

  private static Answer unknown(Call call) {
    return Refusal.byGateway(
        404,
        "InvalidResourceNamespace",
        "The resource namespace '%s' is invalid.".formatted(call.target().name()));
  }

  /// As it was left by the last change, or as every subscription has it.
  private Optional<Stored> find(String subscription, String namespace) {
    return store
        .find(subscription + "/providers/" + namespace)
        .or(() -> known.find(namespace).map(provider -> untouched(subscription, provider)));
  }

  private Stored untouched(String subscription, KnownProviders.Provider provider) {
    String id = subscription + "/providers/" + provider.namespace();
    List<ResourceType> types = simulated.getOrDefault(provider.namespace(), List.of());
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("namespace", provider.namespace());
    ArrayNode list = tree.putArray("resourceTypes");
    types.stream()
        .filter(type -> type.home() != Home.SUBSCRIPTION)
        .forEach(type -> list.add(shown(type)));
    tree.put("registrationState", types.isEmpty() ? "NotRegistered" : "Registered");
    tree.put("registrationPolicy", isFree(provider) ? "RegistrationFree" : "RegistrationRequired");
    return Stored.of(id, NAME, tree);
  }

  /// Nobody registers for what every subscription has.
  private static boolean isFree(KnownProviders.Provider provider) {
    return Set.of("microsoft.authorization", "microsoft.resources")
        .contains(provider.namespace().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode shown(ResourceType type) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("resourceType", type.name().substring(type.name().indexOf('/') + 1));
    ArrayNode locations = tree.putArray("locations");
    boolean regional = type.home() == Home.GROUP;
    if (regional) {
      Region.all().forEach(region -> locations.add(region.displayName()));
    }
    ArrayNode versions = tree.putArray("apiVersions");
    type.apiVersions().stream().sorted(Comparator.reverseOrder()).forEach(versions::add);
    return tree.put("capabilities", regional ? "SupportsTags, SupportsLocation" : "None");
  }

  private static String subscription(Call call) {
    return "/subscriptions/" + call.target().subscription().orElse("");
  }
}
