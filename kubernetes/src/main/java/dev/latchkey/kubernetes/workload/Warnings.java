// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Kubernetes' events, as far as they explain a failure.
final class Warnings {
  private static final int SHOWN_MAX = 5;

  private Warnings() {}

  static boolean isWarning(Event event) {
    return "Warning".equals(event.getType());
  }

  /// The latest, one a line.
  static List<String> latest(Stream<Event> warnings) {
    return warnings
        .sorted(Comparator.comparing(Warnings::moment).reversed())
        .limit(SHOWN_MAX)
        .map(
            event ->
                "%s/%s %s: %s"
                    .formatted(
                        event.getInvolvedObject().getKind(),
                        event.getInvolvedObject().getName(),
                        event.getReason(),
                        message(event)))
        .toList();
  }

  /// Whether it is about this object or one that it made: these carry its name in front of theirs.
  static boolean concerns(Event event, String name) {
    String about = Objects.requireNonNullElse(event.getInvolvedObject().getName(), "");
    return about.equals(name) || about.startsWith(name + "-");
  }

  static String moment(Event event) {
    if (event.getLastTimestamp() != null) {
      return event.getLastTimestamp();
    }
    return event.getEventTime() == null ? "" : String.valueOf(event.getEventTime().getTime());
  }

  static String message(Event event) {
    return Objects.requireNonNullElse(event.getMessage(), "");
  }
}
