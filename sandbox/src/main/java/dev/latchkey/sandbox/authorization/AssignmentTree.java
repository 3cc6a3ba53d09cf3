// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Assignment;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Stored;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A role assignment as it is kept and as it is shown.
final class AssignmentTree {
  /// Members by the api-version that brought them.
  private static final List<String> SINCE_2018_09 = List.of("principalType");

  private static final List<String> SINCE_2020_03 =
      List.of("condition", "conditionVersion", "delegatedManagedIdentityResourceId", "description");

  private AssignmentTree() {}

  /// What is kept after a PUT.
  ///
  /// @param principalType what the directory says, if the request does not
  static ObjectNode written(
      Call call, AssignmentWish wish, String principalType, Optional<Stored> before) {
    JsonNode sent = call.body().path("properties");
    String caller = call.caller().objectId();
    String now = Moments.text(call.now());
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("roleDefinitionId", roleId(call, wish.roleId()));
    properties.put("principalId", wish.principalId());
    properties.put("principalType", wish.principalType().orElse(principalType));
    properties.put("scope", wish.scope());
    copy(sent, properties, "condition");
    copy(sent, properties, "conditionVersion");
    properties.put("createdOn", kept(before, "createdOn").orElse(now));
    properties.put("updatedOn", now);
    properties.put("createdBy", kept(before, "createdBy").orElse(caller));
    properties.put("updatedBy", caller);
    copy(sent, properties, "delegatedManagedIdentityResourceId");
    copy(sent, properties, "description");
    tree.put("id", before.map(Stored::id).orElse(call.target().path()));
    return tree.put("type", RoleAssignments.NAME).put("name", call.target().name());
  }

  private static Optional<String> kept(Optional<Stored> before, String name) {
    return before.map(there -> text(there, name)).filter(text -> !text.isEmpty());
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.path(name).isString()) {
      to.set(name, from.path(name));
    } else {
      to.putNull(name);
    }
  }

  /// An assignment that has been there for long.
  static ObjectNode old(String id, String roleId, String principalId, String scope) {
    String seen = Moments.text(Instant.EPOCH);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("roleDefinitionId", roleId);
    properties.put("principalId", principalId).put("principalType", "ServicePrincipal");
    properties.put("scope", scope).putNull("condition").putNull("conditionVersion");
    properties.put("createdOn", seen).put("updatedOn", seen);
    properties.put("createdBy", principalId).put("updatedBy", principalId);
    properties.putNull("delegatedManagedIdentityResourceId").putNull("description");
    return tree.put("id", id).put("type", RoleAssignments.NAME).put("name", Guids.lastOf(id));
  }

  /// The assignment that a tree tells of. Data planes know it some time after it was created.
  static Assignment assignment(Stored stored, Lags lags) {
    Instant created = Instant.EPOCH;
    try {
      created = Instant.parse(text(stored, "createdOn"));
    } catch (DateTimeException e) {
      // an assignment without a date has always been there
    }
    return new Assignment(
        stored.id(),
        text(stored, "scope"),
        Guids.lastOf(text(stored, "roleDefinitionId")),
        text(stored, "principalId"),
        text(stored, "condition"),
        lags.noticed(Lags.Lag.ROLE, stored.id(), created),
        Instant.MAX);
  }

  /// The answer to a write, which does not know yet who made it when.
  static ObjectNode firstSeen(Call call, ObjectNode tree) {
    ObjectNode seen = shown(call, tree);
    ObjectNode properties = (ObjectNode) seen.path("properties");
    properties.set("createdOn", properties.path("updatedOn"));
    properties.putNull("createdBy");
    return seen;
  }

  /// What a version knows of it; the role is named by the scope that is asked.
  static ObjectNode shown(Call call, ObjectNode tree) {
    ObjectNode shown = tree.deepCopy();
    if (shown.path("properties") instanceof ObjectNode properties) {
      String role = properties.path("roleDefinitionId").asString("");
      properties.put("roleDefinitionId", roleId(call, Guids.lastOf(role)));
      if (!call.since("2020-03-01")) {
        properties.remove(SINCE_2020_03);
      }
      if (!call.since("2018-09-01")) {
        properties.remove(SINCE_2018_09);
      }
    }
    return shown;
  }

  private static String roleId(Call call, String guid) {
    return RoleDefinitions.id(call.target().subscription(), guid);
  }

  private static String text(Stored stored, String name) {
    return stored.tree().path("properties").path(name).asString("");
  }
}
