// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How objects end: at once, in their own time, or with what they own.
final class Deletions {
  /// How something is to be deleted.
  ///
  /// @param graceSeconds absent: what the pod itself says
  record Deletion(Optional<Long> graceSeconds, String propagation, String uid, String version) {
    static final Deletion PLAIN = new Deletion(Optional.empty(), "Background", "", "");
    static final Deletion AT_ONCE = new Deletion(Optional.of(0L), "Background", "", "");
  }

  private static final Set<String> LASTING = Set.of("default", "kube-public", "kube-system");

  private final World world;
  private final Store store;
  private final NodeSide nodes;

  Deletions(World world, Store store, NodeSide nodes) {
    this.world = world;
    this.store = store;
    this.nodes = nodes;
  }

  /// The object that is left of the deletion: its last state, or one that waits for its end.
  ObjectNode delete(Kind kind, String namespace, String name, Deletion deletion, Terms.Mode mode) {
    return store.alone(
        () -> {
          ObjectNode before =
              store.find(kind, namespace, name).orElseThrow(() -> Refusal.notFound(kind, name));
          checkPreconditions(kind, name, before, deletion);
          if (kind.equals(Kinds.NAMESPACE) && LASTING.contains(name)) {
            throw Refusal.forbidden(kind, name, "this namespace may not be deleted");
          }
          if (mode == Terms.Mode.DRY_RUN) {
            return before;
          }
          if (!Trees.at(before, "metadata", "finalizers").isEmpty()
              || isToBeStopped(kind, before, deletion)) {
            return mark(kind, before, deletion);
          }
          if (kind.equals(Kinds.NAMESPACE)) {
            empty(name);
          }
          ObjectNode last = store.remove(kind, namespace, name).orElse(before);
          release(Trees.text(before, "metadata", "uid"), namespace, deletion);
          return last;
        });
  }

  /// The same, where nothing happens when the object is not there.
  void deleteIfThere(Kind kind, String namespace, String name, Deletion deletion) {
    store.alone(
        () -> {
          if (store.find(kind, namespace, name).isPresent()) {
            ObjectNode _ = delete(kind, namespace, name, deletion, Terms.Mode.REAL);
          }
          return name;
        });
  }

  private boolean isToBeStopped(Kind kind, ObjectNode object, Deletion deletion) {
    return kind.equals(Kinds.POD)
        && nodes.stopsPods()
        && deletion.graceSeconds().orElse(1L) > 0
        && !Trees.text(object, "spec", "nodeName").isEmpty()
        && !Set.of("Succeeded", "Failed").contains(Trees.text(object, "status", "phase"));
  }

  private ObjectNode mark(Kind kind, ObjectNode before, Deletion deletion) {
    if (before.path("metadata").has("deletionTimestamp")) {
      return before;
    }
    ObjectNode after = before.deepCopy();
    long grace =
        deletion
            .graceSeconds()
            .orElse(Trees.number(before, 0, "spec", "terminationGracePeriodSeconds"));
    Trees.child(after, "metadata")
        .put(
            "deletionTimestamp",
            world.clock().now().plusSeconds(grace).truncatedTo(ChronoUnit.SECONDS).toString())
        .put("deletionGracePeriodSeconds", grace);
    return store.put(kind, after);
  }

  private void empty(String namespace) {
    for (Kind kind : Kinds.list()) {
      if (kind.namespaced() && !kind.review()) {
        for (ObjectNode object : store.list(kind, namespace)) {
          store.remove(kind, namespace, Trees.text(object, "metadata", "name"));
        }
      }
    }
  }

  /// Deletes what the deleted object owned, or lets it go when it is to be orphaned.
  private void release(String owner, String namespace, Deletion deletion) {
    for (Kind kind : Kinds.list()) {
      if (kind.review() || (!namespace.isEmpty() && !kind.namespaced())) {
        continue;
      }
      for (ObjectNode object : store.list(kind, namespace)) {
        if (isOwnedBy(object, owner)) {
          String home = Trees.text(object, "metadata", "namespace");
          String name = Trees.text(object, "metadata", "name");
          if (deletion.propagation().equals("Orphan")) {
            ObjectNode orphan = object.deepCopy();
            Trees.child(orphan, "metadata").remove("ownerReferences");
            store.put(kind, orphan);
          } else {
            deleteIfThere(kind, home, name, Deletion.PLAIN);
          }
        }
      }
    }
  }

  /// Whether one of the object's owners has this uid.
  static boolean isOwnedBy(JsonNode object, String uid) {
    return Trees.items(Trees.at(object, "metadata", "ownerReferences")).stream()
        .anyMatch(owner -> Trees.text(owner, "uid").equals(uid));
  }

  private static void checkPreconditions(
      Kind kind, String name, ObjectNode before, Deletion deletion) {
    String uid = Trees.text(before, "metadata", "uid");
    if (!deletion.uid().isEmpty() && !deletion.uid().equals(uid)) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: UID in precondition: "
              + deletion.uid()
              + ", UID in object meta: "
              + uid);
    }
    String version = Trees.text(before, "metadata", "resourceVersion");
    if (!deletion.version().isEmpty() && !deletion.version().equals(version)) {
      throw Refusal.conflict(
          kind,
          name,
          "Precondition failed: ResourceVersion in precondition: "
              + deletion.version()
              + ", ResourceVersion in object meta: "
              + version);
    }
  }
}
