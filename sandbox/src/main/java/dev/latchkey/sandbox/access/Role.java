// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A role definition: what it allows, in the words of the services.
///
/// @param id the GUID, the last segment of its resource id
/// @param assignableScopes where it may be assigned; `/` for a built-in role
public record Role(
    String id,
    String name,
    String description,
    Kind kind,
    List<String> assignableScopes,
    List<Permission> permissions,
    History history) {
  /// Who made the role.
  public enum Kind {
    /// Azure.
    BUILT_IN,
    /// Somebody of the tenant.
    CUSTOM
  }

  /// One set of a role: allowed is what matches an action and no not-action of the same set.
  ///
  /// @param condition a condition that the role itself carries, or the empty text
  public record Permission(
      List<String> actions,
      List<String> notActions,
      List<String> dataActions,
      List<String> notDataActions,
      String condition) {
    public Permission {
      actions = List.copyOf(actions);
      notActions = List.copyOf(notActions);
      dataActions = List.copyOf(dataActions);
      notDataActions = List.copyOf(notDataActions);
    }

    boolean allows(String action, Access.Plane plane) {
      return switch (plane) {
        case MANAGEMENT -> matches(actions, action) && !matches(notActions, action);
        case DATA -> matches(dataActions, action) && !matches(notDataActions, action);
      };
    }

    private static boolean matches(List<String> patterns, String action) {
      return patterns.stream().anyMatch(pattern -> Pattern.matches(pattern, action));
    }
  }

  /// Who wrote a role and when, as ARM writes moments and object ids; of a built-in role nobody
  /// did.
  public record History(
      String createdOn, Optional<String> createdBy, String updatedOn, Optional<String> updatedBy) {}

  public Role {
    assignableScopes = List.copyOf(assignableScopes);
    permissions = List.copyOf(permissions);
  }

  /// Whether it may be given at a scope: at one of its assignable scopes or below.
  public boolean isAssignableAt(String scope) {
    return assignableScopes.stream().anyMatch(own -> Scope.of(own).holds(scope));
  }

  /// Whether it may be given somewhere below a scope.
  public boolean isAssignableBelow(String scope) {
    return assignableScopes.stream().anyMatch(own -> Scope.of(scope).holds(own));
  }

  /// An action with wildcards: `*` stands for any characters, slashes included; case is ignored.
  ///
  /// A star between slashes may stand for nothing at all: that is how Managed Identity Operator,
  /// whose action is `userAssignedIdentities/*/assign/action`, allows
  /// `userAssignedIdentities/assign/action`.
  static final class Pattern {
    private Pattern() {}

    static boolean matches(String pattern, String action) {
      return matchesLower(pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
    }

    private static boolean matchesLower(String pattern, String text) {
      int star = pattern.indexOf('*');
      if (star < 0) {
        return pattern.equals(text);
      }
      if (!text.startsWith(pattern.substring(0, star))) {
        return false;
      }
      String rest = pattern.substring(star + 1);
      boolean between = rest.startsWith("/") && pattern.startsWith("/", star - 1);
      if (between && matchesLower(rest.substring(1), text.substring(star))) {
        return true;
      }
      for (int from = star; from <= text.length(); from++) {
        if (matchesLower(rest, text.substring(from))) {
          return true;
        }
      }
      return false;
    }
  }
}
