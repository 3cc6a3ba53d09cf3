// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.List;

/// Gives Ctrl-C back to the JVM.
///
/// Helm's code takes over SIGINT and SIGTERM when it is called and keeps them, so that a user's
/// Ctrl-C would do nothing for the rest of the run (seen: a deploy that got SIGINT ran to its end).
/// The class that can be told is `sun.misc.Signal` of the module jdk.unsupported, which the
/// compiler refuses, so it is called by its name.
final class Signals {
  private static final System.Logger LOG = System.getLogger(Signals.class.getName());
  private static final int FATAL = 128;

  private Signals() {}

  /// Lets the JVM end in its orderly way on both signals, shutdown hooks included.
  static void giveBack() {
    List.of("INT", "TERM").forEach(Signals::giveBack);
  }

  @SuppressWarnings("ReferenceEquality") // what equals means for a handler
  private static void giveBack(String name) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = signals.getConstructor(String.class).newInstance(name);
      int number = (int) signals.getMethod("getNumber").invoke(signal);
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> exit(FATAL + number);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> name;
                  });
      Object _ = signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.log(Level.DEBUG, () -> "the signal " + name + " stays with Helm's code", e);
    }
  }

  private static Object exit(int code) {
    System.exit(code);
    return code;
  }
}
