// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Condition;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Member;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;

/// Why a role assignment is refused for what it says; nothing where it is not.
///
/// @param directory knows the principals, each from a moment on
record AssignmentChecks(Roles roles, Directory directory, String tenantId) {
  private static final String SERVICE_PRINCIPAL = "ServicePrincipal";

  /// What the body of a PUT asks for.
  Optional<Answer> refusal(Call call, AssignmentWish wish) {
    return malformed(call, wish)
        .or(() -> roleUnknown(wish))
        .or(() -> conditionInvalid(wish))
        .or(() -> principalUnknown(call, wish))
        .or(() -> typeDiffers(wish));
  }

  private static Optional<Answer> malformed(Call call, AssignmentWish wish) {
    if (!Guids.isGuid(call.target().name())) {
      return refused(
          400,
          "InvalidRoleAssignmentId",
          "The role assignment ID '%s' is not valid. The role assignment ID must be a GUID."
              .formatted(call.target().name()));
    }
    if (wish.roleId().isEmpty()) {
      return refused(400, "BadRequestFormat", "The request was incorrectly formatted.");
    }
    if (!Guids.isGuid(wish.principalId())) {
      return refused(
          400, "InvalidPrincipalId", "A valid principal ID must be provided for role assignment.");
    }
    return Optional.empty();
  }

  /// A custom role is unknown where it may not be assigned.
  private Optional<Answer> roleUnknown(AssignmentWish wish) {
    return roles.find(wish.roleId()).filter(role -> role.isAssignableAt(wish.scope())).isPresent()
        ? Optional.empty()
        : Optional.of(RoleDefinitions.missing(wish.roleId()));
  }

  /// Version 2.0 is the default and the only one.
  private static Optional<Answer> conditionInvalid(AssignmentWish wish) {
    boolean version = wish.conditionVersion().orElse("2.0").equals("2.0");
    boolean fine =
        wish.condition().map(text -> version && Condition.read(text).isPresent()).orElse(true);
    return fine
        ? Optional.empty()
        : refused(
            400,
            "InvalidRoleAssignmentCondition",
            "The given role assignment condition is invalid.");
  }

  /// Who says the type of a new principal spares Azure the look into the directory.
  private Optional<Answer> principalUnknown(Call call, AssignmentWish wish) {
    Optional<Principal> principal = directory.byObjectId(wish.principalId());
    String said = wish.principalType().orElse("");
    boolean known =
        principal
            .map(found -> !said.isEmpty() || !found.visibleFrom().isAfter(call.now()))
            .orElseGet(
                () ->
                    directory.member(wish.principalId()).isPresent()
                        || (!said.isEmpty() && !said.equals(SERVICE_PRINCIPAL)));
    return known ? Optional.empty() : refused(400, "PrincipalNotFound", notFound(call, wish));
  }

  private String notFound(Call call, AssignmentWish wish) {
    String fact =
        "Principal %s does not exist in the directory %s."
            .formatted(Guids.bare(wish.principalId()), tenantId);
    // clients of before this version were told less
    return call.since("2020-04-01")
        ? fact
            + " Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"
        : fact;
  }

  private Optional<Answer> typeDiffers(AssignmentWish wish) {
    return typeOf(wish.principalId())
        .filter(type -> !wish.principalType().orElse(type).equalsIgnoreCase(type))
        .flatMap(
            type ->
                refused(
                    400,
                    "UnmatchedPrincipalType",
                    // the slip in the last words is Azure's
                    "The PrincipalId '%s' has type '%s' , which is different from specified PrinciaplType '%s'."
                        .formatted(
                            Guids.bare(wish.principalId()),
                            type,
                            wish.principalType().orElse(""))));
  }

  /// What the directory says that a principal is.
  Optional<String> typeOf(String principalId) {
    return directory
        .byObjectId(principalId)
        .map(_ -> SERVICE_PRINCIPAL)
        .or(() -> directory.member(principalId).map(Member::type).map(Member.Type::word));
  }

  private static Optional<Answer> refused(int status, String code, String message) {
    return Optional.of(Refusal.of(status, code, message));
  }
}
