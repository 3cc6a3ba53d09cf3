// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Answer;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What changes a cluster: PUT, PATCH, DELETE. Each but the change of tags begins an operation.
///
/// All are called while no other thread works on the cluster.
final class ClusterWrites {
  private final Store store;
  private final SandboxClock clock;
  private final Seed seed;
  private final ClusterTree trees;
  private final ClusterChecks checks;
  private final Wish wish;
  private final Durations durations;
  private final Operations operations;
  private final ClusterDates dates;
  private final Situations situations;

  ClusterWrites(
      AzureWorld world,
      Store store,
      Operations operations,
      ClusterDates dates,
      Situations situations) {
    this.store = store;
    this.clock = world.clock();
    this.seed = world.seed();
    this.trees = new ClusterTree(store, world.seed(), world.addresses(), world.tenantId());
    this.checks = new ClusterChecks(situations);
    this.wish = new Wish(situations, world.directory(), world.tenantId());
    this.durations = new Durations(world.pace(), world.seed());
    this.operations = operations;
    this.dates = dates;
    this.situations = situations;
  }

  Answer put(Call call) {
    Optional<Stored> before = store.find(call.target().path());
    return checks
        .tag(call, before)
        .or(() -> before.flatMap(cluster -> checks.state(call, cluster)))
        .or(() -> wish.refusal(call, before))
        .or(() -> network(call, before))
        .orElseGet(
            () -> before.map(cluster -> updated(call, cluster)).orElseGet(() -> created(call)));
  }

  /// AKS looks at the network of the nodes, which another provider keeps.
  private Optional<Answer> network(Call call, Optional<Stored> before) {
    String id = before.map(Stored::id).orElseGet(() -> id(call));
    return situations
        .unreadableNetwork(id)
        .map(
            name ->
                AksError.of(
                        situations.release(),
                        500,
                        "GetVnetError",
                        "Get virtual network failed. Subscription: %s; resource group: %s; virtual network name: %s"
                            .formatted(
                                call.target().subscription().orElse(""), nodes(call, id), name))
                    .with("x-ms-failure-cause", "service"));
  }

  private static String nodes(Call call, String id) {
    return "MC_%s_%s_%s"
        .formatted(
            id.split("/", -1)[4], ClusterShape.name(id), call.body().path("location").asString(""));
  }

  private String id(Call call) {
    return Answers.id(call, store, ManagedClusters.NAME, "resourcegroups");
  }

  private Answer created(Call call) {
    String id = id(call);
    ObjectNode tree = trees.created(id, call.body(), ApiVersion.of(call), situations.release());
    Operation operation = begun("Creating", id, tree, call.now());
    Stored cluster = Stored.of(id, ManagedClusters.NAME, tree).with(operation);
    store.put(cluster);
    dates.created(id, tree, operation);
    return following(written(201, call, cluster, PoolTree.Write.CREATE), call, cluster, operation);
  }

  private Answer updated(Call call, Stored before) {
    ApiVersion version = ApiVersion.of(call);
    ObjectNode old = ClusterShape.at(before, call.now());
    ObjectNode body = call.body().deepCopy();
    Members.keepUnknown(body, old, version);
    ObjectNode tree = trees.updated(before.id(), old, body, version, situations.release());
    Operation operation = begun("Updating", before.id(), tree, call.now());
    Stored cluster = Stored.of(before.id(), ManagedClusters.NAME, tree).with(operation);
    dates.updated(before, tree, operation);
    store.put(cluster);
    return following(written(200, call, cluster, PoolTree.Write.UPDATE), call, cluster, operation);
  }

  private Answer written(int status, Call call, Stored cluster, PoolTree.Write write) {
    ObjectNode shown = ClusterShape.shown(call, cluster, situations.release());
    PoolTree.echo(shown, call.body(), PoolTree.echoed(ApiVersion.of(call), write));
    return Answer.json(status, shown).with("content-type", "application/json");
  }

  /// Tags change at once. The recorded answer leaves out how the cluster scales.
  Answer patch(Call call, Stored before) {
    return checks
        .tag(call, Optional.of(before))
        .or(() -> checks.state(call, before))
        .orElseGet(() -> tagged(call, before));
  }

  private Answer tagged(Call call, Stored before) {
    ObjectNode tree = before.tree().deepCopy();
    if (call.body().path("tags").isObject()) {
      tree.set("tags", call.body().path("tags").deepCopy());
    }
    Stored cluster = before.with(tree);
    store.put(cluster);
    ObjectNode shown = ClusterShape.shown(call, cluster, situations.release());
    ClusterShape.properties(shown).remove("autoScalerProfile");
    return Answer.json(200, shown).with("content-type", "application/json");
  }

  Answer delete(Call call, Stored before) {
    return checks.tag(call, Optional.of(before)).orElseGet(() -> leaving(call, before));
  }

  private Answer leaving(Call call, Stored before) {
    Operation operation = begun("Deleting", before.id(), before.tree(), call.now());
    Stored cluster = before.with(operation);
    store.putLeaving(cluster, operation.doneAt());
    dates.gone(before.id(), operation.doneAt());
    return accepted(Answer.empty(202), call, cluster, operation);
  }

  /// Begins an operation on a cluster.
  Operation begun(String state, String id, ObjectNode tree, Instant now) {
    var operation =
        new Operation(
            seed.uuid("operation", id).toString(),
            state,
            now,
            now.plus(durations.of(state, id)),
            situations.outcome(id));
    operations.started(operation, nodes(tree), situations.release());
    return operation;
  }

  private static int nodes(ObjectNode tree) {
    return tree.path("properties")
        .path("agentPoolProfiles")
        .valueStream()
        .mapToInt(pool -> pool.path("count").asInt(0))
        .sum();
  }

  /// The answer of a write whose end is asked for with the resource itself.
  Answer following(Answer answer, Call call, Stored cluster, Operation operation) {
    return answer.with(
        "azure-asyncoperation", operations.status(call, location(cluster), operation));
  }

  /// The answer of a request that has been taken on.
  Answer accepted(Answer answer, Call call, Stored cluster, Operation operation) {
    return following(answer, call, cluster, operation)
        .with("location", operations.result(call, location(cluster), operation));
  }

  private static String location(Stored cluster) {
    return cluster.tree().path("location").asString("");
  }

  /// Puts a finished cluster into the world, as if it had been there for long.
  void add(String id, ObjectNode body) {
    ApiVersion newest = new ApiVersion("2025-08-01");
    ObjectNode tree = trees.created(id, body, newest, situations.release());
    Instant now = clock.now();
    var done = new Operation(seed.uuid("operation", id).toString(), "Creating", now, now);
    store.put(Stored.of(id, ManagedClusters.NAME, tree).with(done));
    dates.settled(id, tree, now);
  }
}
