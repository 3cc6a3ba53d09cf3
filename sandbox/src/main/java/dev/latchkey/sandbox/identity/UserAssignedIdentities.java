// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.limit.Bucket;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Managed identities. A new one is there at once; its principal shows up in the directory later.
public final class UserAssignedIdentities implements ResourceType {
  static final String NAME = "Microsoft.ManagedIdentity/userAssignedIdentities";

  static final Set<String> VERSIONS =
      Set.of(
          "2015-08-31-preview",
          "2018-11-30",
          "2021-09-30-preview",
          "2022-01-31-preview",
          "2023-01-31",
          "2023-07-31-preview",
          "2024-11-30",
          "2025-01-31-preview",
          "2025-05-31-preview",
          "2026-04-30",
          "2026-05-31");

  private static final int PAGE = 1000;
  private static final String VALID_NAME = "[A-Za-z0-9][A-Za-z0-9_-]{2,127}";

  private final Store store;
  private final Directory directory;
  private final Lags lags;
  private final Seed seed;
  private final Addresses addresses;
  private final String tenantId;

  /// The identities of a tenant.
  public UserAssignedIdentities(
      Store store,
      Directory directory,
      Lags lags,
      Seed seed,
      Addresses addresses,
      String tenantId) {
    this.store = store;
    this.directory = directory;
    this.lags = lags;
    this.seed = seed;
    this.addresses = addresses;
    this.tenantId = tenantId;
    store.onFarewell(this::leave);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return VERSIONS;
  }

  @Override
  public Home home() {
    return Home.GROUP;
  }

  @Override
  public Set<String> actions() {
    return Set.of("listAssociatedResources");
  }

  @Override
  public List<Limit> limits(Call call) {
    return limits(call, call.target().path());
  }

  /// The provider's buckets, shared by identities and their credentials: of the tenant, of the
  /// subscription, and of the one identity.
  static List<Limit> limits(Call call, String identity) {
    return switch (call.ask().method()) {
      case "GET", "HEAD" ->
          call.target().open()
              ? limits(call, identity, new Rate("list", 15, 5, 0.25))
              : limits(call, identity, new Rate("get", 30, 10, 0.5));
      case "PUT", "PATCH" -> limits(call, identity, new Rate("write", 10, 2, 0.25));
      case "DELETE" -> limits(call, identity, new Rate("delete", 10, 2, 0.25));
      default -> List.of();
    };
  }

  /// How many requests of a kind a second.
  ///
  /// @see <a
  ///   href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations">limits</a>
  private record Rate(String kind, int ofTenant, int ofSubscription, double ofOne) {}

  private static List<Limit> limits(Call call, String identity, Rate rate) {
    String subscription = call.target().subscription().orElse("").toLowerCase(Locale.ROOT);
    String identityId = identity.toLowerCase(Locale.ROOT);
    Limit ofTenant = limit(rate.kind() + ":tenant", rate.ofTenant(), rate.ofTenant());
    Limit ofAll =
        limit(rate.kind() + ":" + subscription, rate.ofSubscription(), rate.ofSubscription());
    return identityId.contains("/userassignedidentities/")
        ? List.of(ofTenant, ofAll, limit(rate.kind() + ":" + identityId, 1, rate.ofOne()))
        : List.of(ofTenant, ofAll);
  }

  private static Limit limit(String key, int burst, double perSecond) {
    return new Limit(
        new Bucket("identity:" + key, burst, perSecond), new Limit.Overflow.Provider());
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(identity -> Answer.json(200, identity.tree()))
        .orElseGet(() -> Answers.notFound(call));
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> all =
        store.below(Answers.scope(call), NAME).stream().map(Stored::tree).toList();
    return Pages.of(call, addresses, all);
  }

  @Override
  public Answer put(Call call) {
    if (!call.target().name().matches(VALID_NAME)) {
      return Refusal.of(
          400,
          "InvalidResourceName",
          "The resource name '%s' is invalid. It must be 3 to 128 letters, digits, hyphens and underscores, and begin with a letter or digit."
              .formatted(call.target().name()));
    }
    if (call.body().path("location").asString("").isBlank()) {
      return Refusal.byGateway(
          400, "LocationRequired", "The location property is required for this definition.");
    }
    return store.alone(
        call.target().path(),
        () ->
            store
                .find(call.target().path())
                .map(identity -> updated(call, identity))
                .orElseGet(() -> created(call)));
  }

  private Answer created(Call call) {
    String id = Answers.id(call, store, NAME, "resourcegroups");
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", call.target().name()).put("type", NAME);
    tree.set("location", call.body().path("location"));
    tree.set("tags", tags(call.body()).orElseGet(JsonMapper.shared()::createObjectNode));
    String objectId = seed.uuid("principal", id).toString();
    String clientId = seed.uuid("client", id).toString();
    tree.putObject("properties")
        .put("tenantId", tenantId)
        .put("principalId", objectId)
        .put("clientId", clientId);
    directory.add(
        new Principal(
            objectId,
            clientId,
            tenantId,
            call.target().name(),
            Optional.of(id),
            lags.noticed(Lags.Lag.PRINCIPAL, id)));
    store.put(Stored.of(id, NAME, tree));
    return Answer.json(201, tree).with("location", id);
  }

  private Answer updated(Call call, Stored identity) {
    String there = identity.tree().path("location").asString("");
    String wanted = call.body().path("location").asString("");
    if (!there.equalsIgnoreCase(wanted)) {
      return Refusal.byGateway(
          409,
          "InvalidResourceLocation",
          "The resource '%s' already exists in location '%s' in resource group '%s'. A resource with the same name cannot be created in location '%s'. Please select a new resource name."
              .formatted(identity.name(), there, call.target().group().orElse(""), wanted));
    }
    return tagged(identity, tags(call.body()).orElseGet(JsonMapper.shared()::createObjectNode));
  }

  @Override
  public Answer patch(Call call) {
    return store.alone(
        call.target().path(),
        () ->
            store
                .find(call.target().path())
                .map(
                    identity ->
                        tagged(
                            identity,
                            tags(call.body())
                                .orElseGet(
                                    () -> (ObjectNode) identity.tree().path("tags").deepCopy())))
                .orElseGet(() -> Answers.notFound(call)));
  }

  private Answer tagged(Stored identity, ObjectNode tags) {
    ObjectNode tree = identity.tree().deepCopy();
    tree.set("tags", tags);
    store.put(identity.with(tree));
    return Answer.json(200, tree);
  }

  private static Optional<ObjectNode> tags(ObjectNode body) {
    return body.path("tags") instanceof ObjectNode tags
        ? Optional.of(tags.deepCopy())
        : Optional.empty();
  }

  @Override
  public Answer delete(Call call) {
    if (store.find(call.target().path()).isEmpty()) {
      return Answer.empty(204);
    }
    store.remove(call.target().path());
    return Answer.empty(200);
  }

  @Override
  public Answer post(Call call) {
    if (store.find(call.target().path()).isEmpty()) {
      return Answers.notFound(call);
    }
    return Answer.json(
        200,
        new AssociatedResources(store)
            .of(call.target().path(), number(call, "$skip", 0), number(call, "$top", PAGE)));
  }

  private static int number(Call call, String parameter, int otherwise) {
    String text = call.query(parameter);
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
  }

  /// The principal goes with its identity; assignments that name it stay.
  private void leave(Stored gone) {
    if (gone.type().equals(NAME)) {
      directory.remove(gone.tree().path("properties").path("principalId").asString(""));
    }
  }
}
