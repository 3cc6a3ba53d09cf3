// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What POST can do to a cluster beside handing out credentials: start, stop, abort, renew what it
/// is believed by.
///
/// All are called while no other thread works on the cluster.
record ClusterActions(
    Store store,
    ClusterWrites writes,
    Operations operations,
    ClusterDates dates,
    Situations situations) {

  Answer perform(Call call, Stored cluster) {
    return switch (call.action()) {
      case "start" -> start(call, cluster);
      case "stop" -> stop(call, cluster);
      case "abort" -> abort(call, cluster);
      case "rotateServiceAccountSigningKeys" -> rotate(call, cluster);
      case "rotateClusterCertificates" -> renewed(call, cluster, "RotatingClusterCertificates");
      default -> renewed(call, cluster, "Updating");
    };
  }

  private ClusterChecks checks() {
    return new ClusterChecks(situations);
  }

  private Answer start(Call call, Stored cluster) {
    return checks()
        .busy(call, cluster)
        .orElseGet(
            () ->
                ClusterShape.isStopped(cluster.tree())
                    ? switched(call, cluster, "Starting", "Running")
                    : Answer.empty(204));
  }

  private Answer stop(Call call, Stored cluster) {
    return checks()
        .busy(call, cluster)
        .orElseGet(
            () ->
                ClusterShape.isStopped(cluster.tree())
                    ? Answer.empty(204)
                    : switched(call, cluster, "Stopping", "Stopped"));
  }

  private Answer switched(Call call, Stored before, String state, String power) {
    Operation operation = writes.begun(state, before.id(), before.tree(), call.now());
    ObjectNode tree = before.tree().deepCopy();
    ClusterShape.properties(tree).putObject("powerState").put("code", power);
    Stored cluster = before.with(tree).with(operation);
    store.put(cluster);
    return writes.accepted(Answer.empty(202), call, cluster, operation);
  }

  /// An operation that changes nothing that a cluster shows.
  private Answer renewed(Call call, Stored before, String state) {
    return checks()
        .state(call, before)
        .orElseGet(
            () -> {
              Operation operation = writes.begun(state, before.id(), before.tree(), call.now());
              Stored cluster = before.with(operation);
              store.put(cluster);
              return writes.accepted(Answer.empty(202), call, cluster, operation);
            });
  }

  /// Ends what runs, without undoing it; on an idle cluster there is nothing to do. The body is the
  /// cluster as it was when it was asked.
  private Answer abort(Call call, Stored cluster) {
    Optional<Operation> running =
        cluster.operation().filter(operation -> operation.runsAt(call.now()));
    if (running.isEmpty()) {
      return Answer.empty(204);
    }
    ObjectNode shown = ClusterShape.shown(call, cluster, situations.release());
    Operation canceling = canceling(call, cluster, running.get());
    Stored canceled = cluster.with(left(cluster, running.get())).with(canceling);
    store.put(canceled);
    Answer answer = Answer.json(202, shown).with("content-type", "application/json");
    return writes.accepted(answer, call, canceled, canceling);
  }

  /// What a creation has made by then stays; its last things are never made.
  private static ObjectNode left(Stored cluster, Operation running) {
    ObjectNode tree = cluster.tree().deepCopy();
    if (running.state().equals("Creating")) {
      ClusterShape.unfinished(tree);
    }
    return tree;
  }

  /// The aborted operation ends canceled, and so does the cluster; the abort itself succeeds.
  private Operation canceling(Call call, Stored cluster, Operation running) {
    Operation abort = writes.begun("Canceling", cluster.id(), cluster.tree(), call.now());
    var canceled = new Operation.Outcome.Canceled();
    operations.changed(running.ending(abort.doneAt(), canceled));
    return abort.ending(abort.doneAt(), canceled);
  }

  /// The new key signs from the end of the operation on, the old one is believed for another day. A
  /// cluster without an issuer has none to renew.
  private Answer rotate(Call call, Stored cluster) {
    return checks()
        .state(call, cluster)
        .orElseGet(
            () -> ClusterShape.issues(cluster.tree()) ? rotated(call, cluster) : Answer.empty(204));
  }

  private Answer rotated(Call call, Stored before) {
    Operation operation =
        writes.begun("RotatingServiceAccountSigningKeys", before.id(), before.tree(), call.now());
    Stored cluster = before.with(operation);
    store.put(cluster);
    dates.rotated(before.id(), operation);
    return writes.accepted(Answer.empty(202), call, cluster, operation);
  }
}
