// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.RoleAssignmentName;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The role that lets an identity read secrets, as it is held and as it is wanted.
final class SecretsUser {
  static final Role ROLE = Role.KEY_VAULT_SECRETS_USER;
  private static final String OURS = "latchkey: ";

  private SecretsUser() {}

  /// Every assignment of the role to the identity, at the vault, below it, or inherited by it.
  static List<RoleAssignment> held(Seen seen) {
    return seen.identity().stream()
        .flatMap(
            identity ->
                seen.assignments().stream()
                    .filter(
                        held ->
                            held.principal()
                                .value()
                                .equalsIgnoreCase(identity.principal().value())))
        .filter(held -> ROLE.is(held.roleDefinitionId()))
        .toList();
  }

  static boolean isAt(ResourceId scope, RoleAssignment held) {
    return held.scope().equalsIgnoreCase(scope.text());
  }

  private static boolean isWithin(ResourceId vault, RoleAssignment held) {
    return isAt(vault, held) || held.scope().toLowerCase(Locale.ROOT).startsWith(vault.key() + "/");
  }

  /// Whether latchkey assigned it, at the vault or at a secret: it is wanted, or told as left over.
  static boolean isOfLatchkey(Target target, RoleAssignment held) {
    return ROLE.is(held.roleDefinitionId())
        && isWithin(target.vault().vault(), held)
        && held.description().startsWith(OURS);
  }

  static RoleAssignment wanted(
      Target target, ResourceId scope, PrincipalId principal, Optional<String> condition) {
    return new RoleAssignment(
        RoleAssignmentName.of(scope, ROLE.guid(), principal),
        scope.text(),
        "/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s"
            .formatted(scope.subscription(), ROLE.guid()),
        principal,
        "%s%s on %s".formatted(OURS, target.application(), target.cluster().name()),
        condition,
        Optional.empty());
  }

  /// Names what latchkey assigned when the file said otherwise. Key Vault may notice a new
  /// assignment minutes late, so the old ones stay until somebody who knows takes them away.
  static List<String> leftover(Target target, Seen seen, Predicate<RoleAssignment> needed) {
    List<RoleAssignment> left =
        held(seen).stream()
            .filter(held -> isOfLatchkey(target, held))
            .filter(needed.negate())
            .toList();
    return left.isEmpty()
        ? List.of()
        : List.of(
            "the file needs no more what an earlier run assigned: %s on %s; once the new access is proven, take it away: az role assignment delete --ids %s"
                .formatted(
                    ROLE.title(),
                    left.stream()
                        .map(held -> scopeWords(target, held))
                        .collect(Collectors.joining(", ")),
                    left.stream().map(SecretsUser::id).collect(Collectors.joining(" "))));
  }

  private static String scopeWords(Target target, RoleAssignment held) {
    ResourceId vault = target.vault().vault();
    return vault.name() + held.scope().substring(vault.text().length());
  }

  private static String id(RoleAssignment held) {
    return held.scope() + "/providers/Microsoft.Authorization/roleAssignments/" + held.name();
  }

  /// The command that makes an assignment, for its owner.
  static String command(String principal, String scope) {
    return ("az role assignment create --role \"%s\" --assignee-object-id %s"
            + " --assignee-principal-type ServicePrincipal --scope %s")
        .formatted(ROLE.title(), principal, scope);
  }
}
