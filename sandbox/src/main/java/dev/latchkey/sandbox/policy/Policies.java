// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import dev.latchkey.sandbox.access.Scope;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.arm.Veto;
import dev.latchkey.sandbox.message.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses writes that a policy assigned at their scope or above it denies.
///
/// @see <a href="https://learn.microsoft.com/azure/governance/policy/concepts/effect-deny">deny</a>
public final class Policies implements Veto {
  private final Store store;

  /// The policies in this store.
  public Policies(Store store) {
    this.store = store;
  }

  @Override
  public Optional<Answer> refusal(ResourceType type, Call call) {
    return switch (call.ask().method()) {
      case "PUT" -> denial(new Subject(call.target().path(), type.name(), call.body()));
      case "PATCH" -> denial(new Subject(call.target().path(), type.name(), patched(call)));
      default -> Optional.empty();
    };
  }

  /// Members of a PATCH stand for themselves; the others are those of the resource.
  private JsonNode patched(Call call) {
    ObjectNode tree =
        store
            .find(call.target().path())
            .map(stored -> stored.tree().deepCopy())
            .orElseGet(() -> call.body().deepCopy());
    call.body().properties().forEach(member -> tree.set(member.getKey(), member.getValue()));
    return tree;
  }

  private Optional<Answer> denial(Subject subject) {
    List<Violation> violations =
        assigned(subject).flatMap(assignment -> violation(assignment, subject).stream()).toList();
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(Violation.refusal(subject, violations));
  }

  private Stream<AssignedPolicy> assigned(Subject subject) {
    return Scope.of(subject.id()).upwards().stream()
        .flatMap(scope -> assignments(scope).stream())
        .flatMap(stored -> AssignedPolicy.of(stored, store).stream())
        .filter(policy -> policy.reaches(subject));
  }

  private List<Stored> assignments(Scope scope) {
    return store.below(scope.path() + "/providers/" + PolicyAssignments.NAME);
  }

  private static Optional<Violation> violation(AssignedPolicy policy, Subject subject) {
    var seen = new ArrayList<Evaluation>();
    return policy.denies()
            && policy
                .rule()
                .filter(rule -> rule.holds(subject, policy.parameters(), seen))
                .isPresent()
        ? Optional.of(new Violation(policy, List.copyOf(seen)))
        : Optional.empty();
  }
}
