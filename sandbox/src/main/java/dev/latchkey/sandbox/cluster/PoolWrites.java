// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What changes one pool: PUT and DELETE, each a long-running operation of its own.
///
/// All are called while no other thread works on the cluster.
record PoolWrites(Store store, ClusterWrites writes, Situations situations) {

  Answer put(Call call, Stored cluster) {
    Optional<ObjectNode> before = pool(call, ClusterShape.at(cluster, call.now()));
    return refusal(call, cluster)
        .orElseGet(() -> written(call, cluster, before.isPresent() ? "Updating" : "Creating"));
  }

  private Optional<Answer> refusal(Call call, Stored cluster) {
    return new ClusterChecks(situations).poolState(call, cluster, call.target().name());
  }

  private Answer written(Call call, Stored cluster, String state) {
    ApiVersion version = ApiVersion.of(call);
    ObjectNode tree = cluster.tree().deepCopy();
    PoolWork.settle(ClusterShape.properties(tree), call.now());
    PoolTree.write(ClusterShape.properties(tree), sent(call), version, situations.release());
    ObjectNode pool = pool(call, tree).orElseThrow();
    if (!pool.has("enableAutoScaling")) {
      pool.put("enableAutoScaling", false);
    }
    Defaults.fill(tree, version);
    Operation operation = begun(call, cluster, pool, state);
    Stored after = cluster.with(tree);
    store.put(after);
    int status = state.equals("Creating") ? 201 : 200;
    return writes.following(shown(status, call, after), call, after, operation);
  }

  /// The pool as a cluster's PUT would send it.
  private static ObjectNode sent(Call call) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode pool = body.putArray("agentPoolProfiles").addObject();
    Sent.merge(pool, call.body().path("properties"));
    pool.put("name", call.target().name());
    return body;
  }

  private Operation begun(Call call, Stored cluster, ObjectNode pool, String state) {
    ObjectNode alone = JsonMapper.shared().createObjectNode();
    alone.putObject("properties").putArray("agentPoolProfiles").add(pool.deepCopy());
    Operation operation = writes.begun(state + "AgentPool", cluster.id(), alone, call.now());
    PoolWork.begin(pool, state, operation);
    return operation;
  }

  private Answer shown(int status, Call call, Stored cluster) {
    ObjectNode shown = ClusterShape.shown(call, cluster, situations.release());
    return Answer.json(status, AgentPools.pool(cluster, pool(call, shown).orElseThrow()))
        .with("content-type", "application/json");
  }

  Answer delete(Call call, Stored cluster) {
    ObjectNode tree = cluster.tree().deepCopy();
    PoolWork.settle(ClusterShape.properties(tree), call.now());
    return pool(call, tree)
        .map(pool -> refusal(call, cluster).orElseGet(() -> leaving(call, cluster, tree, pool)))
        .orElseGet(() -> Answer.empty(204));
  }

  private Answer leaving(Call call, Stored cluster, ObjectNode tree, ObjectNode pool) {
    Operation operation = begun(call, cluster, pool, "Deleting");
    Stored after = cluster.with(tree);
    store.put(after);
    return writes.accepted(Answer.empty(202), call, after, operation);
  }

  private static Optional<ObjectNode> pool(Call call, ObjectNode tree) {
    return ClusterShape.properties(tree)
        .path("agentPoolProfiles")
        .valueStream()
        .filter(pool -> pool.path("name").asString("").equalsIgnoreCase(call.target().name()))
        .map(ObjectNode.class::cast)
        .findFirst();
  }
}
