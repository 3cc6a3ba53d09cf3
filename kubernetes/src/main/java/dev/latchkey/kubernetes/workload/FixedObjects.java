// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.FixedObject.FixedField;
import dev.latchkey.kubernetes.access.ApiServers.Opened;
import dev.latchkey.kubernetes.manifest.FixedFields;
import dev.latchkey.kubernetes.manifest.Manifest;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks for objects of a release that an upgrade cannot change as it would have to.
///
/// Only those that differ so in the two manifests are read from the cluster: somebody may have made
/// them anew. One that may not be read is left to Helm.
final class FixedObjects {
  private final Opened server;
  private final String namespace;

  /// @param namespace of the release
  FixedObjects(Opened server, String namespace) {
    this.server = server;
    this.namespace = namespace;
  }

  List<FixedObject> between(Manifest before, Manifest wanted) {
    Map<String, Item> old =
        before.kept().stream()
            .collect(Collectors.toMap(this::key, Function.identity(), (first, _) -> first));
    return wanted.kept().stream()
        .flatMap(
            object -> Stream.ofNullable(old.get(key(object))).flatMap(was -> look(was, object)))
        .toList();
  }

  private Stream<FixedObject> look(Item before, Item wanted) {
    return FixedFields.mayChange(before, wanted)
        ? live(wanted).flatMap(live -> fixed(before, wanted, live)).stream()
        : Stream.empty();
  }

  private Optional<GenericKubernetesResource> live(Item wanted) {
    try {
      return LiveObject.read(server, namespace(wanted), wanted);
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private Optional<FixedObject> fixed(Item before, Item wanted, GenericKubernetesResource live) {
    List<FixedField> fields =
        FixedFields.changed(before, wanted, LiveObject.item(server, wanted, live));
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FixedObject(
                wanted.kind(),
                Optional.ofNullable(live.getMetadata().getNamespace()),
                wanted.name(),
                fields));
  }

  private String key(Item object) {
    return object.kind() + "/" + namespace(object) + "/" + object.name();
  }

  private String namespace(Item object) {
    return object.text("metadata", "namespace").orElse(namespace);
  }
}
