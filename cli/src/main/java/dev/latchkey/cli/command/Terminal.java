// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.util.Map;
import java.util.Optional;

/// What standard output is.
public sealed interface Terminal {
  /// A terminal of this size, in characters.
  record Of(int columns, int lines) implements Terminal {}

  /// The window that standard output is shown in, whose size may change.
  record Window(Of first) implements Terminal {}

  /// A file, a pipe, a pipeline's log.
  record None() implements Terminal {}

  /// Looks: at the environment first, then at the terminal itself.
  static Terminal look(Map<String, String> environment) {
    if ("dumb".equals(environment.get("TERM")) || environment.containsKey("TF_BUILD")) {
      return new None();
    }
    return WindowSize.now().<Terminal>map(Window::new).orElse(new None());
  }

  /// The size at this moment; a window that cannot be asked any more keeps the one it had.
  default Optional<Of> size() {
    return switch (this) {
      case Window window -> WindowSize.now().or(() -> Optional.of(window.first()));
      case Of size -> Optional.of(size);
      case None _ -> Optional.empty();
    };
  }
}
