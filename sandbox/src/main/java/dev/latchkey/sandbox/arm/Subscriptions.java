// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.access.RoleAccess;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/subscriptions` and `/subscriptions/{id}`: a caller sees those in which it holds some role.
public final class Subscriptions implements ResourceType {
  static final String NAME = "Microsoft.Resources/subscriptions";

  private final Store store;
  private final RoleAccess access;
  private final String tenantId;

  /// The subscriptions of a tenant.
  public Subscriptions(Store store, RoleAccess access, String tenantId) {
    this.store = store;
    this.access = access;
    this.tenantId = tenantId;
  }

  /// Adds a subscription.
  public void add(String id, String displayName) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", "/subscriptions/" + id).put("authorizationSource", "RoleBased");
    tree.putArray("managedByTenants");
    tree.putObject("tags");
    tree.put("subscriptionId", id).put("tenantId", tenantId);
    tree.put("displayName", displayName).put("state", "Enabled");
    tree.putObject("subscriptionPolicies")
        .put("locationPlacementId", "Public_2014-09-01")
        .put("quotaId", "PayAsYouGo_2014-09-01")
        .put("spendingLimit", "Off");
    store.put(Stored.of("/subscriptions/" + id, NAME, tree));
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
  public Rights rights() {
    return Rights.ANY_TOKEN;
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .filter(subscription -> seenBy(call.caller(), subscription))
        .map(subscription -> Answer.json(200, shown(call, subscription)))
        .orElseGet(() -> hidden(call));
  }

  private static Answer hidden(Call call) {
    return Refusal.byGateway(
        403,
        "AuthorizationFailed",
        "The client '%s' with object id '%s' does not have authorization to perform action 'Microsoft.Resources/subscriptions/read' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
            .formatted(call.caller().clientId(), call.caller().objectId(), call.target().path()));
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> seen =
        store.below("/subscriptions", NAME).stream()
            .filter(subscription -> seenBy(call.caller(), subscription))
            .map(subscription -> shown(call, subscription))
            .toList();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putArray("value").addAll(seen);
    tree.putObject("count").put("type", "Total").put("value", seen.size());
    return Answer.json(200, tree);
  }

  /// Older versions do not know whose managing tenants and tags.
  private static ObjectNode shown(Call call, Stored subscription) {
    ObjectNode tree = subscription.tree().deepCopy();
    if (!call.since("2019-06-01")) {
      tree.remove(List.of("managedByTenants", "tags"));
    }
    return tree;
  }

  private boolean seenBy(Caller caller, Stored subscription) {
    var wish =
        new Access.Wish(
            caller.objectId(),
            "Microsoft.Resources/subscriptions/read",
            Access.Plane.MANAGEMENT,
            subscription.id(),
            Map.of());
    return access.allowing(wish).isPresent() || holdsBelow(caller, subscription);
  }

  private boolean holdsBelow(Caller caller, Stored subscription) {
    String prefix = subscription.id() + "/";
    return access.held(caller.objectId()).stream()
        .anyMatch(
            assignment -> assignment.scope().regionMatches(true, 0, prefix, 0, prefix.length()));
  }
}
