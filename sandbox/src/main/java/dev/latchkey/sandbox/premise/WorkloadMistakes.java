// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ClusterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the mistakes with workloads, and gets their pods made again.
record WorkloadMistakes(Backstage stage, Seed seed) {
  private static final String PREFIX = "azure.workload.identity/";
  private static final String LABEL = PREFIX + "use";
  private static final String CLIENT_ID = PREFIX + "client-id";

  /// No name below `invalid` can be resolved (RFC 6761).
  private static final String NO_REGISTRY = "registry.invalid/";

  /// The way back; empty while the cluster has no workload that uses workload identity.
  Optional<Undo> make(WorkloadPremise premise, ClusterView cluster) {
    return switch (premise) {
      case MISSING_POD_LABEL ->
          workloads(cluster, _ -> new Patch(podLabel(null), podLabel("true")));
      case LABEL_ON_WRONG_OBJECT ->
          workloads(
              cluster,
              _ ->
                  new Patch(
                      both(podLabel(null), labelled("true")),
                      both(podLabel("true"), labelled(null))));
      case IMAGE_NOT_PULLABLE -> workloads(cluster, WorkloadMistakes::unpullable);
      case MISSPELT_ANNOTATION -> accounts(cluster, WorkloadMistakes::misspelt);
      case WRONG_CLIENT_ID -> accounts(cluster, this::anotherClient);
      case WRONG_TENANT -> accounts(cluster, this::anotherTenant);
      case RELEASE_PENDING -> new PendingRelease(stage).make(cluster);
    };
  }

  /// Two merge patches: there and back.
  private record Patch(ObjectNode change, ObjectNode back) {}

  private interface Choice {
    Patch of(JsonNode object);
  }

  private Optional<Undo> workloads(ClusterView cluster, Choice choice) {
    List<Undo> done = new ArrayList<>();
    for (String kind : List.of("deployments", "statefulsets", "daemonsets")) {
      for (JsonNode each : stage.objects(cluster, "/apis/apps/v1/" + kind)) {
        if (each.at("/spec/template/metadata/labels").path(LABEL).asString("").equals("true")) {
          done.add(patch(cluster, path("/apis/apps/v1", each, kind), choice.of(each)));
        }
      }
    }
    return done.isEmpty() ? Optional.empty() : Optional.of(Undo.all(done));
  }

  private Optional<Undo> accounts(ClusterView cluster, Choice choice) {
    List<Undo> done = new ArrayList<>();
    for (JsonNode each : stage.objects(cluster, "/api/v1/serviceaccounts")) {
      if (each.at("/metadata/annotations").has(CLIENT_ID)) {
        Undo undo = patch(cluster, path("/api/v1", each, "serviceaccounts"), choice.of(each));
        restartPods(cluster);
        done.add(
            () -> {
              undo.undo();
              restartPods(cluster);
            });
      }
    }
    return done.isEmpty() ? Optional.empty() : Optional.of(Undo.all(done));
  }

  private static String path(String group, JsonNode object, String kind) {
    return "%s/namespaces/%s/%s/%s"
        .formatted(
            group,
            object.at("/metadata/namespace").asString(""),
            kind,
            object.at("/metadata/name").asString(""));
  }

  private Undo patch(ClusterView cluster, String path, Patch patch) {
    stage.inCluster(cluster, "PATCH", path, patch.change().toString());
    return () -> stage.inClusterIfThere(cluster, "PATCH", path, patch.back().toString());
  }

  /// Deletes the pods that use workload identity or should, so that their controllers make others.
  void restartPods(ClusterView cluster) {
    for (JsonNode pod : stage.objects(cluster, "/api/v1/pods")) {
      if (isLabelled(pod)) {
        stage.inClusterIfThere(cluster, "DELETE", path("/api/v1", pod, "pods"), "");
      }
    }
  }

  static boolean isLabelled(JsonNode pod) {
    return pod.at("/metadata/labels").path(LABEL).asString("").equals("true");
  }

  private static Patch unpullable(JsonNode workload) {
    ArrayNode now = (ArrayNode) workload.at("/spec/template/spec/containers");
    ArrayNode after = now.deepCopy();
    ObjectNode first = (ObjectNode) after.path(0);
    String image = first.path("image").asString("");
    first.put("image", NO_REGISTRY + image.substring(image.indexOf('/') + 1));
    return new Patch(containers(after), containers(now));
  }

  private static ObjectNode containers(ArrayNode all) {
    ObjectNode patch = tree();
    patch.withObject("/spec/template/spec").set("containers", all);
    return patch;
  }

  private static Patch misspelt(JsonNode account) {
    String wrong = PREFIX + "clientid";
    JsonNode value = account.at("/metadata/annotations").path(CLIENT_ID);
    ObjectNode change = tree();
    change.withObject("/metadata/annotations").set(wrong, value);
    ((ObjectNode) change.at("/metadata/annotations")).putNull(CLIENT_ID);
    ObjectNode back = tree();
    back.withObject("/metadata/annotations").set(CLIENT_ID, value);
    ((ObjectNode) back.at("/metadata/annotations")).putNull(wrong);
    return new Patch(change, back);
  }

  private Patch anotherClient(JsonNode account) {
    String other = seed.uuid("another client", account.at("/metadata/uid").asString("")).toString();
    return annotation(account, CLIENT_ID, other);
  }

  private Patch anotherTenant(JsonNode account) {
    String other = seed.uuid("another tenant", account.at("/metadata/uid").asString("")).toString();
    return annotation(account, PREFIX + "tenant-id", other);
  }

  private static Patch annotation(JsonNode account, String name, String value) {
    ObjectNode change = tree();
    change.withObject("/metadata/annotations").put(name, value);
    ObjectNode back = tree();
    ObjectNode annotations = back.withObject("/metadata/annotations");
    Optional.ofNullable(account.at("/metadata/annotations").get(name))
        .ifPresentOrElse(old -> annotations.set(name, old), () -> annotations.putNull(name));
    return new Patch(change, back);
  }

  private static ObjectNode podLabel(@Nullable String value) {
    ObjectNode patch = tree();
    patch.withObject("/spec/template/metadata/labels").put(LABEL, value);
    return patch;
  }

  private static ObjectNode labelled(@Nullable String value) {
    ObjectNode patch = tree();
    patch.withObject("/metadata/labels").put(LABEL, value);
    return patch;
  }

  private static ObjectNode both(ObjectNode one, ObjectNode other) {
    return one.setAll(other);
  }

  private static ObjectNode tree() {
    return JsonMapper.shared().createObjectNode();
  }
}
