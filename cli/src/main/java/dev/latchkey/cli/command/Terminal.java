// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.io.Console;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What standard output is.
public sealed interface Terminal {
  /// A terminal of this size, in characters.
  record Of(int columns, int lines) implements Terminal {}

  /// A file, a pipe, a pipeline's log.
  record None() implements Terminal {}

  /// Looks: at the environment first, then at the terminal itself.
  static Terminal look(Map<String, String> environment) {
    if ("dumb".equals(environment.get("TERM")) || environment.containsKey("TF_BUILD")) {
      return new None();
    }
    return size();
  }

  /// Asks the kernel for the window's size: `ioctl(1, TIOCGWINSZ, &winsize)`, four 16-bit numbers.
  @SuppressWarnings("restricted") // one call into libc; a library for it would be larger than it
  private static Terminal size() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("windows")) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()
          ? new None()
          : new Of(100, 30);
    }
    long request = system.contains("mac") ? 0x40087468L : 0x5413L;
    try (Arena arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      var ioctl =
          linker.downcallHandle(
              linker.defaultLookup().find("ioctl").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS),
              Linker.Option.firstVariadicArg(2));
      MemorySegment size = arena.allocate(8, 2);
      if ((int) ioctl.invokeExact(1, request, size) != 0) {
        return new None();
      }
      int lines = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
      return columns == 0 ? new Of(80, 24) : new Of(columns, lines);
    } catch (Throwable e) { // invokeExact declares it
      return new None();
    }
  }
}
