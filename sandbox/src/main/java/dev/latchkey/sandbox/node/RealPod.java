// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod whose first container is a child process. Only the agenda's thread touches it.
final class RealPod {
  private static final String SOURCE = "kubelet";
  private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

  /// A killed process takes some milliseconds; the sandbox's own end does not hang on it.
  private static final Duration GONE_WITHIN = Duration.ofSeconds(5);

  private final KubernetesCluster cluster;
  private final ObjectNode pod;
  private final JsonNode container;
  private final Program program;
  private final Pods.Real settings;
  private final Agenda agenda;
  private final Happenings happenings;
  private final PodStatus status;
  private final PodFolder folder;
  private final Duration firstBackOff;

  /// Read by the shutdown hook, too.
  private volatile @Nullable Process process;

  private int port;
  private int restarts;
  private boolean ready;
  private boolean started;
  private volatile boolean stopping;
  private String startedAt = "";
  private ObjectNode lastState = Trees.object();

  RealPod(
      KubernetesCluster cluster,
      ObjectNode pod,
      Program program,
      Pods.Real settings,
      Agenda agenda,
      Happenings happenings,
      Duration firstBackOff) {
    this.cluster = cluster;
    this.pod = pod;
    this.container = Trees.at(pod, "spec", "containers").path(0);
    this.program = program;
    this.settings = settings;
    this.agenda = agenda;
    this.happenings = happenings;
    this.status = PodStatus.of(cluster, pod);
    this.folder = new PodFolder(cluster, pod, settings.root(), agenda);
    this.firstBackOff = firstBackOff;
  }

  /// Why the sandbox cannot run such a pod; empty when it can.
  ///
  /// An image is one program of this machine, without the files that a command or a second image
  /// would need.
  static Optional<String> refusal(JsonNode pod) {
    if (!Trees.at(pod, "spec", "initContainers").isEmpty()) {
      return Optional.of("the sandbox runs no init containers; try --pods simulated");
    }
    JsonNode containers = Trees.at(pod, "spec", "containers");
    if (containers.size() > 1) {
      return Optional.of("the sandbox runs one container of a pod only; try --pods simulated");
    }
    return containers.path(0).path("command").isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the sandbox runs an image's own entry point, not another command;"
                + " try --pods simulated");
  }

  /// Starts the process for the first time or again.
  void start() {
    if (stopping) {
      return;
    }
    try {
      folder.make();
      port = freePort();
      Process child = launch();
      process = child;
      startedAt = cluster.resources().timestamp();
      ready = !container.path("readinessProbe").isObject();
      started = !container.path("startupProbe").isObject();
      var _ = child.onExit().thenRun(() -> agenda.soon(() -> exited(child)));
      happenings.normal(pod, SOURCE, "Started", "Started container " + name());
      report();
      probe("startupProbe", child, this::startupAnswered);
      probe("readinessProbe", child, this::readinessAnswered);
      probe("livenessProbe", child, this::livenessAnswered);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      happenings.warning(pod, SOURCE, "Failed", "Error: " + why);
      status.waiting("RunContainerError", why, restarts, lastState);
      again();
    }
  }

  private String name() {
    return Trees.text(container, "name");
  }

  PodFolder folder() {
    return folder;
  }

  private Process launch() throws IOException {
    Map<String, String> variables = new Variables(cluster, pod).of(container);
    var command = new ArrayList<>(program.command());
    for (JsonNode argument : Trees.items(container.path("args"))) {
      String expanded = Variables.expand(argument.asString(), variables);
      command.add(folder.translate(container, expanded));
    }
    var builder = new ProcessBuilder(command).directory(program.directory().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(program.environment());
    environment.put("HOSTNAME", Trees.text(pod, "metadata", "name"));
    variables.forEach((key, value) -> environment.put(key, folder.translate(container, value)));
    environment.put("PORT", Integer.toString(port));
    String flags = String.join(" ", settings.javaFlags());
    environment.merge("JDK_JAVA_OPTIONS", flags, (theirs, ours) -> theirs + " " + ours);
    var log = ProcessBuilder.Redirect.appendTo(folder.log(name()).toFile());
    // standard input stays a pipe: it closes when the sandbox dies, however it dies
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// @param told hears each answer, and says whether to ask again
  private void probe(String kind, Process child, Predicate<Answered> told) {
    if (container.path(kind).isObject()) {
      var probe = new Probe(container.path(kind), port);
      agenda.after(probe.delay(), () -> ask(new Answered(probe, child, 0, Optional.empty()), told));
    }
  }

  /// @param failures in a row, this one included
  private record Answered(Probe probe, Process child, long failures, Optional<String> failure) {
    boolean failedTooOften() {
      return failures >= probe.failureThreshold();
    }
  }

  private void ask(Answered before, Predicate<Answered> told) {
    if (!Objects.equals(process, before.child()) || stopping) {
      return;
    }
    Thread.startVirtualThread(
        () -> {
          Optional<String> failure = before.probe().ask();
          long failures = failure.isPresent() ? before.failures() + 1 : 0;
          var answered = new Answered(before.probe(), before.child(), failures, failure);
          agenda.soon(() -> answered(answered, told));
        });
  }

  private void answered(Answered answered, Predicate<Answered> told) {
    if (Objects.equals(process, answered.child()) && !stopping) {
      if (told.test(answered)) {
        agenda.after(answered.probe().period(), () -> ask(answered, told));
      }
    }
  }

  private boolean startupAnswered(Answered answered) {
    answered.failure().filter(_ -> !started).ifPresent(why -> unhealthy("Startup", why));
    started |= answered.failure().isEmpty();
    if (!started && answered.failedTooOften()) {
      kill("startup");
      return false;
    }
    report();
    return !started;
  }

  private boolean readinessAnswered(Answered answered) {
    answered.failure().filter(_ -> started).ifPresent(why -> unhealthy("Readiness", why));
    boolean passes = started && answered.failure().isEmpty();
    boolean keeps = ready && !answered.failedTooOften();
    if (ready != (passes || keeps)) {
      ready = passes;
      report();
    }
    return true;
  }

  private boolean livenessAnswered(Answered answered) {
    if (!started) {
      return true;
    }
    answered.failure().ifPresent(why -> unhealthy("Liveness", why));
    if (answered.failedTooOften()) {
      kill("liveness");
      return false;
    }
    return true;
  }

  private void unhealthy(String probe, String why) {
    happenings.warning(pod, SOURCE, "Unhealthy", probe + " probe failed: " + why);
  }

  private void kill(String probe) {
    happenings.normal(
        pod,
        SOURCE,
        "Killing",
        "Container " + name() + " failed " + probe + " probe, will be restarted");
    Optional.ofNullable(process).ifPresent(child -> end(child, grace(pod)));
  }

  private static Duration grace(JsonNode pod) {
    return Duration.ofSeconds(Trees.number(pod, 30, "spec", "terminationGracePeriodSeconds"));
  }

  private void end(Process child, Duration grace) {
    child.destroy();
    agenda.after(grace, child::destroyForcibly);
  }

  private void report() {
    status.running(ready && started, restarts, lastState, startedAt);
  }

  private void exited(Process child) {
    if (!Objects.equals(process, child) || stopping) {
      return;
    }
    process = null;
    int exitCode = child.exitValue();
    lastState = PodStatus.terminated(exitCode, startedAt, cluster.resources().timestamp());
    String policy = Trees.text(pod, "spec", "restartPolicy");
    if (policy.equals("Never") || (policy.equals("OnFailure") && exitCode == 0)) {
      status.ended(exitCode, restarts, lastState);
      return;
    }
    String pause = "back-off " + backOff().toSeconds() + "s restarting failed container=" + name();
    happenings.warning(pod, SOURCE, "BackOff", "Back-off restarting failed container " + name());
    status.backingOff(pause, restarts, lastState);
    again();
  }

  private void again() {
    Duration pause = backOff();
    restarts++;
    agenda.after(pause, this::start);
  }

  private Duration backOff() {
    Duration grown = firstBackOff.multipliedBy(1L << Math.min(restarts, 10));
    if (grown.compareTo(SHORTEST_BACK_OFF) < 0) {
      return SHORTEST_BACK_OFF;
    }
    return grown.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : grown;
  }

  /// Ends the process, by force after the grace of the deletion, and then the folder goes.
  ///
  /// @param deleted the pod as it is now
  void stop(JsonNode deleted, Runnable afterwards) {
    stopping = true;
    Process child = process;
    if (child == null || !child.isAlive()) {
      folder.remove();
      afterwards.run();
      return;
    }
    long seconds =
        Trees.number(deleted, grace(deleted).toSeconds(), "metadata", "deletionGracePeriodSeconds");
    end(child, Duration.ofSeconds(seconds));
    var _ =
        child
            .onExit()
            .thenRun(
                () ->
                    agenda.soon(
                        () -> {
                          folder.remove();
                          afterwards.run();
                        }));
  }

  /// Ends the process at once, with the sandbox, and sees it gone.
  void kill() {
    stopping = true;
    Process child = process;
    if (child == null) {
      return;
    }
    try {
      boolean _ = child.destroyForcibly().waitFor(GONE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
