// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The `if` of a policy, read into a tree: conditions on fields, and the logic around them.
sealed interface Rule {
  /// `not`.
  record Not(Rule inner) implements Rule {}

  /// `allOf`.
  record All(List<Rule> parts) implements Rule {}

  /// `anyOf`.
  record Any(List<Rule> parts) implements Rule {}

  /// A field compared with something.
  ///
  /// @param target the value or list of values written in the rule
  record Compare(String field, Operator operator, JsonNode target) implements Rule {}

  /// Whether it holds for what would be written.
  ///
  /// @param seen gets each comparison that was made, for the answer's details
  default boolean holds(Subject subject, Parameters parameters, List<Evaluation> seen) {
    return switch (this) {
      case Not(Rule inner) -> !inner.holds(subject, parameters, seen);
      case All(var parts) -> parts.stream().allMatch(one -> one.holds(subject, parameters, seen));
      case Any(var parts) -> parts.stream().anyMatch(one -> one.holds(subject, parameters, seen));
      case Compare(var field, var operator, var target) -> {
        var evaluation =
            Evaluation.of(parameters.text(field), operator, parameters.value(target), subject);
        seen.add(evaluation);
        yield evaluation.holds();
      }
    };
  }

  /// Reads an `if`; empty when it holds something that is not evaluated here: `value`, `count`, or
  /// an operator beyond [Operator].
  static Optional<Rule> read(JsonNode tree) {
    if (tree.has("not")) {
      return read(tree.path("not")).map(Not::new);
    }
    if (tree.has("allOf")) {
      return all(tree.path("allOf")).map(All::new);
    }
    if (tree.has("anyOf")) {
      return all(tree.path("anyOf")).map(Any::new);
    }
    return tree.path("field").asStringOpt().flatMap(field -> comparison(tree, field));
  }

  private static Optional<List<Rule>> all(JsonNode array) {
    var parts = new ArrayList<Rule>();
    for (JsonNode one : array) {
      Optional<Rule> part = read(one);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return array.isArray() ? Optional.of(List.copyOf(parts)) : Optional.empty();
  }

  private static Optional<Rule> comparison(JsonNode tree, String field) {
    return tree.propertyStream()
        .filter(member -> !member.getKey().equals("field"))
        .findFirst()
        .flatMap(
            member ->
                Operator.named(member.getKey())
                    .map(operator -> new Compare(field, operator, member.getValue())));
  }
}
