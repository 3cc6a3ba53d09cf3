// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.Pod.Readiness;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a pod of the API server into a [Pod].
final class PodReading {
  /// Waiting reasons of every pod that merely starts.
  private static final List<String> STARTING = List.of("ContainerCreating", "PodInitializing");

  private PodReading() {}

  /// Why a pod is not ready.
  record Ailment(String reason, String message) {}

  static Pod read(io.fabric8.kubernetes.api.model.Pod pod) {
    Readiness readiness = isReady(pod) ? Readiness.READY : Readiness.NOT_READY;
    Optional<Ailment> ailment = readiness == Readiness.READY ? Optional.empty() : ailment(pod);
    return new Pod(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "default"),
        Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of()),
        environment(pod),
        audiences(pod),
        readiness,
        created(pod),
        ailment.map(Ailment::reason),
        ailment.map(Ailment::message).filter(message -> !message.isEmpty()));
  }

  static Instant created(io.fabric8.kubernetes.api.model.Pod pod) {
    return Instant.parse(pod.getMetadata().getCreationTimestamp());
  }

  static boolean isReady(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && condition(pod, "Ready").filter(ready -> "True".equals(ready.getStatus())).isPresent();
  }

  /// Whether it has run to its end and serves nothing any more.
  static boolean isOver(io.fabric8.kubernetes.api.model.Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  /// What keeps a pod from being ready, the worst first; empty when it merely starts.
  static Optional<Ailment> ailment(io.fabric8.kubernetes.api.model.Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.of(new Ailment("Terminating", ""));
    }
    Optional<Ailment> ofContainer =
        statuses(pod).flatMap(status -> ofContainer(status).stream()).findFirst();
    return ofContainer.or(() -> unschedulable(pod));
  }

  private static Optional<Ailment> unschedulable(io.fabric8.kubernetes.api.model.Pod pod) {
    return condition(pod, "PodScheduled")
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .map(condition -> new Ailment("Unschedulable", text(condition.getMessage())));
  }

  private static Optional<Ailment> ofContainer(ContainerStatus status) {
    ContainerState state = status.getState();
    if (state == null) {
      return Optional.empty();
    }
    ContainerStateWaiting waiting = state.getWaiting();
    if (waiting != null && waiting.getReason() != null) {
      return STARTING.contains(waiting.getReason())
          ? Optional.empty()
          : Optional.of(
              new Ailment(waiting.getReason(), text(waiting.getMessage()) + lastExit(status)));
    }
    ContainerStateTerminated ended = state.getTerminated();
    return ended == null || Objects.equals(ended.getExitCode(), 0)
        ? Optional.empty()
        : Optional.of(
            new Ailment(
                Objects.requireNonNullElse(ended.getReason(), "Error"),
                "container %s ended with exit code %d"
                    .formatted(status.getName(), ended.getExitCode())));
  }

  private static String lastExit(ContainerStatus status) {
    ContainerState last = status.getLastState();
    if (last == null || last.getTerminated() == null) {
      return "";
    }
    return " (last exit code %d, %s)"
        .formatted(last.getTerminated().getExitCode(), text(last.getTerminated().getReason()));
  }

  private static Stream<ContainerStatus> statuses(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getStatus() == null
        ? Stream.empty()
        : Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream());
  }

  private static Optional<PodCondition> condition(
      io.fabric8.kubernetes.api.model.Pod pod, String type) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> type.equals(condition.getType()))
            .findFirst();
  }

  private static Map<String, String> environment(io.fabric8.kubernetes.api.model.Pod pod) {
    var environment = new LinkedHashMap<String, String>();
    Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .map(Container::getEnv)
        .flatMap(List::stream)
        .filter(variable -> variable.getValueFrom() == null)
        .forEach(variable -> environment.putIfAbsent(variable.getName(), value(variable)));
    return environment;
  }

  private static String value(EnvVar variable) {
    return text(variable.getValue());
  }

  private static List<String> audiences(io.fabric8.kubernetes.api.model.Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getProjected() != null)
        .flatMap(volume -> volume.getProjected().getSources().stream())
        .filter(source -> source.getServiceAccountToken() != null)
        .map(source -> text(source.getServiceAccountToken().getAudience()))
        .filter(audience -> !audience.isEmpty()) // without one it is for the API server itself
        .toList();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
