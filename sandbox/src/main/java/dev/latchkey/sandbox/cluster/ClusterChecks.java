// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Why AKS does not touch a cluster now, whatever is asked; nothing where it would.
record ClusterChecks(Situations situations) {
  private static final String NOT_ALLOWED = "OperationNotAllowed";

  /// The conditions that the caller makes: `If-Match`, `If-None-Match`.
  Optional<Answer> tag(Call call, Optional<Stored> before) {
    Optional<String> match = call.ask().header("if-match");
    Optional<String> noneMatch = call.ask().header("if-none-match");
    if (match.isPresent() && noneMatch.isPresent()) {
      return refused(400, "BadRequest", "Both If-Match and If-None-Match are set.");
    }
    if (noneMatch.isPresent() && before.isPresent()) {
      return refused(
          412, "PreconditionFailed", "The resource exists but If-None-Match header is provided.");
    }
    return match.flatMap(tag -> tag(call, before, tag));
  }

  private Optional<Answer> tag(Call call, Optional<Stored> before, String wanted) {
    if (before.isEmpty()) {
      return refused(
          412,
          "PreconditionFailed",
          "Resource not found but ETag header is provided. If this is a request to create, please do not provide ETag.");
    }
    String there = Tags.of(ClusterShape.at(before.get(), call.now()));
    return wanted.equals("*") || wanted.equals(there)
        ? Optional.empty()
        : refused(
            412,
            "PreconditionFailed",
            "The provided ETag %s does not match the current ETag %s of the resource."
                .formatted(wanted, there));
  }

  /// One operation at a time, and none on a stopped cluster.
  Optional<Answer> state(Call call, Stored cluster) {
    return contest(cluster).or(() -> busy(call, cluster)).or(() -> stopped(call, cluster));
  }

  /// Two writes began at once: AKS read the cluster before and saved it after the other one did.
  private Optional<Answer> contest(Stored cluster) {
    return situations.wasContested(cluster.id())
        ? Optional.of(
            AksError.behind(
                409,
                "EtagMismatch",
                "FailedPrecondition desc = Etag mismatched",
                "Operation is not allowed: Another operation is in progress",
                "PutManagedClusterAndComponents_FailedPrecondition"))
        : Optional.empty();
  }

  /// What runs on the cluster, or on one of its pools.
  Optional<Answer> busy(Call call, Stored cluster) {
    return running(call, cluster).flatMap(this::busy);
  }

  private Optional<Answer> busy(String operation) {
    return refused(
        409,
        NOT_ALLOWED,
        "Operation is not allowed: Another operation (%s) is in progress, please wait for it to finish before starting a new operation. See https://aka.ms/aks-pending-operation for more details"
            .formatted(operation));
  }

  /// Pools can be worked on side by side, while nothing is done to the whole cluster.
  Optional<Answer> poolState(Call call, Stored cluster, String name) {
    JsonNode properties = ClusterShape.at(cluster, call.now()).path("properties");
    return own(call, cluster)
        .or(() -> pool(properties, pool -> pool.path("name").asString("").equals(name)))
        .flatMap(this::busy)
        .or(() -> stopped(call, cluster));
  }

  private static Optional<String> running(Call call, Stored cluster) {
    JsonNode properties = ClusterShape.at(cluster, call.now()).path("properties");
    return own(call, cluster).or(() -> pool(properties, _ -> true));
  }

  private static Optional<String> own(Call call, Stored cluster) {
    JsonNode properties = ClusterShape.at(cluster, call.now()).path("properties");
    return cluster
        .operation()
        .filter(one -> one.runsAt(call.now()))
        .map(Operation::state)
        .or(() -> state(properties).filter(_ -> ClusterShape.isBusy(properties)));
  }

  private static Optional<String> pool(JsonNode properties, Predicate<JsonNode> which) {
    return properties
        .path("agentPoolProfiles")
        .valueStream()
        .filter(which)
        .filter(ClusterShape::isBusy)
        .map(pool -> pool.path("name").asString("") + " - " + state(pool).orElse(""))
        .findFirst();
  }

  private static Optional<String> state(JsonNode properties) {
    return properties.path("provisioningState").asStringOpt();
  }

  Optional<Answer> stopped(Call call, Stored cluster) {
    return ClusterShape.isStopped(cluster.tree())
        ? refused(
            400,
            NOT_ALLOWED,
            "An error has occurred in subscription %s, resourceGroup: %s request: Managed Cluster is in stopped state, no operations except for start are allowed."
                .formatted(
                    call.target().subscription().orElse(""), call.target().group().orElse("")))
        : Optional.empty();
  }

  /// A cluster without local accounts has no administrator's certificate to give.
  Optional<Answer> localAccounts(Stored cluster) {
    return cluster.tree().path("properties").path("disableLocalAccounts").asBoolean(false)
        ? refused(
            400,
            "BadRequest",
            "Getting static credential is not allowed because this cluster is set to disable local accounts.")
        : Optional.empty();
  }

  private Optional<Answer> refused(int status, String code, String message) {
    return Optional.of(AksError.of(situations.release(), status, code, message));
  }
}
