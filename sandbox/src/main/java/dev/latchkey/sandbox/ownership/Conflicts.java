// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import java.util.List;
import java.util.stream.Collectors;

/// Fields that whoever applies would take from others.
public final class Conflicts extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Conflict> conflicts;
  private final String text;

  /// One field and whose it is.
  ///
  /// @param manager as Kubernetes names it, such as `"kubectl" using apps/v1`
  /// @param field such as `.spec.replicas`
  public record Conflict(String manager, String field) {}

  Conflicts(List<Conflict> conflicts) {
    super("", null, false, false);
    this.conflicts = List.copyOf(conflicts);
    this.text = text(conflicts);
  }

  /// Each of them.
  public List<Conflict> all() {
    return conflicts;
  }

  @Override
  public String getMessage() {
    return text;
  }

  private static String text(List<Conflict> conflicts) {
    if (conflicts.size() == 1) {
      Conflict only = conflicts.getFirst();
      return "Apply failed with 1 conflict: conflict with " + only.manager() + ": " + only.field();
    }
    String all =
        conflicts.stream()
            .map(Conflict::manager)
            .distinct()
            .sorted()
            .map(manager -> with(manager, conflicts))
            .collect(Collectors.joining("\n"));
    return "Apply failed with " + conflicts.size() + " conflicts: " + all;
  }

  private static String with(String manager, List<Conflict> conflicts) {
    return conflicts.stream()
        .filter(each -> each.manager().equals(manager))
        .map(each -> "- " + each.field())
        .collect(Collectors.joining("\n", "conflicts with " + manager + ":\n", ""));
  }
}
