// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.NodeSide;
import dev.latchkey.sandbox.kubernetes.Store;
import dev.latchkey.sandbox.kubernetes.World;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The nodes of all clusters: webhook, controllers and kubelets, driven by what changes.
public final class Nodes implements NodeSide, AutoCloseable {
  private static final Set<Kind> WATCHED =
      Set.of(
          Kinds.DEPLOYMENT,
          Kinds.REPLICA_SET,
          Kinds.STATEFUL_SET,
          Kinds.DAEMON_SET,
          Kinds.POD,
          Kinds.JOB,
          Kinds.DISRUPTION_BUDGET);

  /// What runs pods, in the order in which it is taken over: a Deployment looks at what its
  /// ReplicaSets report.
  private static final List<Kind> TAKEN_OVER =
      List.of(Kinds.REPLICA_SET, Kinds.DEPLOYMENT, Kinds.STATEFUL_SET, Kinds.DAEMON_SET, Kinds.JOB);

  private static final Map<String, Kind> CONTROLLERS =
      Map.of(
          "Deployment", Kinds.DEPLOYMENT,
          "ReplicaSet", Kinds.REPLICA_SET,
          "StatefulSet", Kinds.STATEFUL_SET,
          "DaemonSet", Kinds.DAEMON_SET,
          "Job", Kinds.JOB);

  private record Workers(
      Deployments deployments,
      ReplicaSets replicaSets,
      StatefulSets statefulSets,
      DaemonSets daemonSets,
      Jobs jobs,
      DisruptionBudgets budgets,
      Kubelet kubelet) {}

  private final World world;
  private final Agenda agenda;
  private final Pods pods;
  private final Webhook webhook;
  private final Map<KubernetesCluster, Workers> workers = new ConcurrentHashMap<>();
  private final Thread atExit = new Thread(this::stopAll, "sandbox-pods-end");

  private Nodes(World world, Agenda agenda, Pods pods, TokenPath path) {
    this.world = world;
    this.agenda = agenda;
    this.pods = pods;
    this.webhook = new Webhook(world, path);
  }

  /// Nodes that take on clusters as they are opened. Child processes end with the JVM at the
  /// latest.
  public static Nodes start(World world, Agenda agenda, Pods pods, TokenPath path) {
    var nodes = new Nodes(world, agenda, pods, path);
    Runtime.getRuntime().addShutdownHook(nodes.atExit);
    return nodes;
  }

  /// Ends all child processes; the agenda is its owner's to close.
  @Override
  public void close() {
    stopAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the JVM is ending: the hook runs anyway
    }
  }

  private void stopAll() {
    workers.values().forEach(each -> each.kubelet().close());
  }

  @Override
  public void opened(KubernetesCluster cluster) {
    var happenings = new Happenings(cluster);
    workers.put(
        cluster,
        new Workers(
            new Deployments(cluster, happenings, agenda),
            new ReplicaSets(cluster, happenings, agenda),
            new StatefulSets(cluster, happenings),
            new DaemonSets(cluster, happenings),
            new Jobs(cluster, happenings, agenda),
            new DisruptionBudgets(cluster),
            new Kubelet(world, cluster, pods, agenda, happenings)));
    cluster.store().list(Kinds.NODE, "").forEach(node -> ready(cluster, node));
    cluster
        .store()
        .listen(
            change -> {
              if (WATCHED.contains(change.kind())) {
                agenda.soon(() -> react(cluster, change));
              }
            });
    TAKEN_OVER.forEach(kind -> takeOver(cluster, kind));
  }

  /// Looks at the objects that a cluster of a saved world has from the beginning.
  private void takeOver(KubernetesCluster cluster, Kind kind) {
    for (ObjectNode object : cluster.store().list(kind, "")) {
      var there =
          new Store.Change(
              cluster.store().version(), Store.Change.Type.ADDED, kind, Optional.empty(), object);
      agenda.soon(() -> react(cluster, there));
    }
  }

  @Override
  public void gone(KubernetesCluster cluster) {
    Optional.ofNullable(workers.remove(cluster)).ifPresent(each -> each.kubelet().close());
  }

  private static void ready(KubernetesCluster cluster, ObjectNode node) {
    String version = "v" + cluster.view().kubernetesVersion();
    String now = cluster.resources().timestamp();
    String name = Trees.text(node, "metadata", "name");
    cluster
        .resources()
        .change(
            Kinds.NODE,
            "",
            name,
            each -> {
              Conditions.set(
                      each, "Ready", true, "KubeletReady", "kubelet is posting ready status", now)
                  .put("lastHeartbeatTime", now);
              ObjectNode status = Trees.child(each, "status");
              Trees.child(status, "nodeInfo")
                  .put("kubeletVersion", version)
                  .put("operatingSystem", "linux")
                  .put("architecture", "amd64")
                  .put("osImage", "the sandbox of latchkey")
                  .put("containerRuntimeVersion", "sandbox://" + version.substring(1));
              for (String amounts : List.of("capacity", "allocatable")) {
                Trees.child(status, amounts)
                    .put("cpu", "4")
                    .put("memory", "16Gi")
                    .put("pods", "110");
              }
              status
                  .putArray("addresses")
                  .add(address("InternalIP", Kubelet.NODE_ADDRESS))
                  .add(address("Hostname", name));
            });
  }

  private static ObjectNode address(String type, String address) {
    return Trees.object().put("type", type).put("address", address);
  }

  private void react(KubernetesCluster cluster, Store.Change change) {
    Workers here = workers.get(cluster);
    if (here == null) {
      return;
    }
    ObjectNode object = change.object();
    String namespace = Trees.text(object, "metadata", "namespace");
    String name = Trees.text(object, "metadata", "name");
    if (change.type() != Store.Change.Type.DELETED && isOrphan(cluster, object)) {
      cluster.resources().delete(change.kind(), namespace, name);
      return;
    }
    switch (change.kind().name()) {
      case "Deployment" -> here.deployments().reconcile(namespace, name);
      case "ReplicaSet" -> {
        here.replicaSets().reconcile(namespace, name);
        owner(object, "Deployment")
            .ifPresent(owner -> here.deployments().reconcile(namespace, owner));
      }
      case "StatefulSet" -> here.statefulSets().reconcile(namespace, name);
      case "DaemonSet" -> here.daemonSets().reconcile(namespace, name);
      case "Job" -> here.jobs().reconcile(namespace, name);
      case "Pod" -> {
        runPod(here.kubelet(), change);
        owner(object, "ReplicaSet")
            .ifPresent(
                owner -> {
                  here.replicaSets().reconcile(namespace, owner);
                  if (change.type() == Store.Change.Type.DELETED) {
                    // no status counts a pod that is ending, but a Recreate waits for its end
                    cluster
                        .store()
                        .find(Kinds.REPLICA_SET, namespace, owner)
                        .flatMap(set -> owner(set, "Deployment"))
                        .ifPresent(
                            deployment -> here.deployments().reconcile(namespace, deployment));
                  }
                });
        owner(object, "StatefulSet")
            .ifPresent(owner -> here.statefulSets().reconcile(namespace, owner));
        owner(object, "DaemonSet")
            .ifPresent(owner -> here.daemonSets().reconcile(namespace, owner));
        owner(object, "Job").ifPresent(owner -> here.jobs().reconcile(namespace, owner));
        here.budgets().reconcile(namespace);
      }
      default -> here.budgets().reconcile(namespace);
    }
  }

  /// Whether its controller is gone: a controller may still make something of what it saw just
  /// before somebody deleted it, and Kubernetes' garbage collector takes that away.
  private static boolean isOrphan(KubernetesCluster cluster, ObjectNode object) {
    if (object.path("metadata").has("deletionTimestamp")) {
      return false;
    }
    String namespace = Trees.text(object, "metadata", "namespace");
    return Trees.items(Trees.at(object, "metadata", "ownerReferences")).stream()
        .filter(owner -> CONTROLLERS.containsKey(Trees.text(owner, "kind")))
        .anyMatch(
            owner ->
                Optional.ofNullable(CONTROLLERS.get(Trees.text(owner, "kind")))
                    .flatMap(
                        kind -> cluster.store().find(kind, namespace, Trees.text(owner, "name")))
                    .filter(
                        there ->
                            Trees.text(there, "metadata", "uid").equals(Trees.text(owner, "uid")))
                    .isEmpty());
  }

  private static void runPod(Kubelet kubelet, Store.Change change) {
    switch (change.type()) {
      case ADDED -> kubelet.take(change.object());
      case MODIFIED -> {
        boolean ends = change.object().path("metadata").has("deletionTimestamp");
        boolean ended =
            change
                .before()
                .filter(before -> before.path("metadata").has("deletionTimestamp"))
                .isPresent();
        if (ends && !ended) {
          kubelet.stop(change.object());
        }
      }
      case DELETED -> kubelet.gone(change.object());
    }
  }

  private static Optional<String> owner(JsonNode object, String kind) {
    return Trees.items(Trees.at(object, "metadata", "ownerReferences")).stream()
        .filter(owner -> Trees.text(owner, "kind").equals(kind))
        .map(owner -> Trees.text(owner, "name"))
        .findFirst();
  }

  @Override
  public void admit(KubernetesCluster cluster, ObjectNode pod) {
    webhook.mutate(cluster, pod);
  }

  @Override
  public Optional<String> log(KubernetesCluster cluster, ObjectNode pod, String container) {
    return Optional.ofNullable(workers.get(cluster))
        .flatMap(here -> here.kubelet().log(pod, container));
  }

  @Override
  public boolean stopsPods() {
    return true;
  }
}
