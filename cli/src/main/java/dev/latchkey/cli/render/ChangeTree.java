// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Value;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A change in JSON; the same wherever one is written.
final class ChangeTree {
  private ChangeTree() {}

  static void write(ObjectNode node, Change change) {
    node.put("verb", change.verb());
    node.put("kind", change.thing().kind().title());
    node.put("name", change.thing().name());
    switch (change) {
      case Change.Keep _, Change.Delete _ -> {}
      case Change.Create create -> settings(node, "after", create.wanted());
      case Change.Update update -> {
        settings(node, "before", update.before());
        settings(node, "after", update.after());
        if (!update.note().isEmpty()) {
          node.put("note", update.note());
        }
        objects(node, update.objects());
      }
      case Change.Replace replace -> {
        settings(node, "before", replace.before());
        settings(node, "after", replace.after());
      }
    }
    because(node, change.reason());
  }

  private static void objects(ObjectNode node, ManifestDiff diff) {
    if (diff.isEmpty()) {
      return;
    }
    ArrayNode objects = node.putArray("objects");
    for (ManifestDiff.ObjectDiff object : diff.objects()) {
      ObjectNode one = objects.addObject();
      one.put("verb", object.fate().verb());
      one.put("object", object.object());
      ArrayNode lines = one.putArray("lines");
      object.lines().forEach(lines::add);
    }
  }

  private static void because(ObjectNode node, Because because) {
    if (!because.words().isEmpty()) {
      node.put("because", because.words());
      node.put("drift", because.isDrift());
    }
  }

  private static void settings(ObjectNode node, String name, Settings settings) {
    ObjectNode known = node.putObject(name);
    settings
        .values()
        .forEach(
            (setting, value) -> {
              switch (value) {
                case Value.Known text -> known.put(setting, text.text());
                case Value.KnownAfter after -> {
                  known.putNull(setting);
                  node.withObjectProperty("knownAfter").put(setting, after.step().key());
                }
              }
            });
  }
}
