// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Refusal;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Job controller: pods until enough of them have succeeded, too many have failed, or the job's
/// time is over.
final class Jobs {
  private static final String SOURCE = "job-controller";
  private static final String BACKOFF_LIMIT = "Job has reached the specified backoff limit";
  private static final String DEADLINE = "Job was active longer than specified deadline";

  private final KubernetesCluster cluster;
  private final Happenings happenings;
  private final Agenda agenda;

  Jobs(KubernetesCluster cluster, Happenings happenings, Agenda agenda) {
    this.cluster = cluster;
    this.happenings = happenings;
    this.agenda = agenda;
  }

  void reconcile(String namespace, String name) {
    cluster
        .store()
        .find(Kinds.JOB, namespace, name)
        .filter(Jobs::isOpen)
        .ifPresent(this::reconcile);
  }

  private static boolean isOpen(JsonNode job) {
    return !Conditions.isTrue(job, "Complete") && !Conditions.isTrue(job, "Failed");
  }

  private void reconcile(ObjectNode job) {
    List<ObjectNode> pods = Owners.pods(cluster, job);
    long succeeded = inPhase(pods, "Succeeded");
    long failed = inPhase(pods, "Failed");
    long active = pods.stream().filter(Owners::isActive).count();
    long completions = Trees.number(job, 1, "spec", "completions");
    boolean lost = failed > Trees.number(job, 6, "spec", "backoffLimit");
    if (!job.path("status").has("startTime")) {
      watchDeadline(job);
    }
    long missing =
        Math.min(Trees.number(job, 1, "spec", "parallelism"), completions - succeeded) - active;
    for (long i = 0; i < missing && !lost; i++) {
      create(job);
    }
    long running = Math.max(active, lost ? 0 : active + Math.max(0, missing));
    cluster
        .resources()
        .change(
            Kinds.JOB,
            Trees.text(job, "metadata", "namespace"),
            Trees.text(job, "metadata", "name"),
            each -> report(each, succeeded, failed, running, succeeded >= completions, lost));
    if (lost && succeeded < completions) {
      happenings.warning(job, SOURCE, "BackoffLimitExceeded", BACKOFF_LIMIT);
    }
  }

  private void watchDeadline(ObjectNode job) {
    long seconds = Trees.number(job, 0, "spec", "activeDeadlineSeconds");
    if (seconds > 0) {
      String namespace = Trees.text(job, "metadata", "namespace");
      String name = Trees.text(job, "metadata", "name");
      String uid = Trees.text(job, "metadata", "uid");
      agenda.after(
          Duration.ofSeconds(seconds), // the job's own, not one of Azure's: no pace shortens it
          () ->
              cluster
                  .store()
                  .find(Kinds.JOB, namespace, name)
                  .filter(now -> Trees.text(now, "metadata", "uid").equals(uid))
                  .filter(Jobs::isOpen)
                  .ifPresent(this::end));
    }
  }

  /// Its time is over: what runs of it is stopped.
  private void end(ObjectNode job) {
    String namespace = Trees.text(job, "metadata", "namespace");
    String now = cluster.resources().timestamp();
    cluster
        .resources()
        .change(
            Kinds.JOB,
            namespace,
            Trees.text(job, "metadata", "name"),
            each -> Conditions.set(each, "Failed", true, "DeadlineExceeded", DEADLINE, now));
    happenings.warning(job, SOURCE, "DeadlineExceeded", DEADLINE);
    Owners.pods(cluster, job).stream()
        .filter(Owners::isActive)
        .forEach(
            pod ->
                cluster
                    .resources()
                    .delete(Kinds.POD, namespace, Trees.text(pod, "metadata", "name")));
  }

  private void create(ObjectNode job) {
    try {
      ObjectNode pod =
          cluster
              .resources()
              .create(Kinds.POD, Trees.text(job, "metadata", "namespace"), Owners.podOf(job));
      happenings.normal(
          job, SOURCE, "SuccessfulCreate", "Created pod: " + Trees.text(pod, "metadata", "name"));
    } catch (Refusal refusal) {
      happenings.warning(job, SOURCE, "FailedCreate", "Error creating: " + refusal.getMessage());
    }
  }

  private void report(
      ObjectNode job, long succeeded, long failed, long active, boolean complete, boolean lost) {
    String now = cluster.resources().timestamp();
    ObjectNode status = Trees.child(job, "status");
    if (!status.has("startTime")) {
      status.put("startTime", now);
    }
    Deployments.count(status, "succeeded", succeeded);
    Deployments.count(status, "failed", failed);
    Deployments.count(status, "active", active);
    if (complete) {
      status.put("completionTime", now);
      Conditions.set(job, "Complete", true, "CompletionsReached", "", now);
    } else if (lost) {
      Conditions.set(job, "Failed", true, "BackoffLimitExceeded", BACKOFF_LIMIT, now);
    }
  }

  private static long inPhase(List<ObjectNode> pods, String phase) {
    return pods.stream().filter(pod -> Trees.text(pod, "status", "phase").equals(phase)).count();
  }
}
