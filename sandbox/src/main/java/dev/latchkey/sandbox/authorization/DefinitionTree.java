// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.arm.Call;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A role definition as it is asked for, kept and shown.
final class DefinitionTree {
  private static final List<String> LISTS =
      List.of("actions", "notActions", "dataActions", "notDataActions");

  private DefinitionTree() {}

  static String roleName(Call call) {
    return sent(call).path("roleName").asString("");
  }

  /// Whether a PUT says nothing of what the role allows or where.
  static boolean lacksContent(Call call) {
    return !sent(call).path("permissions").isArray() || assignableScopes(call).isEmpty();
  }

  static List<String> assignableScopes(Call call) {
    return sent(call)
        .path("assignableScopes")
        .valueStream()
        .map(scope -> scope.asString(""))
        .filter(scope -> !scope.isEmpty())
        .toList();
  }

  private static JsonNode sent(Call call) {
    return call.body().path("properties");
  }

  /// What is kept after a PUT.
  static ObjectNode written(Call call, Optional<Role> before) {
    Optional<Role.History> past = before.map(Role::history);
    String now = Moments.text(call.now());
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("roleName", roleName(call)).put("type", "CustomRole");
    properties.put("description", sent(call).path("description").asString(""));
    assignableScopes(call).forEach(properties.putArray("assignableScopes")::add);
    ArrayNode permissions = properties.putArray("permissions");
    sent(call).path("permissions").forEach(one -> permissions.add(permission(one)));
    properties.put("createdOn", past.map(Role.History::createdOn).orElse(now));
    properties.put("updatedOn", now);
    properties.put(
        "createdBy", past.flatMap(Role.History::createdBy).orElse(call.caller().objectId()));
    properties.put("updatedBy", call.caller().objectId());
    return named(call, tree, call.target().name());
  }

  private static ObjectNode permission(JsonNode sent) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    for (String list : LISTS) {
      ArrayNode array = tree.putArray(list);
      sent.path(list).forEach(array::add);
    }
    return tree;
  }

  private static ObjectNode named(Call call, ObjectNode tree, String guid) {
    tree.put("id", RoleDefinitions.id(call.target().subscription(), guid));
    return tree.put("type", RoleDefinitions.NAME).put("name", guid);
  }

  /// The answer to a write, which does not know yet who made the role when.
  static ObjectNode firstSeen(ObjectNode tree) {
    ObjectNode seen = tree.deepCopy();
    ObjectNode properties = (ObjectNode) seen.path("properties");
    properties.set("createdOn", properties.path("updatedOn"));
    properties.putNull("createdBy");
    return seen;
  }

  static String kind(Role role) {
    return switch (role.kind()) {
      case BUILT_IN -> "BuiltInRole";
      case CUSTOM -> "CustomRole";
    };
  }

  /// A role as the scope that is asked shows it.
  static ObjectNode of(Call call, Role role) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("roleName", role.name()).put("type", kind(role));
    properties.put("description", role.description());
    role.assignableScopes().forEach(properties.putArray("assignableScopes")::add);
    ArrayNode permissions = properties.putArray("permissions");
    role.permissions().forEach(permission -> permissions.add(permission(call, permission)));
    Role.History history = role.history();
    properties.put("createdOn", history.createdOn()).put("updatedOn", history.updatedOn());
    properties.put("createdBy", history.createdBy().orElse(null));
    properties.put("updatedBy", history.updatedBy().orElse(null));
    return named(call, tree, role.id());
  }

  /// One permission set as a version knows it: data actions came in 2018, conditions in 2022.
  static ObjectNode permission(Call call, Role.Permission permission) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    permission.actions().forEach(tree.putArray("actions")::add);
    permission.notActions().forEach(tree.putArray("notActions")::add);
    if (call.since("2018-01-01")) {
      permission.dataActions().forEach(tree.putArray("dataActions")::add);
      permission.notDataActions().forEach(tree.putArray("notDataActions")::add);
    }
    return conditioned(call, tree, permission.condition());
  }

  /// The set with a condition, if there is one that this version tells.
  static ObjectNode conditioned(Call call, ObjectNode tree, String condition) {
    return condition.isEmpty() || !call.since("2022-04-01")
        ? tree
        : tree.put("conditionVersion", "2.0").put("condition", condition);
  }
}
