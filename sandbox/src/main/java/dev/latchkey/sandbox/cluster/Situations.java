// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.SandboxClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What can be true of AKS that no request makes true: set by whoever wants to see what follows.
///
/// Safe for use by several threads.
public final class Situations {
  private final SandboxClock clock;
  private final Store store;
  private final Operations operations;
  private final ClusterDates dates;
  private final Runs runs;
  private final AtomicReference<UnaryOperator<Release>> release =
      new AtomicReference<>(UnaryOperator.identity());
  private final AtomicReference<List<Offer>> offer = new AtomicReference<>(Offer.ALL);
  private final Map<String, String> unreadableNetworks = new ConcurrentHashMap<>();
  private final Map<String, Operation.Outcome> failures = new ConcurrentHashMap<>();
  private final Set<String> contested = ConcurrentHashMap.newKeySet();
  private final Set<String> withheld = ConcurrentHashMap.newKeySet();

  Situations(
      SandboxClock clock, Store store, Operations operations, ClusterDates dates, Runs runs) {
    this.clock = clock;
    this.store = store;
    this.operations = operations;
    this.dates = dates;
    this.runs = runs;
  }

  /// AKS as it is now.
  Release release() {
    return release.get().apply(Release.at(clock.now()));
  }

  private void change(UnaryOperator<Release> change) {
    release.updateAndGet(before -> one -> change.apply(before.apply(one)));
  }

  /// New clusters and pools whose creator names no version get this one.
  ///
  /// @param kubernetes as the cluster keeps it: a version, or an alias such as `1.32`
  /// @param patch the version that runs
  public void offers(String kubernetes, String patch) {
    change(one -> one.with(new Release.Kubernetes(kubernetes, patch)));
  }

  /// AKS offers these versions of Kubernetes.
  public void offers(List<Offer> versions) {
    offer.set(List.copyOf(versions));
  }

  List<Offer> offer() {
    return offer.get();
  }

  /// New nodes have these images.
  public void hasImages(String linux, String windows) {
    change(one -> one.with(new Release.Images(linux, windows)));
  }

  /// The newest image of Linux nodes.
  public String linuxImage() {
    return release().images().linux();
  }

  /// The newest image of Windows nodes.
  public String windowsImage() {
    return release().images().windows();
  }

  /// AKS is of the time in which it gave out this address of an operation.
  public void gaveOut(String address) {
    change(one -> one.polledAt(address));
  }

  /// Stable versions show etags too.
  public void showsEtags() {
    change(one -> one.with(Release.Etags.ALL));
  }

  /// The next PUT of the cluster meets a virtual network that cannot be read.
  public void hidesNetwork(String clusterId, String network) {
    unreadableNetworks.put(key(clusterId), network);
  }

  Optional<String> unreadableNetwork(String clusterId) {
    return Optional.ofNullable(unreadableNetworks.remove(key(clusterId)));
  }

  /// The next write of the cluster meets another one that has just begun and does not show yet.
  public void isContested(String clusterId) {
    contested.add(key(clusterId));
  }

  boolean wasContested(String clusterId) {
    return contested.remove(key(clusterId));
  }

  /// The subscription has not been given a preview feature, such as `EnableOIDCIssuerPreview`.
  public void withholds(String subscriptionId, String feature) {
    withheld.add(key(subscriptionId + "/" + feature));
  }

  boolean isWithheld(String subscriptionId, String feature) {
    return withheld.contains(key(subscriptionId + "/" + feature));
  }

  /// The next operation on the cluster fails in the end.
  public void failsNext(String clusterId, String code, String message) {
    failures.put(key(clusterId), new Operation.Outcome.Failed(code, message));
  }

  Operation.Outcome outcome(String clusterId) {
    Operation.Outcome failure = failures.remove(key(clusterId));
    return failure == null ? new Operation.Outcome.Succeeded() : failure;
  }

  /// Something is done to a pool, as its state says, and ends when the state is set again.
  public void poolIs(String clusterId, String pool, String state) {
    store.alone(
        clusterId,
        () -> {
          store.find(clusterId).ifPresent(cluster -> store.put(pool(cluster, pool, state)));
          return clusterId;
        });
  }

  private Stored pool(Stored cluster, String name, String state) {
    ObjectNode tree = ClusterShape.at(cluster, clock.now());
    for (JsonNode pool : ClusterShape.properties(tree).path("agentPoolProfiles")) {
      if (pool.path("name").asString("").equals(name)) {
        ((ObjectNode) pool).put("provisioningState", state);
      }
    }
    return Stored.of(cluster.id(), cluster.type(), tree);
  }

  /// An operation of this id runs, begun by somebody else.
  public void runs(String operationId, String state, Duration left) {
    Instant now = clock.now();
    operations.started(new Operation(operationId, state, now, now.plus(left)), 1, release());
  }

  /// Something is done to a cluster, begun by somebody else, as the state says.
  public void isBeing(String clusterId, String state, Duration left) {
    Instant now = clock.now();
    var operation =
        new Operation(
            UUID.nameUUIDFromBytes((clusterId + now).getBytes(StandardCharsets.UTF_8)).toString(),
            state,
            now,
            now.plus(left));
    operations.started(operation, 1, release());
    store.find(clusterId).ifPresent(cluster -> store.put(cluster.with(operation)));
  }

  /// A command was run on a cluster by somebody else.
  public void ran(String clusterId, String commandId, Commands.Output output, Duration left) {
    runs.began(clusterId, new Runs.Run(commandId, clock.now(), clock.now().plus(left), output));
  }

  /// An operation that was begun to succeed will fail.
  public void fails(String operationId, String code, String message) {
    operations
        .find(operationId)
        .map(Operations.Known::operation)
        .map(one -> one.ending(one.doneAt(), new Operation.Outcome.Failed(code, message)))
        .ifPresent(this::replace);
  }

  private void replace(Operation operation) {
    operations.changed(operation);
    store.below("/subscriptions", ManagedClusters.NAME).stream()
        .filter(one -> one.operation().filter(old -> old.id().equals(operation.id())).isPresent())
        .forEach(cluster -> store.put(cluster.with(operation)));
  }

  /// Whether anything is known of an operation.
  public boolean knows(String operationId) {
    return operations.find(operationId).isPresent();
  }

  /// When a command's result can be read, if it was begun.
  public Optional<Instant> whenCommandEnds(String clusterId, String commandId) {
    return runs.find(clusterId, commandId).map(Runs.Run::doneAt);
  }

  /// The cluster has just been deleted: AKS answers for it once more.
  public void hasJustGone(String clusterId) {
    store.remove(clusterId);
    dates.gone(clusterId, clock.now());
  }

  /// The status of a running operation says that another one came between.
  public void isPreempted(String operationId) {
    operations.note(operationId, Operations.Note.PREEMPTED);
  }

  /// The first moment from now on at which the status of an operation is this one, if there is any.
  public Optional<Instant> whenStatusIs(String operationId, String status) {
    return operations.find(operationId).flatMap(known -> when(known, status));
  }

  private Optional<Instant> when(Operations.Known known, String status) {
    Instant now = clock.now();
    return Stream.concat(
            Stream.of(now),
            Stream.concat(Progress.changes(known).stream(), Stream.of(known.operation().doneAt())))
        .filter(moment -> !moment.isBefore(now))
        .filter(moment -> OperationStatus.status(known, moment).equals(status))
        .findFirst();
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
