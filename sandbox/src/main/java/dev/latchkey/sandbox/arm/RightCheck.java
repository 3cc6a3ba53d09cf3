// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;

/// The third check: may this caller do that there?
final class RightCheck {
  private final Access access;

  RightCheck(Access access) {
    this.access = access;
  }

  Optional<Answer> refusal(ResourceType type, Call call) {
    return switch (type.rights()) {
      case ANY_TOKEN -> Optional.empty();
      case BY_ROLE -> byRole(type, call);
    };
  }

  private Optional<Answer> byRole(ResourceType type, Call call) {
    String action = type.name() + "/" + verb(call);
    String scope = scope(call.target());
    var wish =
        new Access.Wish(
            call.caller().objectId(),
            action,
            Access.Plane.MANAGEMENT,
            scope,
            type.attributes(call));
    return access.allowing(wish).isPresent()
        ? Optional.empty()
        : Optional.of(refused(call.caller(), action, scope));
  }

  private static String verb(Call call) {
    return switch (call.ask().method()) {
      case "GET", "HEAD" -> "read";
      case "DELETE" -> "delete";
      case "POST" -> call.action() + "/action";
      default -> "write";
    };
  }

  /// A collection is judged at what it belongs to.
  private static String scope(Target target) {
    return target.open() && target.path().lastIndexOf('/') > 0
        ? target.path().substring(0, target.path().lastIndexOf('/'))
        : target.path();
  }

  private static Answer refused(Caller caller, String action, String scope) {
    return Refusal.byGateway(
        403,
        "AuthorizationFailed",
        "The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
            .formatted(caller.clientId(), caller.objectId(), action, scope));
  }
}
