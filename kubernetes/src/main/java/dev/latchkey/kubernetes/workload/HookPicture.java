// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.kubernetes.workload.HookLook.Hook;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is known of a chart's hooks at one moment, and how it is told. Pure.
///
/// What containers printed is left out, and so is the message with which they ended, which may be
/// the end of their log: both may hold secrets.
///
/// @param warnings the warning events of the namespace
record HookPicture(List<Job> jobs, List<Pod> pods, List<Event> warnings) {
  private static final int PODS_MAX = 3;

  /// What is seen of one hook, one thing a line.
  List<String> lines(Hook hook) {
    Optional<Job> job =
        jobs.stream()
            .filter(each -> hook.isJob() && each.getMetadata().getName().equals(hook.name()))
            .findFirst();
    Stream<Pod> mine =
        pods.stream()
            .filter(pod -> isOf(hook, pod))
            .sorted(Comparator.comparing(PodReading::created).reversed())
            .limit(PODS_MAX);
    Stream<Event> told =
        warnings.stream()
            .filter(event -> Warnings.concerns(event, hook.name()))
            .filter(event -> job.isEmpty() || isSince(event, job.get()));
    return Stream.of(
            job.flatMap(HookPicture::verdict).stream(),
            mine.map(HookPicture::line),
            Warnings.latest(told).stream().map("event  "::concat))
        .flatMap(lines -> lines)
        .toList();
  }

  /// Why the Job counts as failed.
  private static Optional<String> verdict(Job job) {
    return Stream.ofNullable(job.getStatus())
        .flatMap(status -> status.getConditions().stream())
        .filter(condition -> "Failed".equals(condition.getType()))
        .map(
            condition ->
                "job    %s, %s"
                    .formatted(text(condition.getReason()), text(condition.getMessage())))
        .findFirst();
  }

  /// A hook of an earlier revision had the same name.
  private static boolean isSince(Event event, Job job) {
    String uid = event.getInvolvedObject().getUid();
    return "Job".equals(event.getInvolvedObject().getKind())
        ? job.getMetadata().getUid().equals(uid)
        : Warnings.moment(event).compareTo(job.getMetadata().getCreationTimestamp()) >= 0;
  }

  private static boolean isOf(Hook hook, Pod pod) {
    return hook.isJob()
        ? pod.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getKind().equals("Job") && owner.getName().equals(hook.name()))
        : hook.kind().equals("Pod") && pod.getMetadata().getName().equals(hook.name());
  }

  private static String line(Pod pod) {
    return "pod    %s: %s".formatted(pod.getMetadata().getName(), state(pod));
  }

  private static String state(Pod pod) {
    String phase = pod.getStatus() == null ? "Pending" : text(pod.getStatus().getPhase());
    return PodReading.ailment(pod)
        .map(ailment -> ailment.reason() + ", " + ailment.message())
        .orElseGet(() -> reason(pod).map(why -> phase + ", " + why).orElse(phase));
  }

  /// Why the whole pod ended, such as `Evicted`.
  private static Optional<String> reason(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).map(status -> status.getReason());
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }
}
