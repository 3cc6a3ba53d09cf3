// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.resource.LiveDrift.Edited;
import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.core.resource.LiveDrift.Gone;
import dev.latchkey.core.resource.LiveDrift.ObjectDrift;
import dev.latchkey.kubernetes.access.ApiServers.Opened;
import dev.latchkey.kubernetes.manifest.Autoscaled;
import dev.latchkey.kubernetes.manifest.LiveComparison;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import dev.latchkey.kubernetes.manifest.ShownObjects;
import dev.latchkey.kubernetes.manifest.UpgradeRule;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one object of a release and compares it with what was rendered.
final class LiveObject {
  private final Opened server;
  private final String namespace;
  private final Autoscaled rendered;

  /// @param namespace of the release
  /// @param rendered what the release itself scales
  LiveObject(Opened server, String namespace, Autoscaled rendered) {
    this.server = server;
    this.namespace = namespace;
    this.rendered = rendered;
  }

  /// What one look saw.
  sealed interface Look {
    /// It is as it was rendered.
    record Same() implements Look {}

    /// It is not.
    record Differs(ObjectDrift drift) implements Look {}

    /// Nobody could look.
    ///
    /// @param what its kind, or a part of it
    record Unseen(String what, String reason) implements Look {}
  }

  Look look(Item wanted) {
    try {
      Optional<GenericKubernetesResource> live = read(server, namespace(wanted), wanted);
      return live.isPresent() ? compare(wanted, live.get()) : gone(wanted);
    } catch (KubernetesClientException e) {
      return new Look.Unseen(wanted.kind(), reason(e));
    }
  }

  private static String reason(KubernetesClientException refusal) {
    return switch (refusal.getCode()) {
      case 403 -> "may not be read (403)";
      case 0, -1 -> "the cluster did not answer";
      default -> "the cluster answered " + refusal.getCode();
    };
  }

  /// The object as it lives.
  ///
  /// @throws KubernetesClientException when it may not be read, or cannot be
  static Optional<GenericKubernetesResource> read(Opened server, String namespace, Item wanted) {
    return Optional.ofNullable(
        server.ask(
            () ->
                server
                    .client()
                    .genericKubernetesResources(wanted.apiVersion(), wanted.kind())
                    .inNamespace(namespace)
                    .withName(wanted.name())
                    .get()));
  }

  /// A version that the cluster serves no longer has no objects either. A Job with a time to live
  /// is taken away by Kubernetes itself.
  private Look gone(Item wanted) {
    if (wanted.at("spec", "ttlSecondsAfterFinished").isPresent()) {
      return new Look.Same();
    }
    boolean served = server.ask(() -> server.client().supports(wanted.apiVersion(), wanted.kind()));
    return served
        ? new Look.Differs(new Gone(title(wanted)))
        : new Look.Unseen(wanted.kind(), "the cluster does not serve " + wanted.apiVersion());
  }

  private Look compare(Item wanted, GenericKubernetesResource live) {
    List<FieldDrift> fields = LiveComparison.between(wanted, item(server, wanted, live));
    if (fields.stream().anyMatch(LiveObject::isReplicas)) {
      Optional<Boolean> scaled = isScaled(wanted);
      List<FieldDrift> others = fields.stream().filter(field -> !isReplicas(field)).toList();
      if (scaled.isEmpty() && others.isEmpty()) {
        return new Look.Unseen(
            Autoscaled.REPLICAS + " of " + title(wanted), "autoscalers may not be listed");
      }
      fields = scaled.orElse(true) ? others : fields;
    }
    return fields.isEmpty()
        ? new Look.Same()
        : new Look.Differs(
            new Edited(title(wanted), fields, UpgradeRule.of(wanted), written(live)));
  }

  /// The same as a tree, to be compared.
  static Item item(Opened server, Item wanted, GenericKubernetesResource live) {
    return new Item(
        wanted.kind(), server.client().getKubernetesSerialization().convertValue(live, Map.class));
  }

  private static boolean isReplicas(FieldDrift field) {
    return field.path().equals(Autoscaled.REPLICAS);
  }

  /// Whether an autoscaler decides about the replicas, whoever made it; empty when nobody may look.
  /// KEDA makes autoscalers of Kubernetes out of its own.
  private Optional<Boolean> isScaled(Item workload) {
    if (rendered.holds(workload)) {
      return Optional.of(true);
    }
    try {
      return Optional.of(
          server
              .ask(
                  () ->
                      server
                          .client()
                          .autoscaling()
                          .v2()
                          .horizontalPodAutoscalers()
                          .inNamespace(namespace(workload))
                          .list())
              .getItems()
              .stream()
              .map(autoscaler -> autoscaler.getSpec().getScaleTargetRef())
              .anyMatch(
                  target ->
                      target.getKind().equals(workload.kind())
                          && target.getName().equals(workload.name())));
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> written(GenericKubernetesResource live) {
    List<ManagedFieldsEntry> writers =
        Objects.requireNonNullElse(live.getMetadata().getManagedFields(), List.of());
    return writers.stream()
        .filter(writer -> writer.getSubresource() == null || writer.getSubresource().isEmpty())
        .flatMap(writer -> moment(writer.getTime()).stream())
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> moment(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private String namespace(Item object) {
    return object.text("metadata", "namespace").orElse(namespace);
  }

  private String title(Item object) {
    return ShownObjects.title(object, namespace);
  }
}
