// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.io.Console;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/// Asks the kernel for the size of the window behind standard output: `ioctl(1, TIOCGWINSZ,
/// &winsize)`, four 16-bit numbers.
final class WindowSize {
  private static final String SYSTEM = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  private static final long REQUEST = SYSTEM.contains("mac") ? 0x40087468L : 0x5413L;

  private WindowSize() {}

  /// The size; empty where standard output is no terminal.
  static Optional<Terminal.Of> now() {
    if (SYSTEM.contains("windows")) {
      return Optional.ofNullable(System.console())
          .filter(Console::isTerminal)
          .map(_ -> new Terminal.Of(100, 30));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(8, 2);
      if ((int) Kernel.IOCTL.invokeExact(1, REQUEST, size) != 0) {
        return Optional.empty();
      }
      int lines = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 0));
      int columns = Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, 2));
      return Optional.of(columns == 0 ? new Terminal.Of(80, 24) : new Terminal.Of(columns, lines));
    } catch (Throwable e) { // invokeExact declares it
      return Optional.empty();
    }
  }

  /// Linked once: that takes longer than a hundred calls.
  private static final class Kernel {
    static final MethodHandle IOCTL = ioctl();

    @SuppressWarnings("restricted") // one call into libc; a library for it would be larger than it
    private static MethodHandle ioctl() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().find("ioctl").orElseThrow(),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS),
          Linker.Option.firstVariadicArg(2));
    }
  }
}
