// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.message.Answer;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Why a role assignment is refused for what it says; nothing where it is not.
///
/// @param directory knows the principals, each from a moment on
record AssignmentChecks(Roles roles, Directory directory, String tenantId) {
  /// What the body of a PUT asks for.
  Optional<Answer> wish(Call call) {
    JsonNode properties = call.body().path("properties");
    String principal = properties.path("principalId").asString("");
    String role = properties.path("roleDefinitionId").asString("");
    if (!isGuid(call.target().name())) {
      return refused(
          400,
          "InvalidRoleAssignmentId",
          "The role assignment ID '%s' is not valid. The role assignment ID must be a GUID."
              .formatted(call.target().name()));
    }
    if (role.isEmpty()) {
      return refused(400, "BadRequestFormat", "The request was incorrectly formatted.");
    }
    if (!isGuid(principal)) {
      return refused(
          400, "InvalidPrincipalId", "A valid principal ID must be provided for role assignment.");
    }
    if (roles.find(role).isEmpty()) {
      return refused(
          404,
          "RoleDefinitionDoesNotExist",
          "The specified role definition with ID '%s' does not exist."
              .formatted(role.substring(role.lastIndexOf('/') + 1).replace("-", "")));
    }
    return conditionInvalid(properties).or(() -> principalUnknown(properties, call.now()));
  }

  private static Optional<Answer> conditionInvalid(JsonNode properties) {
    boolean condition = !properties.path("condition").asString("").isEmpty();
    boolean version = properties.path("conditionVersion").asString("").equals("2.0");
    return condition && !version
        ? refused(
            400,
            "InvalidConditionOrVersion",
            "The provided condition or condition version is not valid. Condition version must be 2.0.")
        : Optional.empty();
  }

  private Optional<Answer> principalUnknown(JsonNode properties, Instant now) {
    String principal = properties.path("principalId").asString("");
    String type = properties.path("principalType").asString("");
    boolean known =
        directory
            .byObjectId(principal)
            .map(found -> !type.isEmpty() || !found.visibleFrom().isAfter(now))
            .orElse(type.equals("User") || type.equals("Group"));
    return known
        ? Optional.empty()
        : refused(
            400,
            "PrincipalNotFound",
            "Principal %s does not exist in the directory %s. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"
                .formatted(principal.replace("-", ""), tenantId));
  }

  private static Optional<Answer> refused(int status, String code, String message) {
    return Optional.of(Refusal.of(status, code, message));
  }

  private static boolean isGuid(String text) {
    return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }
}
