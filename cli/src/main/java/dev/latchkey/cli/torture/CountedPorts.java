// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Releases;
import dev.latchkey.core.port.Time;
import dev.latchkey.sandbox.clock.Activity;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ports of an engine, each call counted while it lasts. All of them, also those to come: so it
/// is done by reflection.
final class CountedPorts {
  private static final String OURS = Ports.class.getPackageName();
  private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

  private final VirtualTime time;

  private CountedPorts(VirtualTime time) {
    this.time = time;
  }

  static Ports of(Ports ports, VirtualTime time) {
    var counted = new CountedPorts(time);
    RecordComponent[] components = Ports.class.getRecordComponents();
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] = counted.part(types[i], components[i].getAccessor().invoke(ports));
      }
      return Ports.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the record of ports is public", e);
    }
  }

  /// Whether the calling thread is in a call of a port.
  static boolean isInside() {
    return INSIDE.get();
  }

  private Object part(Class<?> type, Object port) {
    return type.isInterface() && !type.equals(Time.class)
        ? proxy(type, port, type.equals(Releases.class))
        : port;
  }

  private Object proxy(Class<?> type, Object port, boolean isHelm) {
    InvocationHandler handler = (_, method, words) -> call(port, method, words, isHelm);
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private @Nullable Object call(
      Object port, Method method, Object @Nullable [] words, boolean isHelm) throws Throwable {
    if (INSIDE.get()) {
      return invoke(port, method, words);
    }
    List<Activity> counts = isHelm ? List.of(time.product(), time.helm()) : List.of(time.product());
    INSIDE.set(true);
    counts.forEach(Activity::begins);
    try {
      Object result = invoke(port, method, words);
      return result != null && isPort(method.getReturnType())
          ? part(method.getReturnType(), result)
          : result;
    } finally {
      counts.forEach(Activity::ends);
      INSIDE.set(false);
    }
  }

  /// A port may open another one; what is sealed is a value.
  private static boolean isPort(Class<?> type) {
    return type.isInterface() && !type.isSealed() && type.getPackageName().equals(OURS);
  }

  private static @Nullable Object invoke(Object port, Method method, Object @Nullable [] words)
      throws Throwable {
    try {
      return method.invoke(port, words);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
