// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.util.Map;
import java.util.Optional;

/// One type of object: its fields, by name, in the order of their names.
///
/// @param openApiName such as `io.k8s.api.apps.v1.DeploymentSpec`
/// @param whole whether owners own it as one value
public record Structure(String openApiName, Map<String, Field> fields, Value.Whole whole) {

  /// The field of this name, if the type has it.
  public Optional<Field> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /// One field of a type.
  ///
  /// @param presence whether it must be written, or is there anyway
  /// @param standard what it is when nobody writes it; empty when the type does not say
  /// @param merge how a strategic merge patch treats it
  public record Field(String name, Value value, Presence presence, String standard, Merge merge) {
    /// Whether it must be written.
    public boolean isRequired() {
      return presence == Presence.REQUIRED || presence == Presence.REQUIRED_AND_THERE;
    }

    /// Whether it is an object that is there, empty, even when nobody wrote it.
    public boolean isAlwaysThere() {
      return presence == Presence.THERE || presence == Presence.REQUIRED_AND_THERE;
    }
  }

  /// Whether a field must be written, and whether it is there when it was not.
  public enum Presence {
    OPTIONAL,
    REQUIRED,
    THERE,
    REQUIRED_AND_THERE
  }

  /// How a strategic merge patch treats a field.
  ///
  /// @param strategy `merge`, `replace`, `retainKeys`, `merge,retainKeys`, or empty
  /// @param key the field that tells elements apart; empty for lists that are replaced or plain
  public record Merge(String strategy, String key) {
    /// What most fields say: nothing.
    public static final Merge NONE = new Merge("", "");

    /// Whether a list is merged element by element.
    public boolean merges() {
      return strategy.startsWith("merge");
    }
  }
}
