// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The node pools of a cluster: they are kept in the cluster's own tree.
final class AgentPools implements ResourceType {
  private static final String NAME = ManagedClusters.NAME + "/agentPools";

  private final Store store;
  private final Addresses addresses;
  private final Situations situations;
  private final PoolWrites writes;

  AgentPools(Store store, Addresses addresses, Situations situations, PoolWrites writes) {
    this.store = store;
    this.addresses = addresses;
    this.situations = situations;
    this.writes = writes;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return ApiVersion.ALL;
  }

  @Override
  public Home home() {
    return Home.GROUP;
  }

  @Override
  public MissingParent missingParent() {
    return MissingParent.AS_RESOURCE;
  }

  @Override
  public List<Limit> limits(Call call) {
    return ClusterLimits.ofPools(call);
  }

  @Override
  public Answer read(Call call) {
    return pools(call).stream()
        .filter(pool -> pool.path("name").asString("").equalsIgnoreCase(call.target().name()))
        .findFirst()
        .map(pool -> Answer.json(200, pool).with("content-type", "application/json"))
        .orElseGet(() -> missing(call));
  }

  private static Answer missing(Call call) {
    return AksError.behind(
        404,
        "NotFound",
        "NotFound desc = Agent Pool not found",
        "Could not find the agentpool: %s in subscription: %s, resourceGroup: %s, resourceName: %s."
            .formatted(
                call.target().name(),
                call.target().subscription().orElse(""),
                call.target().group().orElse(""),
                call.target().names().getFirst()),
        "GetAgentPool_NotFound_HCPServerError");
  }

  @Override
  public Answer list(Call call) {
    return Pages.of(call, addresses, pools(call)).with("content-type", "application/json");
  }

  @Override
  public Answer put(Call call) {
    return store.alone(cluster(call).id(), () -> writes.put(call, cluster(call)));
  }

  @Override
  public Answer delete(Call call) {
    return store.alone(cluster(call).id(), () -> writes.delete(call, cluster(call)));
  }

  private Stored cluster(Call call) {
    return call.target()
        .parent()
        .flatMap(store::find)
        .orElseThrow(() -> new IllegalStateException("the gateway looked for the parent before"));
  }

  private List<ObjectNode> pools(Call call) {
    Stored cluster = cluster(call);
    ObjectNode tree = ClusterShape.shown(call, cluster, situations.release());
    return tree.path("properties")
        .path("agentPoolProfiles")
        .valueStream()
        .map(pool -> pool(cluster, pool))
        .toList();
  }

  static ObjectNode pool(Stored cluster, JsonNode profile) {
    String name = profile.path("name").asString("");
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", cluster.id() + "/agentPools/" + name).put("name", name).put("type", NAME);
    ObjectNode properties = (ObjectNode) profile.deepCopy();
    properties.remove("name");
    tree.set("properties", properties);
    return tree;
  }
}
