// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The clusters that the file's selections found, for people.
final class SelectionLines {
  /// More names than these are read by nobody; the event log has all.
  private static final int NAMED = 20;

  private SelectionLines() {}

  static List<Line> of(Event.Selected selected, Screen screen) {
    var lines = new ArrayList<Line>();
    lines.add(
        new Line(screen)
            .add(
                "Selected %s%s"
                    .formatted(
                        Count.of(selected.clusters().size(), "cluster"),
                        names(": ", selected.clusters()))));
    if (selected.managed().orElse(0) > 0) {
      add(lines, screen, "new: ", selected.added());
      add(lines, screen, "managed, and selected no more: ", selected.gone());
    }
    selected
        .idle()
        .forEach(
            place ->
                lines.add(
                    new Line(screen).add("  ").add(Hue.WARN, "note: ").add(place + " finds none")));
    return lines;
  }

  private static void add(
      List<Line> lines, Screen screen, String words, List<ResourceId> clusters) {
    if (!clusters.isEmpty()) {
      lines.add(new Line(screen).add("  " + names(words, clusters)));
    }
  }

  private static String names(String before, List<ResourceId> clusters) {
    if (clusters.isEmpty()) {
      return "";
    }
    String names =
        clusters.stream().limit(NAMED).map(ResourceId::name).collect(Collectors.joining(", "));
    int more = clusters.size() - NAMED;
    return before + names + (more > 0 ? " and " + more + " more" : "");
  }
}
