// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Releases.RenderedAccount;
import dev.latchkey.core.port.Releases.RenderedWorkload;
import dev.latchkey.kubernetes.manifest.Manifest;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import dev.latchkey.kubernetes.manifest.ShownObjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds in a rendered chart what the trust chain hangs on.
final class Rendering {
  private static final String CLIENT_ID = "azure.workload.identity/client-id";
  private static final String USE = "azure.workload.identity/use";

  private Rendering() {}

  static Rendered of(String manifest, String namespace, ChartFiles chart) {
    List<Item> objects = Manifest.parse(manifest).objects();
    return new Rendered(
        manifest,
        chart.title(),
        chart.digest(),
        chart.subcharts(),
        chart.definitions(),
        ShownObjects.of(manifest, namespace),
        objects.stream()
            .filter(object -> object.kind().equals("ServiceAccount"))
            .map(
                object ->
                    new RenderedAccount(
                        object.name(), object.text("metadata", "annotations", CLIENT_ID)))
            .toList(),
        objects.stream().flatMap(Rendering::workload).toList());
  }

  private static Stream<RenderedWorkload> workload(Item object) {
    return podTemplate(object)
        .map(
            template ->
                new RenderedWorkload(
                    object.title(),
                    template.text("spec", "serviceAccountName").orElse("default"),
                    template.text("metadata", "labels", USE)))
        .stream();
  }

  private static Optional<Item> podTemplate(Item object) {
    Optional<Object> template =
        switch (object.kind()) {
          case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job" ->
              object.at("spec", "template");
          case "CronJob" -> object.at("spec", "jobTemplate", "spec", "template");
          case "Pod" -> Optional.of(object.tree());
          default -> Optional.empty();
        };
    return template.map(tree -> new Item("Pod", tree instanceof Map<?, ?> map ? map : Map.of()));
  }
}
