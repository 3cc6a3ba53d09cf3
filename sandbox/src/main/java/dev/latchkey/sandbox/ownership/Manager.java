// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

/// Who writes to an object, as `managedFields` tells writers apart.
///
/// @param name what the client calls itself, such as `kubectl-client-side-apply`
/// @param subresource such as `status`; empty for the object itself
public record Manager(String name, Operation operation, String apiVersion, String subresource) {
  /// How a manager writes; the names are those of `managedFields`.
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String word;

    Operation(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Operation of(String word) {
      return word.equals("Apply") ? APPLY : UPDATE;
    }
  }

  /// The one of whom Kubernetes speaks when an object was written before anybody applied it.
  static final String BEFORE_FIRST_APPLY = "before-first-apply";

  /// Whether both are one to Kubernetes: whoever applies is the same at each version.
  boolean isSame(Manager other) {
    boolean versions = operation == Operation.APPLY || apiVersion.equals(other.apiVersion);
    return versions
        && name.equals(other.name)
        && operation == other.operation
        && subresource.equals(other.subresource);
  }

  /// As the message of a conflict names it.
  String shown() {
    String shown = "\"" + name + "\"";
    if (!subresource.isEmpty()) {
      shown += " with subresource \"" + subresource + "\"";
    }
    return operation == Operation.UPDATE ? shown + " using " + apiVersion : shown;
  }
}
