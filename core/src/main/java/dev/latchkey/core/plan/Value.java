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

  /// The value, for people.
  default String words() {
    return switch (this) {
      case Known known -> known.text();
      case KnownAfter after -> "known after step " + after.step().number();
    };
  }
}
