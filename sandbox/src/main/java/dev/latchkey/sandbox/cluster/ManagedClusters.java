// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Linked;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// AKS clusters: every change but tags is a long-running operation, one at a time.
final class ManagedClusters implements ResourceType {
  static final String NAME = "Microsoft.ContainerService/managedClusters";

  private final Store store;
  private final Addresses addresses;
  private final ClusterWrites writes;
  private final ClusterActions actions;
  private final ClusterDates dates;
  private final Situations situations;
  private final Kubeconfigs kubeconfigs;
  private final RunCommands commands;

  ManagedClusters(
      Store store,
      Addresses addresses,
      ClusterWrites writes,
      ClusterActions actions,
      Kubeconfigs kubeconfigs,
      RunCommands commands) {
    this.store = store;
    this.addresses = addresses;
    this.writes = writes;
    this.actions = actions;
    this.dates = actions.dates();
    this.situations = actions.situations();
    this.kubeconfigs = kubeconfigs;
    this.commands = commands;
    store.onFarewell(gone -> dates.left(gone.id()));
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
  public Set<String> actions() {
    return Set.of(
        "listClusterUserCredential",
        "listClusterAdminCredential",
        "listClusterMonitoringUserCredential",
        "start",
        "stop",
        "abort",
        "rotateServiceAccountSigningKeys",
        "rotateClusterCertificates",
        "resetAADProfile",
        "resetServicePrincipalProfile",
        "runCommand");
  }

  @Override
  public List<Linked> linked(Call call) {
    return call.ask().method().equals("PUT") ? LinkedRights.of(call.body()) : List.of();
  }

  @Override
  public List<Limit> limits(Call call) {
    return ClusterLimits.ofClusters(call);
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(cluster -> shown(call, cluster))
        .map(tree -> Answer.json(200, tree).with("content-type", "application/json"))
        .orElseGet(() -> missing(call));
  }

  /// Right after a deletion ARM still asks AKS; a moment later it knows itself.
  private Answer missing(Call call) {
    if (!dates.remembers(call.target().path(), call.now())) {
      return Answers.notFound(call);
    }
    return AksError.behind(
        404,
        "NotFound",
        "NotFound desc = Managed Cluster not found",
        "Could not find managed cluster resource: %s in subscription: %s, resourceGroup: %s."
            .formatted(
                call.target().name(),
                call.target().subscription().orElse(""),
                call.target().group().orElse("")),
        "GetManagedCluster_NotFound");
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> all =
        store.below(Answers.scope(call), NAME).stream()
            .map(cluster -> shown(call, cluster))
            .toList();
    return Pages.of(call, addresses, all).with("content-type", "application/json");
  }

  private ObjectNode shown(Call call, Stored cluster) {
    return ClusterShape.shown(call, cluster, situations.release());
  }

  @Override
  public Answer put(Call call) {
    return store.alone(call.target().path(), () -> writes.put(call));
  }

  @Override
  public Answer patch(Call call) {
    return alone(call, cluster -> writes.patch(call, cluster));
  }

  @Override
  public Answer delete(Call call) {
    return store.alone(
        call.target().path(),
        () ->
            store
                .find(call.target().path())
                .map(cluster -> writes.delete(call, cluster))
                .orElseGet(() -> Answer.empty(204)));
  }

  @Override
  public Answer post(Call call) {
    return switch (call.action()) {
      case "listClusterUserCredential", "listClusterMonitoringUserCredential" ->
          there(call, cluster -> kubeconfigs.answer(call, cluster, Kubeconfigs.User.of(call)));
      case "listClusterAdminCredential" ->
          there(
              call,
              cluster ->
                  new ClusterChecks(situations)
                      .localAccounts(cluster)
                      .orElseGet(
                          () -> kubeconfigs.answer(call, cluster, Kubeconfigs.User.of(call))));
      case "runCommand" -> there(call, cluster -> commands.run(call, cluster));
      default -> alone(call, cluster -> actions.perform(call, cluster));
    };
  }

  private Answer there(Call call, Function<Stored, Answer> work) {
    Optional<Stored> cluster = store.find(call.target().path());
    return cluster.map(work).orElseGet(() -> Answers.notFound(call));
  }

  private Answer alone(Call call, Function<Stored, Answer> work) {
    return store.alone(call.target().path(), () -> there(call, work));
  }
}
