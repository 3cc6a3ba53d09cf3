// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

/// The value of a setting in a plan.
public sealed interface Value {
  /// Known when the plan is made.
  record Known(String text) implements Value {}

  /// Known only after another step.
  record KnownAfter(Step step) implements Value {}

  /// A value that is known.
  static Value of(String text) {
    return new Known(text);
  }

  private static String words(Step step) {
    return switch (step) {
      case WORKLOAD_IDENTITY -> Fact.CLUSTER_UPDATED.words();
      case MANAGED_IDENTITY, FEDERATED_CREDENTIAL, KEY_VAULT_ACCESS, HELM_RELEASE, VERIFICATION ->
          "the " + step.title() + " is made";
    };
  }

  /// The value, for people.
  default String words() {
    return switch (this) {
      case Known known -> known.text();
      case KnownAfter after -> "known after " + words(after.step());
    };
  }
}
