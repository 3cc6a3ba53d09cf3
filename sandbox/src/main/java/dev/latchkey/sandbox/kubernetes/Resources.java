// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.ownership.FieldManager;
import dev.latchkey.sandbox.ownership.Manager;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of writes: what the API server sets, checks and takes along, for clients and
/// controllers alike.
public final class Resources {
  /// What a write may touch.
  enum Part {
    /// All but the status.
    MAIN,
    /// The status alone.
    STATUS
  }

  private static final Terms CONTROLLER =
      new Terms(Terms.Mode.REAL, Terms.Validation.IGNORE, "kube-controller-manager");

  private final World world;
  private final KubernetesCluster cluster;
  private final Store store;
  private final NodeSide nodes;
  private final Birth birth;
  private final Deletions deletions;

  Resources(World world, KubernetesCluster cluster, NodeSide nodes) {
    this.world = world;
    this.cluster = cluster;
    this.store = cluster.store();
    this.nodes = nodes;
    this.birth = new Birth(world, cluster.key());
    this.deletions = new Deletions(world, store, nodes);
  }

  /// Creates an object as a controller does, or throws a [Refusal].
  public ObjectNode create(Kind kind, String namespace, ObjectNode object) {
    return create(kind, namespace, object, CONTROLLER);
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
                      changer(kind, before, after).update(before, after);
                      return store.put(kind, after);
                    }));
  }

  /// Deletes an object and what it owns, pods in their own time; nothing happens without it.
  public void delete(Kind kind, String namespace, String name) {
    deletions.deleteIfThere(kind, namespace, name, Deletions.Deletion.PLAIN);
  }

  /// Takes away a pod that has been stopped.
  public void finish(Kind kind, String namespace, String name) {
    deletions.deleteIfThere(kind, namespace, name, Deletions.Deletion.AT_ONCE);
  }

  Deletions deletions() {
    return deletions;
  }

  /// Whether one of the object's owners has this uid.
  public static boolean isOwnedBy(JsonNode object, String uid) {
    return Deletions.isOwnedBy(object, uid);
  }

  /// Creates an object, or throws a [Refusal].
  ObjectNode create(Kind kind, String namespace, ObjectNode sent, Terms terms) {
    return store.alone(
        () -> {
          ObjectNode object = sent.deepCopy();
          birth.identify(kind, namespace, object);
          needNamespace(kind, namespace, object);
          if (!kind.equals(Kinds.POD)) {
            object.remove("status");
          }
          Defaults.fill(kind, object);
          owners(kind, Manager.Operation.UPDATE, terms, Part.MAIN).update(Trees.object(), object);
          return admitted(kind, namespace, object, terms);
        });
  }

  private ObjectNode admitted(Kind kind, String namespace, ObjectNode object, Terms terms) {
    String name = Trees.text(object, "metadata", "name");
    if (kind.equals(Kinds.SERVICE)) {
      Defaults.address(object, address(namespace + "/" + name));
    }
    if (kind.equals(Kinds.POD)) {
      AccountAdmission.admit(store, world.seed(), object);
      nodes.admit(cluster, object);
      Defaults.fill(kind, object);
    }
    Validation.check(kind, object);
    if (store.find(kind, namespace, name).isPresent()) {
      throw Refusal.alreadyExists(kind, name);
    }
    if (terms.mode() == Terms.Mode.DRY_RUN) {
      return object;
    }
    store.put(kind, object);
    if (kind.equals(Kinds.NAMESPACE)) {
      cluster.furnish(name);
    }
    return object;
  }

  /// Replaces an object or its status, or throws a [Refusal].
  ObjectNode update(
      Kind kind, String namespace, String name, ObjectNode sent, Part part, Terms terms) {
    return store.alone(
        () -> {
          ObjectNode before = need(kind, namespace, name);
          Agreement.checkVersion(kind, name, before, sent);
          ObjectNode after = Agreement.merged(before, sent, part);
          if (part == Part.MAIN) {
            Defaults.fill(kind, after);
          }
          owners(kind, Manager.Operation.UPDATE, terms, part).update(before, after);
          return stored(kind, before, after, part, terms);
        });
  }

  /// What server-side apply makes of an object, and whether it is a new one.
  record Applied(ObjectNode object, boolean created) {}

  /// Applies a configuration to an object that may be there, or throws a [Refusal].
  Applied apply(
      Kind kind,
      String namespace,
      String name,
      ObjectNode config,
      FieldManager.Force force,
      Part part,
      Terms terms) {
    return store.alone(
        () -> {
          FieldManager owners = owners(kind, Manager.Operation.APPLY, terms, part);
          Optional<ObjectNode> there = store.find(kind, namespace, name);
          if (there.isEmpty()) {
            return new Applied(applyNew(kind, namespace, config, owners, terms), true);
          }
          ObjectNode before = there.get();
          Agreement.checkVersion(kind, name, before, config);
          ObjectNode laid = owners.apply(before, config, force);
          ObjectNode after = Agreement.merged(before, laid, part);
          if (part == Part.MAIN) {
            Defaults.fill(kind, after);
          }
          return new Applied(stored(kind, before, after, part, terms), false);
        });
  }

  private ObjectNode applyNew(
      Kind kind, String namespace, ObjectNode config, FieldManager owners, Terms terms) {
    ObjectNode object = owners.apply(Trees.object(), config, FieldManager.Force.NO);
    birth.identify(kind, namespace, object);
    needNamespace(kind, namespace, object);
    Defaults.fill(kind, object);
    return admitted(kind, namespace, object, terms);
  }

  private ObjectNode stored(
      Kind kind, ObjectNode before, ObjectNode after, Part part, Terms terms) {
    if (part == Part.MAIN) {
      keepAddress(kind, before, after);
      Validation.check(kind, after);
      Validation.checkChange(kind, before, after);
      bumpGeneration(before, after);
    }
    if (terms.mode() == Terms.Mode.DRY_RUN || after.equals(before)) {
      return after;
    }
    boolean ends =
        after.path("metadata").has("deletionTimestamp")
            && Trees.at(after, "metadata", "finalizers").isEmpty()
            && !kind.equals(Kinds.POD);
    store.put(kind, after);
    if (ends) {
      store.remove(
          kind, Trees.text(after, "metadata", "namespace"), Trees.text(after, "metadata", "name"));
    }
    return after;
  }

  private FieldManager owners(Kind kind, Manager.Operation how, Terms terms, Part part) {
    String subresource = part == Part.STATUS ? "status" : "";
    return new FieldManager(
        kind, new Manager(terms.manager(), how, kind.apiVersion(), subresource), timestamp());
  }

  /// Nodes report what they run; all else is the controllers' doing.
  private FieldManager changer(Kind kind, ObjectNode before, ObjectNode after) {
    boolean ofNode = kind.equals(Kinds.POD) || kind.equals(Kinds.NODE);
    boolean status = !after.path("status").equals(before.path("status"));
    var terms =
        new Terms(
            Terms.Mode.REAL, Terms.Validation.IGNORE, ofNode ? "kubelet" : CONTROLLER.manager());
    return owners(kind, Manager.Operation.UPDATE, terms, status ? Part.STATUS : Part.MAIN);
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
