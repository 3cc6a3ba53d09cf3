// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Member;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Ask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who made the requests; role definitions and assignments, and what was there of them for Azure to
/// refuse another.
final class AuthorizationPremises implements Inference {
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String ASSIGNMENT = "Microsoft.Authorization/roleAssignments";
  private static final String DEFINITION = "Microsoft.Authorization/roleDefinitions";

  /// Of assignments in one subscription.
  private static final int FULL = 4000;

  private final Scene scene;

  /// The caller is there.
  AuthorizationPremises(Scene scene) {
    this.scene = scene;
    String caller = scene.callerId();
    scene
        .cloud()
        .directory()
        .add(
            new Principal(
                caller, caller, scene.tenantId(), "recorder", Optional.empty(), Instant.EPOCH));
  }

  @Override
  public void before(Step step) {
    Exchange exchange = step.exchange();
    if (exchange.concerns(ASSIGNMENT) && exchange.method().equals("PUT")) {
      assignment(step);
    }
    switch (exchange.code()) {
      case "RoleDefinitionDoesNotExist" -> roles().remove(missing(step));
      case "RoleDefinitionWithSameNameExists" ->
          roles().add(named(step.sent().at("/properties/roleName").asString("")));
      case "RoleDefinitionHasAssignments" -> assign(ArmPath.name(step.path()), "/");
      default -> {
        // nothing else shows in the code
      }
    }
  }

  private Roles roles() {
    return scene.cloud().azure().roles();
  }

  private void assign(String role, String scope) {
    scene.cloud().azure().assign(scene.callerId(), role, scope);
  }

  /// The role that an assignment wants, or the definition that was asked for.
  private static String missing(Step step) {
    String wanted = step.sent().at("/properties/roleDefinitionId").asString("");
    return wanted.isEmpty() ? step.path() : wanted;
  }

  private void assignment(Step step) {
    JsonNode sent = body(step);
    String principal = sent.at("/properties/principalId").asString("");
    String role = sent.at("/properties/roleDefinitionId").asString("");
    known(step.exchange(), principal, role);
    int end = step.path().toLowerCase(Locale.ROOT).indexOf("/providers/microsoft.authorization/");
    switch (step.exchange().code()) {
      case "RoleAssignmentExists" ->
          scene
              .cloud()
              .azure()
              .assign(principal, ArmPath.name(role), step.path().substring(0, end));
      case "RoleAssignmentUpdateNotPermitted" -> ofAnother(step, sent);
      case "RoleAssignmentLimitExceeded" -> fill(step.path().substring(0, end));
      default -> {
        // nothing else shows in the code
      }
    }
  }

  /// As many assignments as a subscription takes.
  private void fill(String scope) {
    for (int index = 0; index < FULL; index++) {
      scene.cloud().azure().assign(new UUID(1, index).toString(), READER, scope);
    }
  }

  /// The name is taken by an assignment to another principal.
  private void ofAnother(Step step, JsonNode sent) {
    ObjectNode other = Scene.unknown(step.path(), ASSIGNMENT);
    other.set("properties", sent.path("properties").deepCopy());
    ((ObjectNode) other.path("properties")).put("principalId", new UUID(0, 1).toString());
    scene.store().put(Stored.of(step.path(), ASSIGNMENT, other));
  }

  /// The principal is visible unless the answer says otherwise; the role exists.
  private void known(Exchange exchange, String principal, String role) {
    type(exchange.body())
        .or(() -> type(exchange.sent()))
        .ifPresentOrElse(
            type -> scene.cloud().directory().add(new Member(principal, type)),
            () -> principal(principal, exchange.code()));
    if (roles().find(role).isEmpty()) {
      roles().add(unknown(role));
    }
  }

  /// What the principal is, if it is none that signs in.
  private static Optional<Member.Type> type(JsonNode body) {
    String word = body.at("/properties/principalType").asString("");
    return Stream.of(Member.Type.values()).filter(type -> type.word().equals(word)).findFirst();
  }

  private void principal(String id, String code) {
    Optional<Principal> before = scene.cloud().directory().byObjectId(id);
    scene
        .cloud()
        .directory()
        .add(
            new Principal(
                id,
                before.map(Principal::clientId).orElse("client of " + id),
                scene.tenantId(),
                before.map(Principal::displayName).orElse("recorded"),
                before.flatMap(Principal::managedIdentity),
                code.equals("PrincipalNotFound") ? Instant.MAX : Instant.EPOCH));
  }

  private static Role unknown(String role) {
    return role(ArmPath.name(role), "recorded", Role.Kind.BUILT_IN);
  }

  /// Another role of this name.
  private static Role named(String name) {
    return role(new UUID(2, 0).toString(), name, Role.Kind.CUSTOM);
  }

  private static Role role(String guid, String name, Role.Kind kind) {
    var nobody = new Role.History("", Optional.empty(), "", Optional.empty());
    return new Role(guid, name, "", kind, List.of("/"), List.of(), nobody);
  }

  @Override
  public Ask sent(Step step, Ask ask) {
    boolean leftOut =
        step.exchange().concerns(ASSIGNMENT)
            && ask.method().equals("PUT")
            && ask.body().length == 0;
    return leftOut
        ? new Ask(
            ask.origin(),
            ask.method(),
            ask.path(),
            ask.query(),
            ask.headers(),
            body(step).toString().getBytes(StandardCharsets.UTF_8),
            ask.clientCertificate())
        : ask;
  }

  /// What was sent, or a plausible assignment where a quotation has left it out.
  private JsonNode body(Step step) {
    if (!step.sent().isMissingNode()) {
      return step.sent();
    }
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putObject("properties")
        .put("roleDefinitionId", "/providers/" + DEFINITION + "/" + READER)
        .put("principalId", scene.callerId());
    return tree;
  }
}
