// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.azure.transport.Reply;
import dev.latchkey.core.port.RoleAssignments;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Role assignments through ARM.
public final class ArmRoleAssignments implements RoleAssignments {
  private static final String VERSION = "2022-04-01";
  private static final String TYPE = "/providers/Microsoft.Authorization/roleAssignments";

  private final Arm arm;

  /// The assignments that this ARM holds.
  public ArmRoleAssignments(Arm arm) {
    this.arm = arm;
  }

  @Override
  public List<RoleAssignment> at(ResourceId scope) {
    String what = "Listing the role assignments of `" + scope.name() + "`";
    return arm.list(what, scope.text() + TYPE, VERSION, ArmRoleAssignments::assignment);
  }

  /// Azure's list of a subscription also names what it inherits; that counts elsewhere.
  @Override
  public int count(String subscription) {
    String scope = "/subscriptions/" + subscription;
    String what = "Listing the role assignments of the subscription `" + subscription + "`";
    return (int)
        arm
            .list(what, scope + TYPE, VERSION, tree -> tree.at("/properties/scope").asString(""))
            .stream()
            .filter(each -> isWithin(scope, each))
            .count();
  }

  private static boolean isWithin(String scope, String other) {
    return (other + "/").regionMatches(true, 0, scope + "/", 0, scope.length() + 1);
  }

  @Override
  public Made create(RoleAssignment assignment) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode properties =
        body.putObject("properties")
            .put("roleDefinitionId", assignment.roleDefinitionId())
            .put("principalId", assignment.principal().value())
            // spares Azure the look into a directory that may not know the new identity yet
            .put("principalType", "ServicePrincipal")
            .put("description", assignment.description());
    assignment
        .condition()
        .ifPresent(
            condition -> properties.put("condition", condition).put("conditionVersion", "2.0"));
    String what = "Assigning a role on `" + lastSegment(assignment.scope()) + "`";
    String path = assignment.scope() + TYPE + "/" + assignment.name();
    Reply reply = arm.put(what, path, VERSION, body, Map.of());
    if (reply.status() == 409 && reply.refusal().code().equals("RoleAssignmentExists")) {
      return Made.EXISTED;
    }
    return reply.expectSuccess().status() == 201 ? Made.CREATED : Made.EXISTED;
  }

  private static RoleAssignment assignment(JsonNode tree) {
    JsonNode properties = tree.path("properties");
    return new RoleAssignment(
        tree.path("name").asString(""),
        properties.path("scope").asString(""),
        properties.path("roleDefinitionId").asString(""),
        new PrincipalId(properties.path("principalId").asString("")),
        properties.path("description").asString(""),
        Optional.of(properties.path("condition").asString("")).filter(text -> !text.isEmpty()),
        properties.path("createdOn").asStringOpt().flatMap(ArmRoleAssignments::moment));
  }

  /// The moment is a help for people, so one that cannot be read is left out.
  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException unknown) {
      return Optional.empty();
    }
  }

  private static String lastSegment(String scope) {
    return scope.substring(scope.lastIndexOf('/') + 1);
  }
}
