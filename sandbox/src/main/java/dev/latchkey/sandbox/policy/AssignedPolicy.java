// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import dev.latchkey.sandbox.access.Scope;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A policy definition as it is assigned somewhere.
record AssignedPolicy(Stored assignment, Stored definition) {
  /// The assignment with its definition, if that is there.
  static Optional<AssignedPolicy> of(Stored assignment, Store store) {
    String id = assignment.tree().path("properties").path("policyDefinitionId").asString("");
    return store.find(id).map(definition -> new AssignedPolicy(assignment, definition));
  }

  JsonNode assigned() {
    return assignment.tree().path("properties");
  }

  JsonNode defined() {
    return definition.tree().path("properties");
  }

  Parameters parameters() {
    return new Parameters(assigned().path("parameters"), defined().path("parameters"));
  }

  Optional<Rule> rule() {
    return Rule.read(defined().path("policyRule").path("if"));
  }

  String effect() {
    return parameters()
        .value(defined().path("policyRule").path("then").path("effect"))
        .asString("");
  }

  /// Whether it refuses what its rule fits; other effects only tell, and an assignment may be made
  /// to try a policy out.
  boolean denies() {
    return effect().equalsIgnoreCase("deny")
        && !assigned().path("enforcementMode").asString("").equalsIgnoreCase("DoNotEnforce");
  }

  /// Whether a resource is none of those that the assignment leaves out; the mode `Indexed` looks
  /// only at what has a location.
  boolean reaches(Subject subject) {
    boolean leftOut =
        assigned()
            .path("notScopes")
            .valueStream()
            .anyMatch(scope -> Scope.of(scope.asString("")).holds(subject.id()));
    boolean indexed = defined().path("mode").asString("").equalsIgnoreCase("Indexed");
    boolean tracked = subject.body().has("location") && !subject.type().endsWith("/resourceGroups");
    return !leftOut && (!indexed || tracked);
  }

  /// What the assignment says to whom it refuses something.
  Optional<String> message() {
    return assigned().path("nonComplianceMessages").path(0).path("message").asStringOpt();
  }
}
