// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `…/resources`: what is in a subscription or a group, of all types, in few words.
public final class ResourceList implements ResourceType {
  /// Of what the resources are listed.
  public enum Of {
    /// A subscription.
    SUBSCRIPTION("Microsoft.Resources/subscriptions/resources", Home.SUBSCRIPTION),
    /// One resource group.
    GROUP("Microsoft.Resources/subscriptions/resourceGroups/resources", Home.GROUP);

    private final String type;
    private final Home home;

    Of(String type, Home home) {
      this.type = type;
      this.home = home;
    }
  }

  private static final List<String> COMMON =
      List.of(
          "kind", "managedBy", "location", "extendedLocation", "identity", "sku", "plan", "zones");

  private final Of of;
  private final Store store;
  private final Addresses addresses;
  private final SandboxClock clock;

  /// The list of one kind of scope.
  public ResourceList(Of of, Store store, Addresses addresses, SandboxClock clock) {
    this.of = of;
    this.store = store;
    this.addresses = addresses;
    this.clock = clock;
  }

  @Override
  public String name() {
    return of.type;
  }

  @Override
  public Set<String> apiVersions() {
    return ResourceGroups.VERSIONS;
  }

  @Override
  public Rights rights() {
    return Rights.BY_ROLE_LISTING_THE_SEEN;
  }

  @Override
  public Home home() {
    return of.home;
  }

  @Override
  public Answer list(Call call) {
    var filter = new Filter(call.query("$filter"));
    String path = call.target().path();
    String scope = path.substring(0, path.lastIndexOf('/'));
    List<ObjectNode> found =
        store.below(scope).stream()
            .filter(resource -> isTracked(resource))
            .filter(resource -> matches(filter, resource))
            .map(resource -> brief(call, resource))
            .toList();
    return Pages.of(call, addresses, found);
  }

  private static boolean isTracked(Stored resource) {
    return resource.tree().has("location") && !resource.type().equals(ResourceGroups.NAME);
  }

  private static boolean matches(Filter filter, Stored resource) {
    JsonNode tags = resource.tree().path("tags");
    return equals(filter, "resourceType", resource.type())
        && equals(filter, "name", resource.name())
        && equals(filter, "location", resource.tree().path("location").asString(""))
        && equals(filter, "resourceGroup", group(resource))
        && filter.equal("tagName").map(name -> tagged(filter, tags, name)).orElse(true);
  }

  private static boolean equals(Filter filter, String property, String value) {
    return filter.equal(property).map(value::equalsIgnoreCase).orElse(true);
  }

  private static boolean tagged(Filter filter, JsonNode tags, String name) {
    return tags.has(name)
        && filter.equal("tagValue").map(tags.path(name).asString("")::equals).orElse(true);
  }

  private static String group(Stored resource) {
    String[] words = resource.id().split("/", -1);
    return words.length > 4 ? words[4] : "";
  }

  /// The members that all types have in common; what `$expand` names beside them.
  private ObjectNode brief(Call call, Stored resource) {
    JsonNode whole = resource.tree();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", resource.id().replaceFirst("/resourcegroups/", "/resourceGroups/"));
    tree.put("name", resource.name()).put("type", resource.type());
    for (String member : COMMON) {
      if (whole.has(member)) {
        tree.set(member, whole.path(member));
      }
    }
    List.of(call.query("$expand").split(",", -1))
        .forEach(member -> expanded(member.strip(), resource, tree));
    if (whole.has("tags")) {
      tree.set("tags", whole.path("tags"));
    }
    return tree;
  }

  private void expanded(String member, Stored resource, ObjectNode tree) {
    switch (member) {
      case "createdTime", "changedTime" -> {
        JsonNode date = resource.tree().path(member);
        if (date.isString()) {
          tree.set(member, date);
        }
      }
      case "provisioningState" ->
          tree.put(
              member,
              resource
                  .operation()
                  .map(operation -> operation.stateAt(clock.now()))
                  .orElse(
                      resource.tree().at("/properties/provisioningState").asString("Succeeded")));
      default -> {
        // ARM overlooks what it does not know
      }
    }
  }
}
