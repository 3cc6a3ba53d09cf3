// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Why AKS refuses a request about a cluster; nothing where it does not.
final class ClusterChecks {
  private static final String VALID_NAME = "[a-zA-Z0-9]$|[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]";

  private ClusterChecks() {}

  /// The conditions that the caller makes: `If-Match`, `If-None-Match`.
  static Optional<Answer> tag(Call call, Optional<Stored> before) {
    Optional<String> match = call.ask().header("if-match");
    Optional<String> noneMatch = call.ask().header("if-none-match");
    if (match.isPresent() && noneMatch.isPresent()) {
      return refused(400, "BadRequest", "Both If-Match and If-None-Match are set.");
    }
    if (noneMatch.isPresent() && before.isPresent()) {
      return refused(
          412, "PreconditionFailed", "The resource exists but If-None-Match header is provided.");
    }
    if (match.isEmpty()) {
      return Optional.empty();
    }
    if (before.isEmpty()) {
      return refused(
          412,
          "PreconditionFailed",
          "Resource not found but ETag header is provided. If this is a request to create, please do not provide ETag.");
    }
    String there = ClusterShape.at(before.get(), call.now()).path("eTag").asString("");
    return match.get().equals("*") || match.get().equals(there)
        ? Optional.empty()
        : refused(
            412,
            "PreconditionFailed",
            "The provided ETag %s does not match the current ETag %s of the resource."
                .formatted(match.get(), there));
  }

  /// One operation at a time, and none on a stopped cluster.
  static Optional<Answer> state(Call call, Stored cluster) {
    Optional<Operation> running = cluster.operation().filter(one -> one.runsAt(call.now()));
    if (running.isPresent()) {
      return refused(
          409,
          "OperationNotAllowed",
          "Operation is not allowed: Another operation (%s) is in progress, please wait for it to finish before starting a new operation. See https://aka.ms/aks-pending-operation for more details"
              .formatted(running.get().state()));
    }
    return ClusterShape.isStopped(cluster.tree())
        ? refused(
            400,
            "OperationNotAllowed",
            "Managed Cluster is in stopped state, no operations except for start are allowed.")
        : Optional.empty();
  }

  /// What the body of a PUT asks for.
  static Optional<Answer> wish(Call call, Optional<Stored> before) {
    ObjectNode body = call.body();
    if (!call.target().name().matches(VALID_NAME)) {
      return refused(
          400,
          "InvalidResourceName",
          "The name of the managed cluster '%s' is invalid.".formatted(call.target().name()));
    }
    if (body.path("location").asString("").isBlank()) {
      return refused(
          400, "LocationRequired", "The location property is required for this definition.");
    }
    if (before.isEmpty() && body.path("properties").path("agentPoolProfiles").isEmpty()) {
      return refused(
          400, "InvalidParameter", "Required parameter agentPoolProfiles is missing (null).");
    }
    return before
        .flatMap(cluster -> changesForbidden(body, cluster.tree()))
        .or(() -> webhookWithoutIssuer(body, before));
  }

  private static Optional<Answer> changesForbidden(ObjectNode body, ObjectNode tree) {
    JsonNode wanted = body.path("properties");
    JsonNode profile = wanted.path("oidcIssuerProfile");
    if (ClusterShape.issues(tree)
        && profile.has("enabled")
        && !profile.path("enabled").asBoolean(false)) {
      return refused(
          400,
          "OIDCIssuerFeatureCannotBeDisabled",
          "The OIDC issuer feature cannot be disabled once it is enabled.");
    }
    if (!body.path("location").asString("").equalsIgnoreCase(tree.path("location").asString(""))) {
      return changed("location");
    }
    for (String member : List.of("dnsPrefix", "nodeResourceGroup")) {
      boolean differs =
          wanted.path(member).isString()
              && !wanted.path(member).equals(tree.path("properties").path(member));
      if (differs) {
        return changed("properties." + member);
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> changed(String property) {
    return refused(
        400,
        "PropertyChangeNotAllowed",
        "Changing property '%s' is not allowed.".formatted(property));
  }

  private static Optional<Answer> webhookWithoutIssuer(ObjectNode body, Optional<Stored> before) {
    JsonNode profile = body.path("properties").path("oidcIssuerProfile");
    boolean issues =
        profile.has("enabled")
            ? profile.path("enabled").asBoolean(false)
            : before.map(cluster -> ClusterShape.issues(cluster.tree())).orElse(true);
    return ClusterShape.hasWebhook(body) && !issues
        ? refused(
            400,
            "BadRequest",
            "Workload identity requires the OIDC issuer to be enabled on the cluster.")
        : Optional.empty();
  }

  /// A cluster without local accounts has no administrator's certificate to give.
  static Optional<Answer> localAccounts(Stored cluster) {
    return cluster.tree().path("properties").path("disableLocalAccounts").asBoolean(false)
        ? refused(
            400,
            "BadRequest",
            "Getting static credential isn't allowed because this cluster is set to disable local accounts.")
        : Optional.empty();
  }

  private static Optional<Answer> refused(int status, String code, String message) {
    return Optional.of(Refusal.flat(status, code, message, ""));
  }
}
