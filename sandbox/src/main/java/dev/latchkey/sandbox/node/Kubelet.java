// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.World;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Schedules and runs the pods of one cluster.
final class Kubelet {
  static final String NODE_ADDRESS = "10.224.0.4";
  private static final Duration START = Duration.ofSeconds(3);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration BACK_OFF = Duration.ofSeconds(10);
  private static final String SOURCE = "kubelet";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /// A registry below `invalid`, a name that never resolves (RFC 6761).
  private static final Pattern NO_REGISTRY = Pattern.compile("([^/]+\\.)?invalid(:\\d+)?/.*");

  private static final Pattern EXIT = Pattern.compile("(?:^|[\\s;&])exit (?<code>\\d{1,3})$");

  private final World world;
  private final KubernetesCluster cluster;
  private final Pods pods;
  private final Agenda agenda;
  private final Happenings happenings;
  private final Map<String, RealPod> running = new ConcurrentHashMap<>();

  Kubelet(World world, KubernetesCluster cluster, Pods pods, Agenda agenda, Happenings happenings) {
    this.world = world;
    this.cluster = cluster;
    this.pods = pods;
    this.agenda = agenda;
    this.happenings = happenings;
  }

  /// Takes on a new pod.
  void take(ObjectNode pod) {
    PodStatus status = PodStatus.of(cluster, pod);
    if (!status.isWanted() || !Trees.text(pod, "spec", "nodeName").isEmpty()) {
      return;
    }
    String node =
        cluster.store().list(Kinds.NODE, "").stream()
            .findFirst()
            .map(each -> Trees.text(each, "metadata", "name"))
            .orElse("");
    int place = (int) (world.seed().fraction("pod-address", cluster.key() + status.uid()) * 60_000);
    status.scheduled(node, "10.244." + place / 250 + "." + (place % 250 + 2));
    happenings.normal(
        pod,
        "default-scheduler",
        "Scheduled",
        "Successfully assigned " + status.namespace() + "/" + status.name() + " to " + node);
    configure(pod, status);
  }

  /// Goes on once all that the pod refers to is there.
  private void configure(ObjectNode pod, PodStatus status) {
    if (!status.isWanted()) {
      return;
    }
    Optional<String> missing = new Variables(cluster, pod).missing();
    if (missing.isPresent()) {
      happenings.warning(pod, SOURCE, "Failed", "Error: " + missing.get());
      status.waiting("CreateContainerConfigError", missing.get(), 0, Trees.object());
      agenda.after(RETRY, () -> configure(pod, status));
      return;
    }
    String image = Trees.text(Trees.at(pod, "spec", "containers").path(0), "image");
    if (NO_REGISTRY.matcher(image).matches()) {
      cannotPull(pod, status, image, 0);
      return;
    }
    switch (pods) {
      case Pods.Simulated _ -> simulate(pod, status);
      case Pods.Real real -> run(pod, status, real);
    }
  }

  private void simulate(ObjectNode pod, PodStatus status) {
    status.waiting("ContainerCreating", "", 0, Trees.object());
    agenda.after(
        world.pace().of(START),
        () -> {
          if (!status.isWanted()) {
            return;
          }
          String now = cluster.resources().timestamp();
          happenings.normal(pod, SOURCE, "Started", "Started container " + containerName(pod));
          status.running(true, 0, Trees.object(), now);
          if (!Trees.text(pod, "spec", "restartPolicy").equals("Always") && ends(pod)) {
            agenda.after(world.pace().of(START), () -> complete(status, now, exitCode(pod)));
          }
        });
  }

  private void complete(PodStatus status, String startedAt, int exitCode) {
    String now = cluster.resources().timestamp();
    status.ended(exitCode, 0, PodStatus.terminated(exitCode, startedAt, now));
  }

  private static boolean ends(JsonNode pod) {
    return !lastWords(pod).endsWith("sleep infinity");
  }

  private static int exitCode(JsonNode pod) {
    Matcher exit = EXIT.matcher(lastWords(pod));
    return exit.find() ? Integer.parseInt(exit.group("code")) : 0;
  }

  /// The end of the first container's command: all of it that is acted on when nothing runs.
  private static String lastWords(JsonNode pod) {
    JsonNode container = Trees.at(pod, "spec", "containers").path(0);
    return Stream.concat(
            Trees.items(container.path("command")).stream(),
            Trees.items(container.path("args")).stream())
        .reduce((_, last) -> last)
        .map(last -> last.asString("").strip())
        .orElse("");
  }

  private void run(ObjectNode pod, PodStatus status, Pods.Real real) {
    Optional<String> refusal = RealPod.refusal(pod);
    if (refusal.isPresent()) {
      happenings.warning(pod, SOURCE, "Failed", "Error: " + refusal.get());
      status.waiting("CreateContainerError", refusal.get(), 0, Trees.object());
      return;
    }
    String image = Trees.text(Trees.at(pod, "spec", "containers").path(0), "image");
    Optional<Program> program =
        real.programs().entrySet().stream()
            .filter(each -> image.startsWith(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    happenings.normal(pod, SOURCE, "Pulling", "Pulling image \"" + image + "\"");
    if (program.isEmpty()) {
      cannotPull(pod, status, image, 0);
      return;
    }
    happenings.normal(pod, SOURCE, "Pulled", "Successfully pulled image \"" + image + "\"");
    status.waiting("ContainerCreating", "", 0, Trees.object());
    var child =
        new RealPod(
            cluster, pod, program.get(), real, agenda, happenings, world.pace().of(BACK_OFF));
    running.put(status.uid(), child);
    child.start();
  }

  private void cannotPull(ObjectNode pod, PodStatus status, String image, int times) {
    if (!status.isWanted()) {
      return;
    }
    String why =
        "failed to pull and unpack image \""
            + image
            + "\": failed to resolve reference \""
            + image
            + "\": "
            + image
            + ": not found";
    if (times == 0) {
      happenings.warning(pod, SOURCE, "Failed", "Failed to pull image \"" + image + "\": " + why);
      happenings.warning(pod, SOURCE, "Failed", "Error: ErrImagePull");
      status.waiting("ErrImagePull", why, 0, Trees.object());
      Duration pause = world.pace().of(BACK_OFF);
      agenda.after(pause, () -> cannotPull(pod, status, image, 1));
      return;
    }
    happenings.warning(pod, SOURCE, "Failed", "Error: ImagePullBackOff");
    happenings.normal(pod, SOURCE, "BackOff", "Back-off pulling image \"" + image + "\"");
    status.waiting(
        "ImagePullBackOff", "Back-off pulling image \"" + image + "\"", 0, Trees.object());
  }

  private static String containerName(JsonNode pod) {
    return Trees.text(Trees.at(pod, "spec", "containers").path(0), "name");
  }

  /// Stops a pod that is to be deleted, then takes its object away.
  void stop(ObjectNode pod) {
    PodStatus status = PodStatus.of(cluster, pod);
    Runnable afterwards =
        () -> cluster.resources().finish(Kinds.POD, status.namespace(), status.name());
    Optional.ofNullable(running.remove(status.uid()))
        .ifPresentOrElse(
            child -> {
              happenings.normal(pod, SOURCE, "Killing", "Stopping container " + containerName(pod));
              child.stop(pod, afterwards);
            },
            afterwards);
  }

  /// Ends what still runs of a pod whose object is gone.
  void gone(ObjectNode pod) {
    Optional.ofNullable(running.remove(Trees.text(pod, "metadata", "uid")))
        .ifPresent(child -> child.stop(pod, () -> {}));
  }

  Optional<String> log(ObjectNode pod, String container) {
    RealPod child = running.get(Trees.text(pod, "metadata", "uid"));
    if (child == null) {
      String phase = Trees.text(pod, "status", "phase");
      boolean ran = Conditions.isTrue(pod, "Ready") || ENDED.contains(phase);
      return pods instanceof Pods.Simulated && ran ? Optional.of("") : Optional.empty();
    }
    Path log = child.folder().log(container);
    try {
      return Files.exists(log) ? Optional.of(Files.readString(log)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends all child processes at once.
  void close() {
    running.values().forEach(RealPod::kill);
    running.clear();
  }
}
