// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The third check: may this caller do that there, and what it links to elsewhere?
final class RightCheck {
  private final Access access;

  RightCheck(Access access) {
    this.access = access;
  }

  Optional<Answer> refusal(ResourceType type, Call call) {
    return switch (type.rights()) {
      case ANY_TOKEN -> Optional.empty();
      case BY_ROLE -> byRole(type, call);
      case BY_ROLE_LISTING_THE_SEEN -> isList(call) ? Optional.empty() : byRole(type, call);
    };
  }

  private static boolean isList(Call call) {
    return call.ask().method().equals("GET") && call.target().open();
  }

  /// The answer without what the caller may not see; who may see nothing of a list is refused it.
  Answer seen(ResourceType type, Call call, Answer answer) {
    return switch (type.rights()) {
      case ANY_TOKEN, BY_ROLE -> answer;
      case BY_ROLE_LISTING_THE_SEEN -> isList(call) ? cut(type, call, answer) : answer;
    };
  }

  private Answer cut(ResourceType type, Call call, Answer answer) {
    Optional<Answer> refusal = byRole(type, call);
    if (refusal.isEmpty()
        || !(answer.body() instanceof Answer.Body.Json(ObjectNode tree))
        || !tree.path("value").isArray()) {
      return answer;
    }
    List<JsonNode> seen =
        tree.path("value").valueStream().filter(one -> maySee(type, call.caller(), one)).toList();
    ObjectNode shorter = tree.deepCopy();
    shorter.putArray("value").addAll(seen);
    return seen.isEmpty()
        ? refusal.get()
        : new Answer(answer.status(), answer.headers(), new Answer.Body.Json(shorter));
  }

  /// Groups call themselves otherwise than the actions on them do.
  private boolean maySee(ResourceType type, Caller caller, JsonNode one) {
    boolean group = type.name().equals(ResourceGroups.NAME);
    String read = (group ? type.name() : one.path("type").asString("")) + "/read";
    return may(caller, read, one.path("id").asString(""), Map.of());
  }

  private Optional<Answer> byRole(ResourceType type, Call call) {
    String action = action(type, call);
    String scope = scope(call.target());
    return may(call.caller(), action, scope, type.attributes(call))
        ? unlinked(call, action, type.linked(call))
        : Optional.of(refused(call.caller(), action, scope));
  }

  private boolean may(Caller caller, String action, String scope, Map<String, String> attributes) {
    var wish =
        new Access.Wish(caller.objectId(), action, Access.Plane.MANAGEMENT, scope, attributes);
    return access.allowing(wish).isPresent();
  }

  private Optional<Answer> unlinked(Call call, String action, List<Linked> linked) {
    List<Linked> lacking =
        linked.stream()
            .distinct()
            .filter(one -> !may(call.caller(), one.action(), one.scope(), Map.of()))
            .toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(refused(call.caller(), action, scope(call.target()), lacking));
  }

  /// The action that a call performs, as roles name it.
  static String action(ResourceType type, Call call) {
    return type.name() + "/" + verb(call);
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

  private static Answer refused(Caller caller, String action, String scope, List<Linked> lacking) {
    return Refusal.byGateway(
        403,
        "LinkedAuthorizationFailed",
        "The client '%s' with object id '%s' has permission to perform action '%s' on scope '%s'; however, it does not have permission to perform action(s) '%s' on the linked scope(s) '%s' (respectively) or the linked scope(s) are invalid."
            .formatted(
                caller.clientId(),
                caller.objectId(),
                action,
                scope,
                lacking.stream().map(Linked::action).collect(Collectors.joining(",")),
                lacking.stream().map(Linked::scope).collect(Collectors.joining(","))));
  }
}
