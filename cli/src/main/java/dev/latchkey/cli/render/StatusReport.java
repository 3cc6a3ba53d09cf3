// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.cli.render.ClusterStatus.Condition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fleet's status as one JSON document, described in `docs/output.md`.
public final class StatusReport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private StatusReport() {}

  /// The document, with a line break at its end.
  public static String of(FleetStatus fleet) {
    ObjectNode document = JSON.createObjectNode();
    document.put("application", fleet.fleet().application());
    ObjectNode summary = document.putObject("summary");
    summary.put("clusters", fleet.clusters().size()).put("fine", fleet.fine());
    for (Condition condition : Condition.values()) {
      summary.put(condition.key(), fleet.count(condition));
    }
    ArrayNode clusters = document.putArray("clusters");
    fleet.clusters().forEach(cluster -> cluster(clusters.addObject(), cluster));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static void cluster(ObjectNode node, ClusterStatus cluster) {
    node.put("name", cluster.target().name().value())
        .put("id", cluster.target().cluster().text())
        .put("condition", cluster.condition().key())
        .put("fine", cluster.isFine())
        .put("workloadIdentity", cluster.setup().workloadIdentity().word())
        .put("identity", cluster.setup().identity().word())
        .put("credential", cluster.setup().credential().word());
    ObjectNode access = node.putObject("secrets");
    access.put("declared", cluster.target().vault().names().size());
    cluster.secrets().ifPresent(count -> access.put("readable", count));
    cluster
        .release()
        .ifPresent(
            release ->
                node.putObject("release")
                    .put("namespace", release.namespace())
                    .put("name", release.name())
                    .put("revision", release.revision())
                    .put("chart", release.chart())
                    .put("status", release.status())
                    .put("updatedAt", release.updated().toString()));
    cluster
        .pods()
        .ifPresent(
            pods -> node.putObject("pods").put("ready", pods.ready()).put("all", pods.all()));
    cluster
        .last()
        .ifPresent(
            last ->
                node.putObject("lastDeploy")
                    .put("run", last.run())
                    .put("at", last.at().toString())
                    .put("ending", last.ending()));
    ArrayNode reasons = node.putArray("reasons");
    cluster.reasons().forEach(reasons::add);
  }
}
