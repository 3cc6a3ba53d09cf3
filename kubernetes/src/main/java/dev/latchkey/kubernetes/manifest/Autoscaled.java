// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The workloads whose number of pods an autoscaler decides, of Kubernetes or of KEDA.
///
/// @param titles kind and name of each
public record Autoscaled(Set<String> titles) {
  /// The path of the number.
  public static final String REPLICAS = "spec.replicas";

  private static final Set<String> AUTOSCALERS = Set.of("HorizontalPodAutoscaler", "ScaledObject");

  public Autoscaled {
    titles = Set.copyOf(titles);
  }

  /// What the autoscalers among some objects scale.
  public static Autoscaled by(List<Item> objects) {
    return new Autoscaled(
        objects.stream()
            .filter(object -> AUTOSCALERS.contains(object.kind()))
            .map(Autoscaled::target)
            .collect(Collectors.toSet()));
  }

  /// KEDA takes a Deployment where no kind is named.
  private static String target(Item autoscaler) {
    String kind = autoscaler.text("spec", "scaleTargetRef", "kind").orElse("Deployment");
    return kind + "/" + autoscaler.text("spec", "scaleTargetRef", "name").orElse("");
  }

  /// Whether an autoscaler decides how many pods this workload has.
  public boolean holds(Item workload) {
    return titles.contains(workload.title());
  }
}
