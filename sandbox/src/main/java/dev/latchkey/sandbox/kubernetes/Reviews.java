// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.token.Jwt;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions that are posted like objects and answered at once: who am I, may I, may they.
final class Reviews {
  private final Authentication authentication;
  private final Authorization authorization;

  Reviews(Authentication authentication, Authorization authorization) {
    this.authentication = authentication;
    this.authorization = authorization;
  }

  /// The question with its status filled in.
  ObjectNode answer(Kind kind, Caller caller, ObjectNode question) {
    Agreement.checkType(kind, question);
    ObjectNode answer = question.deepCopy();
    Trees.child(answer, "metadata");
    ObjectNode status = Trees.child(answer, "status");
    JsonNode spec = question.path("spec");
    switch (kind.name()) {
      case "SelfSubjectAccessReview" -> {
        checkWish(kind, spec);
        judge(status, caller, spec);
      }
      case "SubjectAccessReview", "LocalSubjectAccessReview" -> {
        checkWish(kind, spec);
        judge(status, other(spec), spec);
      }
      case "SelfSubjectRulesReview" -> rules(status, caller, Trees.text(spec, "namespace"));
      case "TokenReview" -> token(status, spec);
      case "SelfSubjectReview" -> describe(status.putObject("userInfo"), caller);
      default -> throw Refusal.noSuchPath();
    }
    return answer;
  }

  /// Kubernetes' `ValidateSubjectAccessReviewSpec`.
  private static void checkWish(Kind kind, JsonNode spec) {
    if (!spec.path("resourceAttributes").isObject()
        && !spec.path("nonResourceAttributes").isObject()) {
      throw Refusal.invalid(
          kind.name(),
          kind.group(),
          "",
          "FieldValueInvalid",
          "spec.resourceAttributes",
          "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be"
              + " specified");
    }
  }

  private void judge(ObjectNode status, Caller caller, JsonNode spec) {
    Optional<String> refusal = authorization.refusal(caller, attempt(spec));
    status.put("allowed", refusal.isEmpty());
    refusal.filter(why -> !why.isEmpty()).ifPresent(why -> status.put("reason", why));
  }

  private static Attempt attempt(JsonNode spec) {
    JsonNode path = spec.path("nonResourceAttributes");
    if (path.isObject()) {
      return Attempt.onPath(Trees.text(path, "verb"), Trees.text(path, "path"));
    }
    JsonNode wish = spec.path("resourceAttributes");
    return new Attempt(
        Trees.text(wish, "verb"),
        Trees.text(wish, "group"),
        Trees.text(wish, "resource"),
        Trees.text(wish, "subresource"),
        Trees.text(wish, "namespace"),
        Trees.text(wish, "name"),
        "");
  }

  private static Caller other(JsonNode spec) {
    var groups = new HashSet<String>();
    Trees.items(spec.path("groups")).forEach(group -> groups.add(group.asString()));
    return Caller.named(Trees.text(spec, "user"), groups);
  }

  private void rules(ObjectNode status, Caller caller, String namespace) {
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    for (JsonNode rule : authorization.rules(caller, namespace)) {
      (rule.has("nonResourceURLs") ? paths : resources).add(rule);
    }
    status.put("incomplete", caller.source() == Caller.Source.ENTRA);
  }

  private void token(ObjectNode status, JsonNode spec) {
    List<String> audiences =
        Trees.items(spec.path("audiences")).stream().map(JsonNode::asString).toList();
    String token = Trees.text(spec, "token");
    Optional<Caller> caller =
        audiences.isEmpty()
            ? authentication.ofToken(token)
            : Jwt.read(token)
                .flatMap(jwt -> authentication.ofServiceAccount(jwt, Set.copyOf(audiences)));
    status.put("authenticated", caller.isPresent());
    caller.ifPresentOrElse(
        known -> describe(status.putObject("user"), known),
        () -> status.put("error", "[invalid bearer token]"));
  }

  private static void describe(ObjectNode user, Caller caller) {
    user.put("username", caller.name());
    if (!caller.uid().isEmpty()) {
      user.put("uid", caller.uid());
    }
    ArrayNode groups = user.putArray("groups");
    caller.groups().stream().sorted().forEach(groups::add);
  }
}
