// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Refusal;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The Job controller: pods until enough of them have succeeded, or too many have failed.
final class Jobs {
  private static final String SOURCE = "job-controller";

  private final KubernetesCluster cluster;
  private final Happenings happenings;

  Jobs(KubernetesCluster cluster, Happenings happenings) {
    this.cluster = cluster;
    this.happenings = happenings;
  }

  void reconcile(String namespace, String name) {
    cluster
        .store()
        .find(Kinds.JOB, namespace, name)
        .filter(job -> !Conditions.isTrue(job, "Complete") && !Conditions.isTrue(job, "Failed"))
        .ifPresent(this::reconcile);
  }

  private void reconcile(ObjectNode job) {
    List<ObjectNode> pods = Owners.pods(cluster, job);
    long succeeded = inPhase(pods, "Succeeded");
    long failed = inPhase(pods, "Failed");
    long active = pods.stream().filter(Owners::isActive).count();
    long completions = Trees.number(job, 1, "spec", "completions");
    boolean lost = failed > Trees.number(job, 6, "spec", "backoffLimit");
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
      Conditions.set(
          job,
          "Failed",
          true,
          "BackoffLimitExceeded",
          "Job has reached the specified backoff limit",
          now);
    }
  }

  private static long inPhase(List<ObjectNode> pods, String phase) {
    return pods.stream().filter(pod -> Trees.text(pod, "status", "phase").equals(phase)).count();
  }
}
