// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Assignment;
import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.access.RoleAccess;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// What the caller itself may do at a scope: one set for each role that it holds there.
public final class Permissions implements ResourceType {
  private final RoleAccess access;
  private final Roles roles;
  private final Addresses addresses;

  /// The permissions by these assignments and roles.
  public Permissions(RoleAccess access, Roles roles, Addresses addresses) {
    this.access = access;
    this.roles = roles;
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return "Microsoft.Authorization/permissions";
  }

  @Override
  public Set<String> apiVersions() {
    return RoleAssignments.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.ANY_SCOPE;
  }

  /// Everybody may ask for its own.
  @Override
  public Rights rights() {
    return Rights.ANY_TOKEN;
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> sets =
        access.held(call.caller().objectId(), call.target().scope()).stream()
            .flatMap(assignment -> sets(call, assignment))
            .toList();
    return Pages.of(call, addresses, sets);
  }

  private Stream<ObjectNode> sets(Call call, Assignment assignment) {
    return roles.find(assignment.roleId()).stream()
        .map(Role::permissions)
        .flatMap(List::stream)
        .map(permission -> DefinitionTree.permission(call, permission))
        .map(tree -> DefinitionTree.conditioned(call, tree, assignment.condition()));
  }
}
