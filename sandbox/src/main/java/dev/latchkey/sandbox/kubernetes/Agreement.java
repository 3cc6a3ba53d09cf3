// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether what a client sends fits what is there, and what of it counts.
final class Agreement {
  private Agreement() {}

  /// Fills in `apiVersion` and `kind` where they are missing, refuses others.
  static void checkType(Kind kind, ObjectNode object) {
    String apiVersion = Trees.text(object, "apiVersion");
    String name = Trees.text(object, "kind");
    boolean other =
        (!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion()))
            || (!name.isEmpty() && !name.equals(kind.name()));
    if (other) {
      throw Refusal.badRequest(
          "the object provided is of "
              + apiVersion
              + ", Kind="
              + name
              + ", but "
              + kind.apiVersion()
              + ", Kind="
              + kind.name()
              + " was expected");
    }
    object.put("apiVersion", kind.apiVersion()).put("kind", kind.name());
  }

  /// Refuses an object that is meant for another one, or for an older version of it.
  static void checkVersion(Kind kind, String name, ObjectNode before, ObjectNode sent) {
    checkType(kind, sent);
    String said = Trees.text(sent, "metadata", "name");
    if (!said.isEmpty() && !said.equals(name)) {
      throw Refusal.badRequest(
          "the name of the object ("
              + said
              + ") does not match the name on the URL ("
              + name
              + ")");
    }
    String version = Trees.text(sent, "metadata", "resourceVersion");
    if (!version.isEmpty()
        && !version.equals("0")
        && !version.equals(Trees.text(before, "metadata", "resourceVersion"))) {
      throw Refusal.modified(kind, name);
    }
    String uid = Trees.text(sent, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(Trees.text(before, "metadata", "uid"))) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Trees.text(before, "metadata", "uid"));
    }
  }

  /// What a write makes of an object: the server keeps what is its own.
  static ObjectNode merged(ObjectNode before, ObjectNode sent, Resources.Part part) {
    if (part == Resources.Part.STATUS) {
      ObjectNode after = before.deepCopy();
      after.set(
          "status",
          sent.path("status").isObject() ? sent.path("status").deepCopy() : Trees.object());
      return after;
    }
    ObjectNode after = sent.deepCopy();
    if (before.has("status")) {
      after.set("status", before.path("status").deepCopy());
    } else {
      after.remove("status");
    }
    ObjectNode metadata = Trees.child(after, "metadata");
    for (String kept :
        List.of(
            "name",
            "namespace",
            "uid",
            "creationTimestamp",
            "generation",
            "resourceVersion",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName")) {
      JsonNode value = before.path("metadata").get(kept);
      if (value == null) {
        metadata.remove(kept);
      } else {
        metadata.set(kept, value);
      }
    }
    return after;
  }
}
