// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Resource groups. Deleting one takes a while, and takes all that is in it along.
public final class ResourceGroups implements ResourceType {
  static final String NAME = "Microsoft.Resources/subscriptions/resourceGroups";

  /// In the order in which ARM's errors name them.
  static final List<String> NEWEST_FIRST =
      TextTable.lines(ResourceGroups.class, "api-versions.txt");

  static final Set<String> VERSIONS = Set.copyOf(NEWEST_FIRST);

  private static final Duration DELETION = Duration.ofSeconds(60);

  private final Store store;
  private final Addresses addresses;
  private final Pace pace;
  private final Seed seed;

  /// The groups of all subscriptions.
  public ResourceGroups(Store store, Addresses addresses, Pace pace, Seed seed) {
    this.store = store;
    this.addresses = addresses;
    this.pace = pace;
    this.seed = seed;
  }

  /// Adds a group.
  public void add(String subscriptionId, String name, String location) {
    String id = "/subscriptions/" + subscriptionId + "/resourceGroups/" + name;
    ObjectNode body = JsonMapper.shared().createObjectNode().put("location", location);
    store.put(Stored.of(id, NAME, tree(id, name, body)));
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
  public Rights rights() {
    return Rights.BY_ROLE_LISTING_THE_SEEN;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(group -> Answer.json(200, shown(group, call.now())))
        .orElseGet(() -> missing(call));
  }

  @Override
  public Answer list(Call call) {
    var filter = new Filter(call.query("$filter"));
    List<ObjectNode> groups =
        store.below(subscription(call), NAME).stream()
            .map(group -> shown(group, call.now()))
            .filter(group -> matches(filter, group.path("tags")))
            .toList();
    return Pages.of(call, addresses, groups);
  }

  private static boolean matches(Filter filter, JsonNode tags) {
    Optional<String> name = filter.equal("tagName");
    Optional<String> value = filter.equal("tagValue");
    return name.isEmpty()
        || (tags.has(name.get())
            && value.map(tags.path(name.get()).asString("")::equals).orElse(true));
  }

  @Override
  public Answer put(Call call) {
    return GroupWish.refusal(call)
        .orElseGet(() -> store.alone(call.target().path(), () -> written(call)));
  }

  private Answer written(Call call) {
    Optional<Stored> before = store.find(call.target().path());
    String wanted = GroupWish.location(call.body());
    String located = before.map(group -> group.tree().path("location").asString("")).orElse(wanted);
    if (!located.equalsIgnoreCase(wanted)) {
      return Refusal.byGateway(
          409,
          "InvalidResourceGroupLocation",
          "Invalid resource group location '%s'. The Resource group already exists in location '%s'."
              .formatted(wanted, located));
    }
    String id =
        before
            .map(Stored::id)
            .orElse(subscription(call) + "/resourceGroups/" + call.target().name());
    String name = id.substring(id.lastIndexOf('/') + 1);
    if (before.flatMap(Stored::operation).filter(one -> one.runsAt(call.now())).isPresent()) {
      return PlaceCheck.leaving(name);
    }
    Stored group = Stored.of(id, NAME, tree(id, name, call.body()));
    store.put(group);
    return Answer.json(before.isPresent() ? 200 : 201, shown(group, call.now()));
  }

  private static ObjectNode tree(String id, String name, ObjectNode body) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", name).put("type", "Microsoft.Resources/resourceGroups");
    tree.put("location", GroupWish.location(body));
    if (body.has("managedBy")) {
      tree.set("managedBy", body.path("managedBy"));
    }
    if (body.has("tags")) {
      tree.set("tags", body.path("tags").deepCopy());
    }
    tree.putObject("properties").put("provisioningState", "Succeeded");
    return tree;
  }

  @Override
  public Answer patch(Call call) {
    return store.alone(
        call.target().path(),
        () ->
            store
                .find(call.target().path())
                .map(group -> tagged(call, group))
                .orElseGet(() -> missing(call)));
  }

  private Answer tagged(Call call, Stored group) {
    ObjectNode tree = group.tree().deepCopy();
    if (call.body().has("tags")) {
      tree.set("tags", call.body().path("tags").deepCopy());
    }
    store.put(group.with(tree));
    return Answer.json(200, tree);
  }

  @Override
  public Answer delete(Call call) {
    return store
        .find(call.target().path())
        .map(group -> leaving(call, group))
        .orElseGet(() -> missing(call));
  }

  private Answer leaving(Call call, Stored group) {
    Operation operation =
        group
            .operation()
            .filter(running -> running.runsAt(call.now()))
            .orElseGet(() -> deletion(group, call.now()));
    store.putLeaving(group.with(operation), operation.doneAt());
    return GroupDeletions.follow(addresses, seed, call, operation);
  }

  private Operation deletion(Stored group, Instant now) {
    return new Operation(
        GroupDeletions.id(group, seed), "Deleting", now, now.plus(pace.of(DELETION)));
  }

  private static Answer missing(Call call) {
    return Refusal.byGateway(
        404,
        "ResourceGroupNotFound",
        "Resource group '%s' could not be found.".formatted(call.target().name()));
  }

  private static ObjectNode shown(Stored group, Instant now) {
    Optional<Operation> running = group.operation().filter(operation -> operation.runsAt(now));
    if (running.isEmpty()) {
      return group.tree();
    }
    ObjectNode tree = group.tree().deepCopy();
    tree.putObject("properties").put("provisioningState", running.get().state());
    return tree;
  }

  private static String subscription(Call call) {
    return "/subscriptions/" + call.target().subscription().orElse("");
  }
}
