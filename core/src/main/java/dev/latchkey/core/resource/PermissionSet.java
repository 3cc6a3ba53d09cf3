// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.List;
import java.util.regex.Pattern;

/// What one role that is held at a scope lets its holder do there, wildcards as they stand.
///
/// A condition may take some of it away, never add to it.
///
/// @param notActions what the wildcards do not mean
public record PermissionSet(List<String> actions, List<String> notActions) {
  public PermissionSet {
    actions = List.copyOf(actions);
    notActions = List.copyOf(notActions);
  }

  /// Whether it could allow an action.
  public boolean mayAllow(String action) {
    return names(actions, action) && !names(notActions, action);
  }

  private static boolean names(List<String> patterns, String action) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, action));
  }

  /// A `*` stands for any characters, the slash among them.
  private static boolean matches(String pattern, String action) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches();
  }
}
