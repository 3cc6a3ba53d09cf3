// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of a thing that a change is about, in the order in which they are shown.
public record Settings(Map<String, Value> values) {
  public Settings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /// No settings.
  public static Settings none() {
    return new Settings(Map.of());
  }

  /// One setting.
  public static Settings of(String name, Value value) {
    return new Settings(Map.of(name, value));
  }

  /// These settings and one more.
  public Settings and(String name, Value value) {
    var more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Settings(more);
  }
}
