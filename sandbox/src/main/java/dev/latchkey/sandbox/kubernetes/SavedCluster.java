// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What is in one cluster, as a saved world holds it. Without pods, which controllers make anew,
/// and without events and leases, which tell of pods and nodes that are gone.
///
/// @param id the cluster's resource id
/// @param uid tells it from another cluster of its name
/// @param resourceVersion of the latest change
/// @param webhookFrom from when on the installed workload identity webhook serves
/// @param objects with `apiVersion` and `kind`
public record SavedCluster(
    String id,
    String uid,
    long resourceVersion,
    Optional<Instant> webhookFrom,
    List<ObjectNode> objects) {
  private static final Set<String> PASSING = Set.of("pods", "events", "leases");

  /// The types whose objects are saved.
  static final List<Kind> KINDS =
      Kinds.list().stream()
          .filter(kind -> !kind.review() && !PASSING.contains(kind.resource()))
          .toList();

  public SavedCluster {
    objects = List.copyOf(objects);
    objects.forEach(SavedCluster::kind);
  }

  static Kind kind(ObjectNode object) {
    String apiVersion = Trees.text(object, "apiVersion");
    String name = Trees.text(object, "kind");
    return KINDS.stream()
        .filter(kind -> kind.apiVersion().equals(apiVersion) && kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "objects of type `%s`, `%s` cannot be kept".formatted(apiVersion, name)));
  }

  /// Secrets are among the objects.
  @Override
  public String toString() {
    return "SavedCluster[" + id + "]";
  }
}
