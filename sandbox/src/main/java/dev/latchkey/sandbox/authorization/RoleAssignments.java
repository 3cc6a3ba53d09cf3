// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Assignment;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.RoleAccess;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Filter;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Role assignments at any scope. ARM honours one at once, data planes after a lag.
public final class RoleAssignments implements ResourceType {
  static final String NAME = "Microsoft.Authorization/roleAssignments";

  static final Set<String> VERSIONS =
      Set.of(
          "2015-07-01",
          "2018-01-01-preview",
          "2018-09-01-preview",
          "2020-03-01-preview",
          "2020-04-01-preview",
          "2020-08-01-preview",
          "2020-10-01-preview",
          "2022-04-01",
          "2022-05-01-preview");

  private static final int MOST = 4000;
  private static final String ATTRIBUTE = NAME + ":";

  private final Store store;
  private final RoleAccess access;
  private final AssignmentChecks checks;
  private final Lags lags;
  private final Addresses addresses;

  /// The assignments of a tenant.
  public RoleAssignments(
      Store store,
      RoleAccess access,
      Roles roles,
      Directory directory,
      Lags lags,
      Addresses addresses,
      String tenantId) {
    this.store = store;
    this.access = access;
    this.checks = new AssignmentChecks(roles, directory, tenantId);
    this.lags = lags;
    this.addresses = addresses;
    store.onFarewell(this::leave);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return VERSIONS;
  }

  @Override
  public Home home() {
    return Home.ANY_SCOPE;
  }

  /// A write is judged by what it asks for, a deletion by what is there.
  @Override
  public Map<String, String> attributes(Call call) {
    var attributes = new LinkedHashMap<String, String>();
    described(call.body().path("properties"))
        .forEach((name, value) -> attributes.put("@Request[" + ATTRIBUTE + name + "]", value));
    store
        .find(call.target().path())
        .ifPresent(
            there ->
                described(there.tree().path("properties"))
                    .forEach((name, value) -> attributes.put(ATTRIBUTE + name, value)));
    return attributes;
  }

  private static Map<String, String> described(JsonNode properties) {
    var described = new LinkedHashMap<String, String>();
    String role = properties.path("roleDefinitionId").asString("");
    put(described, "RoleDefinitionId", role.substring(role.lastIndexOf('/') + 1));
    put(described, "PrincipalId", properties.path("principalId").asString(""));
    put(described, "PrincipalType", properties.path("principalType").asString(""));
    return described;
  }

  private static void put(Map<String, String> described, String name, String value) {
    if (!value.isEmpty()) {
      described.put(name, value);
    }
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(assignment -> Answer.json(200, shape(call, assignment.tree())))
        .orElseGet(() -> missing(call));
  }

  private static Answer missing(Call call) {
    return Refusal.of(
        404,
        "RoleAssignmentNotFound",
        "The role assignment '%s' is not found.".formatted(call.target().name()));
  }

  @Override
  public Answer list(Call call) {
    var filter = new Filter(call.query("$filter"));
    Optional<String> principal =
        filter.equal("principalId").or(() -> filter.argument("assignedTo"));
    String scope = call.target().scope();
    List<ObjectNode> all =
        store.below("", NAME).stream()
            .map(Stored::tree)
            .filter(tree -> principal.map(id -> isOf(tree, id)).orElse(true))
            .filter(
                tree -> counts(tree, scope) || (!filter.calls("atScope") && isBelow(tree, scope)))
            .map(tree -> shape(call, tree))
            .toList();
    return Pages.of(call, addresses, all);
  }

  private static boolean isOf(ObjectNode tree, String principal) {
    return property(tree, "principalId").equalsIgnoreCase(principal);
  }

  private static boolean counts(ObjectNode tree, String scope) {
    String own = property(tree, "scope");
    return own.equals("/") || own.equalsIgnoreCase(scope) || within(scope, own);
  }

  private static boolean isBelow(ObjectNode tree, String scope) {
    return within(property(tree, "scope"), scope);
  }

  private static boolean within(String inner, String outer) {
    return lower(inner).startsWith(lower(outer) + "/");
  }

  /// Whoever looks for a trio or a name must see the whole tenant: one writer at a time.
  @Override
  public Answer put(Call call) {
    return store.alone(NAME, () -> checks.wish(call).orElseGet(() -> placed(call)));
  }

  private Answer placed(Call call) {
    String scope = scope(call);
    JsonNode properties = call.body().path("properties");
    String principal = properties.path("principalId").asString("");
    String role = properties.path("roleDefinitionId").asString("");
    List<Stored> all = store.below("", NAME);
    Optional<Stored> named =
        all.stream()
            .filter(other -> other.name().equalsIgnoreCase(call.target().name()))
            .findFirst();
    if (named.isPresent() && !isTrio(named.get(), scope, principal, role)) {
      return Refusal.of(
          400,
          "RoleAssignmentUpdateNotPermitted",
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    }
    if (named.isEmpty() && all.stream().anyMatch(other -> isTrio(other, scope, principal, role))) {
      return Refusal.of(409, "RoleAssignmentExists", "The role assignment already exists.");
    }
    if (named.isEmpty() && count(call, all) >= MOST) {
      return Refusal.of(
          400,
          "RoleAssignmentLimitExceeded",
          "The number of role assignments has exceeded the limit of %d.".formatted(MOST));
    }
    return written(call, scope, named);
  }

  private static long count(Call call, List<Stored> all) {
    String subscription = "/subscriptions/" + call.target().subscription().orElse("") + "/";
    return all.stream().filter(other -> lower(other.id()).startsWith(lower(subscription))).count();
  }

  private static boolean isTrio(Stored other, String scope, String principal, String role) {
    return property(other.tree(), "scope").equalsIgnoreCase(scope)
        && isOf(other.tree(), principal)
        && lastWord(property(other.tree(), "roleDefinitionId")).equalsIgnoreCase(lastWord(role));
  }

  private Answer written(Call call, String scope, Optional<Stored> before) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    JsonNode wanted = call.body().path("properties");
    String id = call.target().path();
    String now = Moments.text(call.now());
    ObjectNode properties = tree.putObject("properties");
    properties.put(
        "roleDefinitionId", roleId(call, lastWord(wanted.path("roleDefinitionId").asString(""))));
    properties.set("principalId", wanted.path("principalId"));
    properties.put("principalType", wanted.path("principalType").asString("ServicePrincipal"));
    properties.put("scope", scope);
    copy(wanted, properties, "condition");
    copy(wanted, properties, "conditionVersion");
    properties.put(
        "createdOn", before.map(there -> property(there.tree(), "createdOn")).orElse(now));
    properties.put("updatedOn", now);
    properties.put(
        "createdBy",
        before.map(there -> property(there.tree(), "createdBy")).orElse(call.caller().objectId()));
    properties.put("updatedBy", call.caller().objectId());
    copy(wanted, properties, "delegatedManagedIdentityResourceId");
    copy(wanted, properties, "description");
    tree.put("id", before.map(Stored::id).orElse(id)).put("type", NAME);
    tree.put("name", call.target().name());
    store.put(Stored.of(tree.path("id").asString(), NAME, tree));
    access.add(assignment(tree));
    return Answer.json(201, shape(call, firstSeen(tree)));
  }

  /// The answer to a write does not know yet who made it.
  private static ObjectNode firstSeen(ObjectNode tree) {
    ObjectNode seen = tree.deepCopy();
    ((ObjectNode) seen.path("properties")).putNull("createdBy");
    return seen;
  }

  /// Adds an assignment that all services have known for long.
  ///
  /// @return its resource id
  public String add(String principalId, String role, String scope) {
    String seen = Moments.text(Instant.EPOCH);
    String key = lower(principalId + role + scope);
    String guid = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    String id = (scope.equals("/") ? "" : scope) + "/providers/" + NAME + "/" + guid;
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode properties = tree.putObject("properties");
    properties.put("roleDefinitionId", RoleDefinitions.id(subscription(scope), role));
    properties.put("principalId", principalId).put("principalType", "ServicePrincipal");
    properties.put("scope", scope).putNull("condition").putNull("conditionVersion");
    properties.put("createdOn", seen).put("updatedOn", seen);
    properties.put("createdBy", principalId).put("updatedBy", principalId);
    properties.putNull("delegatedManagedIdentityResourceId").putNull("description");
    tree.put("id", id).put("type", NAME).put("name", guid);
    store.put(Stored.of(id, NAME, tree));
    access.add(new Assignment(id, scope, role, principalId, "", Instant.MIN, Instant.MAX));
    return id;
  }

  private static Optional<String> subscription(String scope) {
    String[] words = scope.split("/", -1);
    return words.length > 2 ? Optional.of(words[2]) : Optional.empty();
  }

  private Assignment assignment(ObjectNode tree) {
    String id = tree.path("id").asString();
    return new Assignment(
        id,
        property(tree, "scope"),
        lastWord(property(tree, "roleDefinitionId")),
        property(tree, "principalId"),
        property(tree, "condition"),
        lags.noticed(Lags.Lag.ROLE, id),
        Instant.MAX);
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.path(name).isString()) {
      to.set(name, from.path(name));
    } else {
      to.putNull(name);
    }
  }

  @Override
  public Answer delete(Call call) {
    return store.alone(
        NAME,
        () ->
            store
                .find(call.target().path())
                .map(assignment -> deleted(call, assignment))
                .orElseGet(() -> Answer.empty(204)));
  }

  private Answer deleted(Call call, Stored assignment) {
    store.remove(assignment.id());
    return Answer.json(200, shape(call, assignment.tree()));
  }

  private void leave(Stored gone) {
    if (gone.type().equals(NAME)) {
      access.end(gone.id(), lags.noticed(Lags.Lag.ROLE, gone.id()));
    }
  }

  /// Versions before conditions do not show them, nor what came with them.
  private static ObjectNode shape(Call call, ObjectNode tree) {
    if (call.since("2020-03-01")) {
      return tree;
    }
    ObjectNode older = tree.deepCopy();
    ((ObjectNode) older.path("properties"))
        .remove(
            List.of(
                "condition",
                "conditionVersion",
                "delegatedManagedIdentityResourceId",
                "description"));
    return older;
  }

  private static String scope(Call call) {
    return call.target().scope().isEmpty() ? "/" : call.target().scope();
  }

  private static String roleId(Call call, String guid) {
    return RoleDefinitions.id(call.target().subscription(), guid);
  }

  private static String property(ObjectNode tree, String name) {
    return tree.path("properties").path(name).asString("");
  }

  private static String lastWord(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
