// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A role condition of version 2.0, read into a tree.
///
/// A condition that cannot be read allows nothing.
///
/// @see <a href="https://learn.microsoft.com/azure/role-based-access-control/conditions-format">the
///   language</a>
public sealed interface Condition {
  /// `!` or `NOT`.
  record Not(Condition inner) implements Condition {}

  /// Parts joined by `AND`.
  record All(List<Condition> parts) implements Condition {}

  /// Parts joined by `OR`.
  record Any(List<Condition> parts) implements Condition {}

  /// `ActionMatches`, which holds for an action that fits a pattern.
  record ActionMatches(List<String> patterns) implements Condition {}

  /// `SubOperationMatches`, which never holds: no request of this field has a suboperation.
  record SubOperationMatches(List<String> names) implements Condition {}

  /// `Exists`, which holds if the attribute has a value.
  record Exists(Operand.Attribute attribute) implements Condition {}

  /// Two sides compared.
  record Compare(Operand left, Operand right, How how) implements Condition {}

  /// The operator of a comparison with its quantifier.
  record How(Quantifier quantifier, Comparison comparison) {}

  /// One side of a comparison.
  sealed interface Operand {
    /// An attribute of the request, the resource, the principal or the environment.
    ///
    /// @param key its key among the attributes of a wish
    record Attribute(String key) implements Operand {}

    /// Values written in the condition.
    record Values(List<String> values) implements Operand {}

    /// The values that it has for these attributes: none for a missing one.
    default List<String> values(Map<String, String> attributes) {
      return switch (this) {
        case Values(List<String> values) -> values;
        case Attribute(String key) ->
            attributes.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .toList();
      };
    }
  }

  /// Whether it lets the action pass.
  ///
  /// @param attributes of the resource under their bare names, of others with their source:
  ///   `@Request[name]`; a missing one equals nothing
  default boolean fulfilled(String action, Map<String, String> attributes) {
    return switch (this) {
      case Not(Condition inner) -> !inner.fulfilled(action, attributes);
      case All(var parts) -> parts.stream().allMatch(part -> part.fulfilled(action, attributes));
      case Any(var parts) -> parts.stream().anyMatch(part -> part.fulfilled(action, attributes));
      case ActionMatches(var patterns) ->
          patterns.stream().anyMatch(pattern -> Role.Pattern.matches(pattern, action));
      case SubOperationMatches _ -> false;
      case Exists(var attribute) -> !attribute.values(attributes).isEmpty();
      case Compare(var left, var right, How(var quantifier, var comparison)) ->
          quantifier.holds(left.values(attributes), comparison, right.values(attributes));
    };
  }

  /// Reads a condition; empty when it cannot be read.
  static Optional<Condition> read(String text) {
    return ConditionReader.read(text);
  }
}
