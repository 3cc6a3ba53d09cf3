// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ClusterView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the mistakes with a cluster itself.
record ClusterMistakes(
    Backstage stage,
    WorkloadMistakes workloads,
    UnreachableIssuers unreachable,
    Agenda agenda,
    Seed seed) {
  private static final String PODS = "/api/v1/pods";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LOOKS = 1200;

  /// The built-in roles for Kubernetes objects: AKS RBAC Cluster Admin, Admin, Writer, Reader.
  private static final List<String> INSIDE =
      List.of(
          "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
          "3498e952-d568-435e-9b2c-8d77e338d7f7",
          "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
          "7f6c6a51-bcf8-42ba-9220-52d62157d7db");

  /// The way back; empty while the cluster has none of what the mistake is about.
  Optional<Undo> make(ClusterPremise premise, ClusterView cluster) {
    return switch (premise) {
      case WEBHOOK_ABSENT -> cluster.webhook().map(_ -> withoutWebhook(cluster));
      case POD_OLDER_THAN_WEBHOOK -> cluster.webhook().map(_ -> olderPods(cluster));
      case CLUSTER_RECREATED -> cluster.issuer().map(issuer -> recreated(cluster, issuer));
      case DISCOVERY_UNREACHABLE -> cluster.issuer().map(unreachable::hide);
      case LOCAL_ACCOUNTS_DISABLED -> Optional.of(shut(cluster));
    };
  }

  private Undo withoutWebhook(ClusterView cluster) {
    Undo webhook = removeWebhook(cluster);
    workloads.restartPods(cluster);
    return () -> {
      webhook.undo();
      workloads.restartPods(cluster);
    };
  }

  /// At once: an update of the cluster would take minutes and hold up whoever comes next.
  private Undo removeWebhook(ClusterView cluster) {
    Consumer<Boolean> enable =
        enabled ->
            stage.edit(
                cluster.id(),
                tree ->
                    tree.withObject("/properties/securityProfile/workloadIdentity")
                        .put("enabled", enabled));
    enable.accept(false);
    return () -> enable.accept(true);
  }

  /// The pods are made again while there is no webhook, and then it is back.
  private Undo olderPods(ClusterView cluster) {
    long wanted =
        stage.objects(cluster, PODS).stream().filter(WorkloadMistakes::isLabelled).count();
    Undo webhook = removeWebhook(cluster);
    workloads.restartPods(cluster);
    awaitPods(cluster, wanted, webhook, LOOKS);
    return () -> {
      webhook.undo();
      workloads.restartPods(cluster);
    };
  }

  private void awaitPods(ClusterView cluster, long wanted, Undo webhook, int looks) {
    List<JsonNode> pods =
        stage.objects(cluster, PODS).stream().filter(WorkloadMistakes::isLabelled).toList();
    boolean made = pods.size() >= wanted && pods.stream().noneMatch(ClusterMistakes::isMutated);
    if (made || looks == 0) {
      webhook.undo();
    } else {
      agenda.after(LOOK, () -> awaitPods(cluster, wanted, webhook, looks - 1));
    }
  }

  private static boolean isMutated(JsonNode pod) {
    return pod.at("/spec/containers")
        .valueStream()
        .flatMap(container -> container.path("env").valueStream())
        .anyMatch(each -> each.path("name").asString("").equals("AZURE_FEDERATED_TOKEN_FILE"));
  }

  private Undo recreated(ClusterView cluster, String issuer) {
    var backup = ClusterBackup.of(stage, cluster);
    String other = issuer.replaceFirst("[^/]+/$", seed.uuid("issuer", cluster.id()) + "/");
    become(cluster, seed.hex("resource uid", cluster.id(), 24), other);
    return () -> {
      become(cluster, cluster.uid(), issuer);
      backup.restore(stage, cluster);
    };
  }

  /// What was inside a cluster is gone once it has another uid.
  private void become(ClusterView cluster, String uid, String issuer) {
    stage.edit(
        cluster.id(),
        tree -> {
          ObjectNode properties = tree.withObject("properties");
          properties.put("resourceUID", uid);
          properties.withObject("oidcIssuerProfile").put("issuerURL", issuer);
        });
  }

  private Undo shut(ClusterView cluster) {
    Optional<Stored> before = stage.store().find(cluster.id());
    List<Undo> steps = new ArrayList<>();
    stage.edit(cluster.id(), ClusterMistakes::disableLocalAccounts);
    steps.add(
        () -> before.ifPresent(old -> stage.edit(cluster.id(), tree -> restore(tree, old.tree()))));
    for (Stored assignment : stage.all(Backstage.ASSIGNMENTS)) {
      if (lets(assignment, cluster)) {
        steps.add(stage.take(assignment));
      }
    }
    return Undo.all(steps);
  }

  private static void disableLocalAccounts(ObjectNode tree) {
    ObjectNode properties = tree.withObject("properties");
    properties.put("disableLocalAccounts", true);
    properties.withObject("aadProfile").put("managed", true).put("enableAzureRBAC", true);
  }

  private static void restore(ObjectNode tree, ObjectNode old) {
    ObjectNode properties = tree.withObject("properties");
    Backstage.restore(
        properties, old.path("properties"), List.of("disableLocalAccounts", "aadProfile"));
  }

  /// Whether it gives somebody a right inside the cluster.
  private static boolean lets(Stored assignment, ClusterView cluster) {
    String role = assignment.tree().at("/properties/roleDefinitionId").asString("");
    String scope = assignment.tree().at("/properties/scope").asString("").toLowerCase(Locale.ROOT);
    String id = cluster.id().toLowerCase(Locale.ROOT);
    return INSIDE.stream().anyMatch(role::endsWith)
        && (id.equals(scope) || id.startsWith(scope + "/") || scope.startsWith(id + "/"));
  }
}
