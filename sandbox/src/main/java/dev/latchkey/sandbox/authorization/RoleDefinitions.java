// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Filter;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Role definitions: Azure's own at every scope, and those that somebody of the tenant made.
public final class RoleDefinitions implements ResourceType {
  static final String NAME = "Microsoft.Authorization/roleDefinitions";

  private final Roles roles;
  private final Addresses addresses;

  /// The definitions of a tenant.
  public RoleDefinitions(Roles roles, Addresses addresses) {
    this.roles = roles;
    this.addresses = addresses;
  }

  /// How a role's id is written in a subscription, or in the tenant.
  static String id(Optional<String> subscription, String guid) {
    String scope = subscription.map(id -> "/subscriptions/" + id).orElse("");
    return scope + "/providers/" + NAME + "/" + guid;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return RoleAssignments.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.ANY_SCOPE;
  }

  @Override
  public Answer read(Call call) {
    return roles
        .find(call.target().name())
        .map(role -> Answer.json(200, tree(call, role)))
        .orElseGet(() -> missing(call));
  }

  private static Answer missing(Call call) {
    return Refusal.of(
        404,
        "RoleDefinitionDoesNotExist",
        "The specified role definition with ID '%s' does not exist."
            .formatted(call.target().name()));
  }

  @Override
  public Answer list(Call call) {
    var filter = new Filter(call.query("$filter"));
    Optional<String> name = filter.equal("roleName");
    Optional<String> kind = filter.equal("type");
    List<ObjectNode> found =
        roles.all().stream()
            .filter(role -> name.map(role.name()::equalsIgnoreCase).orElse(true))
            .filter(role -> kind.map(kind(role)::equalsIgnoreCase).orElse(true))
            .sorted(Comparator.comparing(Role::name))
            .map(role -> tree(call, role))
            .toList();
    return Pages.of(call, addresses, found);
  }

  @Override
  public Answer put(Call call) {
    Optional<Role> before = roles.find(call.target().name());
    JsonNode wanted = call.body().path("properties");
    if (before.filter(role -> role.kind() == Role.Kind.BUILT_IN).isPresent()) {
      return Refusal.of(
          400, "RoleDefinitionBuiltInCannotBeUpdated", "Built-in roles cannot be changed.");
    }
    if (wanted.path("roleName").asString("").isBlank() || !wanted.has("permissions")) {
      return Refusal.of(400, "BadRequestFormat", "The request was incorrectly formatted.");
    }
    if (nameTaken(call, wanted.path("roleName").asString(""))) {
      return Refusal.of(
          409,
          "RoleDefinitionWithSameNameExists",
          "A custom role with the same name already exists in this directory. Use a different name.");
    }
    String now = Moments.text(call.now());
    var role =
        new Role(
            call.target().name(),
            wanted.path("roleName").asString(""),
            wanted.path("description").asString(""),
            Role.Kind.CUSTOM,
            wanted.path("assignableScopes").valueStream().map(scope -> scope.asString("")).toList(),
            wanted.path("permissions").valueStream().map(Roles::permission).toList(),
            before.map(Role::createdOn).orElse(now),
            now);
    roles.add(role);
    return Answer.json(201, tree(call, role));
  }

  private boolean nameTaken(Call call, String name) {
    return roles.all().stream()
        .filter(role -> !role.id().equalsIgnoreCase(call.target().name()))
        .anyMatch(role -> role.name().equalsIgnoreCase(name));
  }

  @Override
  public Answer delete(Call call) {
    Optional<Role> role = roles.find(call.target().name());
    if (role.isEmpty()) {
      return Answer.empty(204);
    }
    if (role.get().kind() == Role.Kind.BUILT_IN) {
      return Refusal.of(
          400, "RoleDefinitionBuiltInCannotBeDeleted", "Built-in roles cannot be deleted.");
    }
    roles.remove(role.get().id());
    return Answer.json(200, tree(call, role.get()));
  }

  private static String kind(Role role) {
    return switch (role.kind()) {
      case BUILT_IN -> "BuiltInRole";
      case CUSTOM -> "CustomRole";
    };
  }

  private static ObjectNode tree(Call call, Role role) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("roleName", role.name()).put("type", kind(role));
    properties.put("description", role.description());
    role.assignableScopes().forEach(properties.putArray("assignableScopes")::add);
    ArrayNode permissions = properties.putArray("permissions");
    role.permissions().forEach(permission -> permissions.add(permissionTree(permission)));
    properties.put("createdOn", role.createdOn()).put("updatedOn", role.updatedOn());
    properties.putNull("createdBy").putNull("updatedBy");
    tree.put("id", id(call.target().subscription(), role.id()));
    return tree.put("type", NAME).put("name", role.id());
  }

  static ObjectNode permissionTree(Role.Permission permission) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    permission.actions().forEach(tree.putArray("actions")::add);
    permission.notActions().forEach(tree.putArray("notActions")::add);
    permission.dataActions().forEach(tree.putArray("dataActions")::add);
    permission.notDataActions().forEach(tree.putArray("notDataActions")::add);
    if (!permission.condition().isEmpty()) {
      tree.put("conditionVersion", "2.0").put("condition", permission.condition());
    }
    return tree;
  }
}
