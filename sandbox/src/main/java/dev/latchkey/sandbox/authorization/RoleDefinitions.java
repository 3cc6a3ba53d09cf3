// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.access.RoleAccess;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Filter;
import dev.latchkey.sandbox.arm.Linked;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Role definitions: Azure's own at every scope, and those that somebody of the tenant made.
public final class RoleDefinitions implements ResourceType {
  static final String NAME = "Microsoft.Authorization/roleDefinitions";

  private final Store store;
  private final Roles roles;
  private final RoleAccess access;
  private final Addresses addresses;

  /// The definitions of a tenant.
  public RoleDefinitions(Store store, Roles roles, RoleAccess access, Addresses addresses) {
    this.store = store;
    this.roles = roles;
    this.access = access;
    this.addresses = addresses;
    store.onArrival(this::arrive);
    store.onFarewell(this::leave);
  }

  private void arrive(Stored stored) {
    if (stored.type().equals(NAME)) {
      Roles.read(stored.tree()).ifPresent(roles::add);
    }
  }

  private void leave(Stored gone) {
    if (gone.type().equals(NAME)) {
      roles.remove(gone.id());
    }
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

  /// A custom role may be written by whoever may write roles wherever it may be assigned.
  ///
  /// @see <a
  ///   href="https://learn.microsoft.com/azure/role-based-access-control/troubleshooting">custom
  ///   roles</a>
  @Override
  public List<Linked> linked(Call call) {
    return call.ask().method().equals("PUT")
        ? DefinitionTree.assignableScopes(call).stream()
            .map(scope -> new Linked(NAME + "/write", scope))
            .toList()
        : List.of();
  }

  @Override
  public Answer read(Call call) {
    return roles
        .find(call.target().name())
        .map(role -> Answer.json(200, DefinitionTree.of(call, role)))
        .orElseGet(() -> missing(call.target().name()));
  }

  static Answer missing(String guid) {
    return Refusal.of(
        404,
        "RoleDefinitionDoesNotExist",
        "The specified role definition with ID '%s' does not exist.".formatted(Guids.bare(guid)));
  }

  /// Azure's own, and custom ones that may be assigned at the scope (or below it, if asked for).
  @Override
  public Answer list(Call call) {
    var filter = new Filter(call.query("$filter"));
    Optional<String> name = filter.equal("roleName");
    Optional<String> kind = filter.equal("type");
    String scope = AssignmentWish.scope(call);
    boolean below = filter.calls("atScopeAndBelow");
    Stream<Role> found =
        roles.all().stream()
            .filter(role -> name.map(role.name()::equalsIgnoreCase).orElse(true))
            .filter(role -> kind.map(DefinitionTree.kind(role)::equalsIgnoreCase).orElse(true))
            .filter(role -> role.isAssignableAt(scope) || (below && role.isAssignableBelow(scope)));
    List<ObjectNode> shown =
        found
            .sorted(Comparator.comparing(Role::name))
            .map(role -> DefinitionTree.of(call, role))
            .toList();
    return Pages.of(call, addresses, shown);
  }

  @Override
  public Answer put(Call call) {
    return store.alone(NAME, () -> refusal(call).orElseGet(() -> written(call)));
  }

  private Optional<Answer> refusal(Call call) {
    String name = DefinitionTree.roleName(call);
    if (!Guids.isGuid(call.target().name())) {
      return refused(
          400,
          "InvalidRoleDefinitionId",
          "The role definition ID '%s' is not valid. The role definition ID must be a GUID."
              .formatted(call.target().name()));
    }
    if (before(call).filter(role -> role.kind() == Role.Kind.BUILT_IN).isPresent()) {
      return refused(
          400, "RoleDefinitionBuiltInCannotBeUpdated", "Built-in roles cannot be changed.");
    }
    if (name.isBlank() || DefinitionTree.lacksContent(call)) {
      return refused(400, "BadRequestFormat", "The request was incorrectly formatted.");
    }
    return nameTaken(call, name)
        ? refused(
            409,
            "RoleDefinitionWithSameNameExists",
            "A custom role with the same name already exists in this directory. Use a different name.")
        : Optional.empty();
  }

  private static Optional<Answer> refused(int status, String code, String message) {
    return Optional.of(Refusal.of(status, code, message));
  }

  private Optional<Role> before(Call call) {
    return roles.find(call.target().name());
  }

  private boolean nameTaken(Call call, String name) {
    return roles.all().stream()
        .filter(role -> !role.id().equalsIgnoreCase(call.target().name()))
        .anyMatch(role -> role.name().equalsIgnoreCase(name));
  }

  private Answer written(Call call) {
    ObjectNode tree = DefinitionTree.written(call, before(call));
    store.put(Stored.of(stored(call), NAME, tree));
    return Answer.json(201, DefinitionTree.firstSeen(tree));
  }

  /// One id for a role, at whatever scope it was written: its GUID is the tenant's.
  private static String stored(Call call) {
    return id(Optional.empty(), call.target().name());
  }

  @Override
  public Answer delete(Call call) {
    return store.alone(
        NAME,
        () -> before(call).map(role -> deleted(call, role)).orElseGet(() -> Answer.empty(204)));
  }

  private Answer deleted(Call call, Role role) {
    if (role.kind() == Role.Kind.BUILT_IN) {
      return Refusal.of(
          400, "RoleDefinitionBuiltInCannotBeDeleted", "Built-in roles cannot be deleted.");
    }
    if (access.isGiven(role.id())) {
      return Refusal.of(
          409,
          "RoleDefinitionHasAssignments",
          "There are existing role assignments referencing role.");
    }
    store.remove(stored(call));
    roles.remove(role.id());
    return Answer.json(200, DefinitionTree.of(call, role));
  }
}
