// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;
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

  private final Of of;
  private final Store store;
  private final Addresses addresses;

  /// The list of one kind of scope.
  public ResourceList(Of of, Store store, Addresses addresses) {
    this.of = of;
    this.store = store;
    this.addresses = addresses;
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
            .map(ResourceList::brief)
            .toList();
    return Pages.of(call, addresses, found);
  }

  private static boolean isTracked(Stored resource) {
    return resource.tree().has("location") && !resource.type().equals(ResourceGroups.NAME);
  }

  private static boolean matches(Filter filter, Stored resource) {
    return filter.equal("resourceType").map(resource.type()::equalsIgnoreCase).orElse(true)
        && filter.equal("name").map(resource.name()::equalsIgnoreCase).orElse(true);
  }

  private static ObjectNode brief(Stored resource) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", resource.id().replaceFirst("/resourcegroups/", "/resourceGroups/"));
    tree.put("name", resource.name()).put("type", resource.type());
    tree.set("location", resource.tree().path("location"));
    tree.set(
        "tags",
        resource.tree().has("tags")
            ? resource.tree().path("tags")
            : JsonMapper.shared().createObjectNode());
    return tree;
  }
}
