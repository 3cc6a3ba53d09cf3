// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import dev.latchkey.sandbox.access.Assignment;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.RoleAccess;
import dev.latchkey.sandbox.access.Roles;
import dev.latchkey.sandbox.access.Scope;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Role assignments at any scope. ARM honours one at once, data planes after a lag.
///
/// The store holds them; who may do what follows what is stored.
public final class RoleAssignments implements ResourceType {
  static final String NAME = "Microsoft.Authorization/roleAssignments";

  static final Set<String> VERSIONS =
      Set.of(
          "2015-07-01",
          "2017-10-01-preview",
          "2018-01-01-preview",
          "2018-07-01",
          "2018-09-01-preview",
          "2020-03-01-preview",
          "2020-04-01-preview",
          "2020-08-01-preview",
          "2020-10-01",
          "2020-10-01-preview",
          "2022-04-01",
          "2022-05-01-preview");

  /// Of all assignments at and below a subscription, resource and secret scopes included.
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
    store.onArrival(this::arrive);
    store.onFarewell(this::leave);
  }

  private void arrive(Stored stored) {
    if (stored.type().equals(NAME)) {
      access.add(AssignmentTree.assignment(stored, lags));
    }
  }

  private void leave(Stored gone) {
    if (gone.type().equals(NAME)) {
      access.end(gone.id(), lags.noticed(Lags.Lag.ROLE, gone.id()));
    }
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
        .forEach((name, value) -> attributes.put("@request[" + ATTRIBUTE + name + "]", value));
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
    put(described, "RoleDefinitionId", Guids.lastOf(role));
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
        .map(assignment -> Answer.json(200, AssignmentTree.shown(call, assignment.tree())))
        .orElseGet(() -> missing(call));
  }

  private static Answer missing(Call call) {
    return Refusal.of(
        404,
        "RoleAssignmentNotFound",
        "The role assignment '%s' is not found.".formatted(call.target().name()));
  }

  /// Those of the scope, of the scopes above it and, unless `atScope()` is asked for, below it.
  @Override
  public Answer list(Call call) {
    var filter = new Filter(call.query("$filter"));
    Optional<String> principal =
        filter.equal("principalId").or(() -> filter.argument("assignedTo"));
    Scope scope = Scope.of(call.target().scope());
    List<ObjectNode> found =
        (filter.calls("atScope") ? above(scope) : Stream.concat(above(scope), below(scope)))
            .map(Stored::tree)
            .filter(tree -> principal.map(id -> isOf(tree, id)).orElse(true))
            .map(tree -> AssignmentTree.shown(call, tree))
            .toList();
    return Pages.of(call, addresses, found);
  }

  private Stream<Stored> above(Scope scope) {
    Stream<Stored> onPath =
        scope.upwards().stream()
            .flatMap(above -> store.below(above.path() + "/providers/" + NAME).stream());
    Stream<Stored> ofManagementGroups =
        store.below("/providers/Microsoft.Management", NAME).stream()
            .filter(one -> !scope.isManagementGroup() && ownScope(one).holds(scope));
    return Stream.concat(onPath, ofManagementGroups);
  }

  private Stream<Stored> below(Scope scope) {
    return store.below(scope.path(), NAME).stream()
        .filter(one -> !ownScope(one).equals(scope) && !ownScope(one).isManagementGroup());
  }

  private static Scope ownScope(Stored assignment) {
    return Scope.of(assignment.tree().path("properties").path("scope").asString(""));
  }

  private static boolean isOf(ObjectNode tree, String principal) {
    return tree.path("properties").path("principalId").asString("").equalsIgnoreCase(principal);
  }

  /// Whoever looks for a trio or a name must see the whole tenant: one writer at a time.
  @Override
  public Answer put(Call call) {
    AssignmentWish wish = AssignmentWish.of(call);
    return store.alone(NAME, () -> checks.refusal(call, wish).orElseGet(() -> placed(call, wish)));
  }

  private Answer placed(Call call, AssignmentWish wish) {
    List<Assignment> named = access.named(call.target().name());
    if (!named.stream().allMatch(wish::isTrioOf)) {
      return Refusal.of(
          400,
          "RoleAssignmentUpdateNotPermitted",
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    }
    return named.isEmpty() ? added(call, wish) : written(call, wish);
  }

  private Answer added(Call call, AssignmentWish wish) {
    if (access.held(wish.principalId(), wish.scope()).stream().anyMatch(wish::isTrioOf)) {
      return Refusal.of(409, "RoleAssignmentExists", "The role assignment already exists.");
    }
    if (call.target().subscription().filter(id -> access.count(id) >= MOST).isPresent()) {
      return Refusal.of(
          400,
          "RoleAssignmentLimitExceeded",
          "The number of role assignments has exceeded the limit of %d.".formatted(MOST));
    }
    return written(call, wish);
  }

  private Answer written(Call call, AssignmentWish wish) {
    String type = checks.typeOf(wish.principalId()).orElse("ServicePrincipal");
    Optional<Stored> before = store.find(call.target().path());
    ObjectNode tree = AssignmentTree.written(call, wish, type, before);
    store.put(Stored.of(tree.path("id").asString(), NAME, tree));
    return Answer.json(201, AssignmentTree.firstSeen(call, tree));
  }

  /// Adds an assignment that all services have known for long.
  ///
  /// @return its resource id
  public String add(String principalId, String role, String scope) {
    String key = (principalId + role + scope).toLowerCase(Locale.ROOT);
    String guid = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    String id = (scope.equals("/") ? "" : scope) + "/providers/" + NAME + "/" + guid;
    String roleId = RoleDefinitions.id(Optional.empty(), role);
    store.put(Stored.of(id, NAME, AssignmentTree.old(id, roleId, principalId, scope)));
    return id;
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
    return Answer.json(200, AssignmentTree.shown(call, assignment.tree()));
  }
}
