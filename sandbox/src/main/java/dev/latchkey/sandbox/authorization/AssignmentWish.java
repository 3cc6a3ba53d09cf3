// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Assignment;
import dev.latchkey.sandbox.arm.Call;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a PUT of a role assignment asks for.
///
/// @param scope where; `/` for the whole tenant
/// @param roleId the GUID of the role, or the empty text
/// @param principalType as sent
record AssignmentWish(
    String scope,
    String roleId,
    String principalId,
    Optional<String> principalType,
    Optional<String> condition,
    Optional<String> conditionVersion) {

  static AssignmentWish of(Call call) {
    JsonNode properties = call.body().path("properties");
    return new AssignmentWish(
        scope(call),
        Guids.lastOf(properties.path("roleDefinitionId").asString("")),
        properties.path("principalId").asString(""),
        text(properties, "principalType"),
        text(properties, "condition"),
        text(properties, "conditionVersion"));
  }

  static String scope(Call call) {
    return call.target().scope().isEmpty() ? "/" : call.target().scope();
  }

  private static Optional<String> text(JsonNode properties, String name) {
    return properties.path(name).asStringOpt().filter(text -> !text.isEmpty());
  }

  /// Whether this assignment gives the same role to the same principal at the same scope.
  boolean isTrioOf(Assignment other) {
    return other.scope().equalsIgnoreCase(scope)
        && other.principalId().equalsIgnoreCase(principalId)
        && other.roleId().equalsIgnoreCase(roleId);
  }
}
