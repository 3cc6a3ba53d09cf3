// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The role definitions of the tenant: Azure's own, and those that somebody made. Safe for use by
/// several threads.
public final class Roles {
  private static final String BUILT_IN = "built-in-roles.json";

  private final ConcurrentMap<String, Role> byId = new ConcurrentHashMap<>();

  /// The roles of a new tenant: the built-in ones.
  public Roles() {
    try (InputStream in = Roles.class.getResourceAsStream(BUILT_IN)) {
      JsonMapper.shared().readTree(in).path("roles").forEach(role -> add(builtIn(role)));
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's own " + BUILT_IN + " cannot be read", e);
    }
  }

  /// Adds a role, or replaces the one of this id.
  public void add(Role role) {
    byId.put(key(role.id()), role);
  }

  /// Takes a role away.
  public void remove(String id) {
    byId.remove(key(id));
  }

  /// The role of a GUID, or of a resource id that ends in one: the prefix may name any scope.
  public Optional<Role> find(String id) {
    return Optional.ofNullable(byId.get(key(id)));
  }

  /// All roles.
  public Collection<Role> all() {
    return List.copyOf(byId.values());
  }

  /// A permission set as ARM writes it.
  public static Role.Permission permission(JsonNode tree) {
    return new Role.Permission(
        texts(tree.path("actions")),
        texts(tree.path("notActions")),
        texts(tree.path("dataActions")),
        texts(tree.path("notDataActions")),
        tree.path("condition").asString(""));
  }

  private static Role builtIn(JsonNode tree) {
    return new Role(
        tree.path("id").asString(),
        tree.path("name").asString(),
        tree.path("description").asString(),
        Role.Kind.BUILT_IN,
        List.of("/"),
        permissions(tree),
        history(tree));
  }

  /// A role as ARM writes it, or empty if that is no role.
  public static Optional<Role> read(JsonNode tree) {
    JsonNode properties = tree.path("properties");
    String id = tree.path("name").asString("");
    boolean custom = properties.path("type").asString("").equals("CustomRole");
    return id.isEmpty() || !properties.path("permissions").isArray()
        ? Optional.empty()
        : Optional.of(
            new Role(
                id,
                properties.path("roleName").asString(""),
                properties.path("description").asString(""),
                custom ? Role.Kind.CUSTOM : Role.Kind.BUILT_IN,
                texts(properties.path("assignableScopes")),
                permissions(properties),
                history(properties)));
  }

  private static List<Role.Permission> permissions(JsonNode tree) {
    return tree.path("permissions").valueStream().map(Roles::permission).toList();
  }

  private static Role.History history(JsonNode tree) {
    return new Role.History(
        tree.path("createdOn").asString(""),
        tree.path("createdBy").asStringOpt(),
        tree.path("updatedOn").asString(""),
        tree.path("updatedBy").asStringOpt());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(text -> text.asString("")).toList();
  }

  private static String key(String id) {
    return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
