// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

/// What a step will do to one thing: the only thing that is shown as a plan and that apply obeys.
public sealed interface Change {
  /// What it is about.
  Thing thing();

  /// It is as wanted.
  record Keep(Thing thing) implements Change {}

  /// It is missing and will be made.
  record Create(Thing thing, Settings wanted, Because because) implements Change {
    /// Something that is new.
    public Create(Thing thing, Settings wanted) {
      this(thing, wanted, Because.wanted());
    }
  }

  /// It is there and will be changed.
  ///
  /// @param note what people should know of the change; may be empty
  /// @param objects what a release's objects lose and gain; empty for everything else
  record Update(
      Thing thing,
      Settings before,
      Settings after,
      Because because,
      String note,
      ManifestDiff objects)
      implements Change {
    /// A change of something that has no objects.
    public Update(Thing thing, Settings before, Settings after, Because because, String note) {
      this(thing, before, after, because, note, ManifestDiff.none());
    }

    /// A change that needs no reason.
    public Update(Thing thing, Settings before, Settings after, String note) {
      this(thing, before, after, Because.wanted(), note);
    }
  }

  /// It cannot be changed as wanted, so it is made anew.
  record Replace(Thing thing, Settings before, Settings after, Because because) implements Change {}

  /// It will be removed.
  record Delete(Thing thing, Because because) implements Change {}

  /// Why it is needed; nothing where nothing changes.
  default Because reason() {
    return switch (this) {
      case Keep _ -> Because.wanted();
      case Create create -> create.because();
      case Update update -> update.because();
      case Replace replace -> replace.because();
      case Delete delete -> delete.because();
    };
  }

  /// Whether something is different afterwards.
  default boolean changes() {
    return switch (this) {
      case Keep _ -> false;
      case Create _, Update _, Replace _, Delete _ -> true;
    };
  }

  /// The change in one word: `create`, `update` …
  default String verb() {
    return switch (this) {
      case Keep _ -> "keep";
      case Create _ -> "create";
      case Update _ -> "update";
      case Replace _ -> "replace";
      case Delete _ -> "delete";
    };
  }
}
