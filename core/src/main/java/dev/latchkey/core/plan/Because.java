// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

/// Why a change is needed, as far as what was seen tells it.
public sealed interface Because {
  /// It is not as the file says, and nothing tells more.
  record Wanted() implements Because {}

  /// Something that it follows is another one than before, such as a cluster that was made anew.
  record Follows(String words) implements Because {}

  /// Somebody changed or removed what latchkey had made.
  record Drift(String words) implements Because {}

  /// Nothing is to be said.
  static Because wanted() {
    return new Wanted();
  }

  /// It follows something else.
  static Because follows(String words) {
    return new Follows(words);
  }

  /// Others did it.
  static Because drift(String words) {
    return new Drift(words);
  }

  /// The cause, for people; may be empty.
  default String words() {
    return switch (this) {
      case Wanted _ -> "";
      case Follows follows -> follows.words();
      case Drift drift -> drift.words();
    };
  }

  /// Whether others changed what latchkey had made.
  default boolean isDrift() {
    return switch (this) {
      case Drift _ -> true;
      case Wanted _, Follows _ -> false;
    };
  }
}
