// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/// What happens at Ctrl-C and when the process is told to end, in spite of Helm.
///
/// Helm's code takes over SIGINT and SIGTERM when it is called and keeps them, so that a user's
/// Ctrl-C would do nothing for the rest of the run (seen: a deploy that got SIGINT ran to its end).
/// So they are taken back, during each call and after it. The class that can be told is
/// `sun.misc.Signal` of the module jdk.unsupported, which the compiler refuses, so it is called by
/// its name.
public final class Signals {
  private static final System.Logger LOG = System.getLogger(Signals.class.getName());
  private static final int FATAL = 128;

  private final AtomicReference<IntConsumer> action = new AtomicReference<>(Signals::exit);

  /// Until somebody says otherwise, both signals end the process in its orderly way, shutdown hooks
  /// included.
  public Signals() {}

  /// Does this at either signal from now on, on a thread of its own.
  public void handle(Runnable what) {
    action.set(_ -> what.run());
    takeBack();
  }

  /// Both signals end the process again.
  public void endOrderly() {
    action.set(Signals::exit);
    takeBack();
  }

  /// Takes both signals from whoever has them.
  void takeBack() {
    List.of("INT", "TERM").forEach(this::takeBack);
  }

  @SuppressWarnings("ReferenceEquality") // what equals means for a handler
  private void takeBack(String name) {
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
                    case "handle" -> act(number);
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> name;
                  });
      Object _ = signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.log(Level.DEBUG, () -> "the signal " + name + " stays with Helm's code", e);
    }
  }

  private static void exit(int number) {
    System.exit(FATAL + number);
  }

  private Object act(int number) {
    action.get().accept(number);
    return number;
  }
}
