// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of writes: what the API server sets, checks and takes along, for clients and
/// controllers alike.
public final class Resources {
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  /// What a write may touch.
  enum Part {
    /// All but the status.
    MAIN,
    /// The status alone.
    STATUS
  }

  /// Whether a write is kept.
  enum Mode {
    REAL,
    /// Everything is checked, nothing is kept.
    DRY_RUN
  }

  /// How something is to be deleted.
  ///
  /// @param graceSeconds absent: what the pod itself says
  record Deletion(Optional<Long> graceSeconds, String propagation, String uid, String version) {
    static final Deletion PLAIN = new Deletion(Optional.empty(), "Background", "", "");
    static final Deletion AT_ONCE = new Deletion(Optional.of(0L), "Background", "", "");
  }

  private final World world;
  private final KubernetesCluster cluster;
  private final Store store;
  private final NodeSide nodes;

  Resources(World world, KubernetesCluster cluster, NodeSide nodes) {
    this.world = world;
    this.cluster = cluster;
    this.store = cluster.store();
    this.nodes = nodes;
  }

  /// Creates an object as a controller does, or throws a [Refusal].
  public ObjectNode create(Kind kind, String namespace, ObjectNode object) {
    return create(kind, namespace, object, Mode.REAL);
  }

  /// Changes an object that is there, status included; empty when it is not there.
  ///
  /// A change of nothing makes no new version.
  public Optional<ObjectNode> change(
      Kind kind, String namespace, String name, Consumer<ObjectNode> change) {
    return store.alone(
        () ->
            store
                .find(kind, namespace, name)
                .map(
                    before -> {
                      ObjectNode after = before.deepCopy();
                      change.accept(after);
                      if (after.equals(before)) {
                        return before;
                      }
                      bumpGeneration(before, after);
                      return store.put(kind, after);
                    }));
  }

  /// Deletes an object and what it owns, pods in their own time; nothing happens without it.
  public void delete(Kind kind, String namespace, String name) {
    deleteIfThere(kind, namespace, name, Deletion.PLAIN);
  }

  /// Takes away a pod that has been stopped.
  public void finish(Kind kind, String namespace, String name) {
    deleteIfThere(kind, namespace, name, Deletion.AT_ONCE);
  }

  private void deleteIfThere(Kind kind, String namespace, String name, Deletion deletion) {
    store.alone(
        () -> {
          if (store.find(kind, namespace, name).isPresent()) {
            ObjectNode _ = delete(kind, namespace, name, deletion, Mode.REAL);
          }
          return name;
        });
  }

  ObjectNode create(Kind kind, String namespace, ObjectNode sent, Mode mode) {
    return store.alone(
        () -> {
          ObjectNode object = sent.deepCopy();
          identify(kind, namespace, object);
          needNamespace(kind, namespace, object);
          if (!kind.equals(Kinds.POD)) {
            object.remove("status");
          }
          Defaults.fill(kind, object, this::address);
          if (kind.equals(Kinds.POD)) {
            AccountAdmission.admit(store, world.seed(), object);
            nodes.admit(cluster, object);
            Defaults.fill(kind, object, this::address);
          }
          Validation.check(kind, object);
          String name = Trees.text(object, "metadata", "name");
          if (store.find(kind, namespace, name).isPresent()) {
            throw Refusal.alreadyExists(kind, name);
          }
          if (mode == Mode.DRY_RUN) {
            return object;
          }
          store.put(kind, object);
          if (kind.equals(Kinds.NAMESPACE)) {
            cluster.furnish(name);
          }
          return object;
        });
  }

  ObjectNode update(
      Kind kind, String namespace, String name, ObjectNode sent, Part part, Mode mode) {
    return store.alone(
        () -> {
          ObjectNode before = need(kind, namespace, name);
          checkVersion(kind, name, before, sent);
          ObjectNode after = merged(before, sent, part);
          if (part == Part.MAIN) {
            Defaults.fill(kind, after, this::address);
            keepAddress(kind, before, after);
            Validation.check(kind, after);
            Validation.checkChange(kind, before, after);
            bumpGeneration(before, after);
          }
          if (mode == Mode.DRY_RUN || after.equals(before)) {
            return after;
          }
          boolean ends =
              after.path("metadata").has("deletionTimestamp")
                  && Trees.at(after, "metadata", "finalizers").isEmpty()
                  && !kind.equals(Kinds.POD);
          store.put(kind, after);
          if (ends) {
            store.remove(kind, namespace, name);
          }
          return after;
        });
  }

  /// The object that is left of the deletion: its last state, or one that waits for its end.
  ObjectNode delete(Kind kind, String namespace, String name, Deletion deletion, Mode mode) {
    return store.alone(
        () -> {
          ObjectNode before = need(kind, namespace, name);
          checkPreconditions(kind, name, before, deletion);
          if (mode == Mode.DRY_RUN) {
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
            change(
                kind,
                home,
                name,
                orphan -> Trees.child(orphan, "metadata").remove("ownerReferences"));
          } else {
            deleteIfThere(kind, home, name, Deletion.PLAIN);
          }
        }
      }
    }
  }

  /// Whether one of the object's owners has this uid.
  public static boolean isOwnedBy(JsonNode object, String uid) {
    return Trees.items(Trees.at(object, "metadata", "ownerReferences")).stream()
        .anyMatch(owner -> Trees.text(owner, "uid").equals(uid));
  }

  private void identify(Kind kind, String namespace, ObjectNode object) {
    ObjectNode metadata = Trees.child(object, "metadata");
    checkType(kind, object);
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
            .uuid("uid", cluster.key() + "/" + kind.resource() + "/" + namespace + "/" + name)
            .toString());
    metadata.put("creationTimestamp", timestamp());
    metadata.remove(List.of("resourceVersion", "deletionTimestamp", "managedFields", "selfLink"));
    if (kind.equals(Kinds.POD) || (object.has("spec") && !kind.group().isEmpty())) {
      metadata.put("generation", 1);
    }
  }

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

  private void needNamespace(Kind kind, String namespace, ObjectNode object) {
    if (!kind.namespaced()) {
      return;
    }
    ObjectNode home =
        store
            .find(Kinds.NAMESPACE, "", namespace)
            .orElseThrow(() -> Refusal.notFound(Kinds.NAMESPACE, namespace));
    if (Trees.text(home, "status", "phase").equals("Terminating")) {
      throw Refusal.forbidden(
          kind,
          Trees.text(object, "metadata", "name"),
          "unable to create new content in namespace "
              + namespace
              + " because it is being terminated");
    }
  }

  private ObjectNode need(Kind kind, String namespace, String name) {
    return store.find(kind, namespace, name).orElseThrow(() -> Refusal.notFound(kind, name));
  }

  private static void checkVersion(Kind kind, String name, ObjectNode before, ObjectNode sent) {
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

  private static ObjectNode merged(ObjectNode before, ObjectNode sent, Part part) {
    if (part == Part.STATUS) {
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
    metadata.remove("managedFields");
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

  private static void keepAddress(Kind kind, ObjectNode before, ObjectNode after) {
    if (kind.equals(Kinds.SERVICE)) {
      for (String field : List.of("clusterIP", "clusterIPs")) {
        JsonNode old = Trees.at(before, "spec", field);
        if (!old.isMissingNode()) {
          Trees.child(after, "spec").set(field, old.deepCopy());
        }
      }
    }
  }

  private static void bumpGeneration(ObjectNode before, ObjectNode after) {
    boolean counts = before.path("metadata").has("generation");
    if (counts && !after.path("spec").equals(before.path("spec"))) {
      Trees.child(after, "metadata")
          .put("generation", Trees.number(before, 0, "metadata", "generation") + 1);
    }
  }

  private String suffix(String prefix) {
    var suffix = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      double place = world.seed().fraction("name", cluster.key() + "/" + prefix);
      suffix.append(LETTERS.charAt((int) (place * LETTERS.length())));
    }
    return suffix.toString();
  }

  private String address(String service) {
    int number = (int) (world.seed().fraction("address", cluster.key() + "/" + service) * 60_000);
    return "10.0." + (number / 250 + 1) % 256 + "." + (number % 250 + 2);
  }

  /// Now, in the form of Kubernetes' objects.
  public String timestamp() {
    return world.clock().now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Reads and writes several objects with nobody in between.
  public <T> T together(Supplier<T> work) {
    return store.alone(work);
  }
}
