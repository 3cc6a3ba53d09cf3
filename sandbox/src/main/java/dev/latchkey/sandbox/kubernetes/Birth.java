// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the API server gives a new object: its name where it has none, uid, time, generation.
///
/// @param clusterKey tells the objects of one cluster from those of all others
record Birth(World world, String clusterKey) {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  /// Fills in the metadata of a new object, or refuses it.
  void identify(Kind kind, String namespace, ObjectNode object) {
    ObjectNode metadata = Trees.child(object, "metadata");
    Agreement.checkType(kind, object);
    String home = Trees.text(metadata, "namespace");
    if (!home.isEmpty() && !home.equals(namespace)) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    if (kind.namespaced()) {
      metadata.put("namespace", namespace);
    }
    String prefix = Trees.text(metadata, "generateName");
    if (Trees.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
      metadata.put("name", prefix + suffix(namespace + "/" + prefix));
    }
    if (Trees.text(metadata, "name").isEmpty()) {
      throw Refusal.invalid(
          kind.name(),
          kind.group(),
          "",
          "FieldValueRequired",
          "metadata.name",
          "Required value: name or generateName is required");
    }
    String name = Trees.text(metadata, "name");
    metadata.put(
        "uid",
        world
            .seed()
            .uuid("uid", clusterKey + "/" + kind.resource() + "/" + namespace + "/" + name)
            .toString());
    metadata.put(
        "creationTimestamp", world.clock().now().truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.remove(List.of("resourceVersion", "deletionTimestamp", "selfLink"));
    if (kind.equals(Kinds.POD) || (object.has("spec") && !kind.group().isEmpty())) {
      metadata.put("generation", 1);
    }
  }

  private String suffix(String prefix) {
    var suffix = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      double place = world.seed().fraction("name", clusterKey + "/" + prefix);
      suffix.append(LETTERS.charAt((int) (place * LETTERS.length())));
    }
    return suffix.toString();
  }
}
