// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.kubernetes.workload.HookLook.Hook;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookPictureTest {
  private static final String BEGUN = "2026-01-01T10:00:00Z";
  private static final Hook MIGRATE = new Hook("Job", "migrate");

  @Test
  void neverShowsWithWhichMessageAContainerEnded() {
    var picture =
        new HookPicture(List.of(), List.of(ended("migrate-1", "db-password=abc")), List.of());

    assertThat(picture.lines(MIGRATE))
        .containsExactly("pod    migrate-1: OOMKilled, container main ended with exit code 137");
  }

  @Test
  void leavesOutWhatIsOfAJobBeforeThatHadTheSameName() {
    var picture =
        new HookPicture(
            List.of(job()),
            List.of(),
            List.of(
                event("Job", "migrate", "of-old", "2026-01-01T10:00:00Z"),
                event("Pod", "migrate-0", "p-0", "2026-01-01T09:59:59Z"),
                event("Pod", "migrate-1", "p-1", "2026-01-01T10:00:07Z"),
                event("Job", "migrate", "job", "2026-01-01T10:00:09Z"),
                event("Pod", "other-1", "p-2", "2026-01-01T10:00:09Z")));

    assertThat(picture.lines(MIGRATE))
        .containsExactly(
            "job    BackoffLimitExceeded, too often",
            "event  Job/migrate BackOff: no",
            "event  Pod/migrate-1 BackOff: no");
  }

  @Test
  void showsThePodThatIsAHookItself() {
    Pod pod = ended("migrate", "");

    assertThat(
            new HookPicture(List.of(), List.of(pod, ended("migrate-2", "")), List.of())
                .lines(new Hook("Pod", "migrate")))
        .containsExactly("pod    migrate: OOMKilled, container main ended with exit code 137");
  }

  private static Job job() {
    return new JobBuilder()
        .withNewMetadata()
        .withName("migrate")
        .withUid("job")
        .withCreationTimestamp(BEGUN)
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Failed")
        .withStatus("True")
        .withReason("BackoffLimitExceeded")
        .withMessage("too often")
        .endCondition()
        .endStatus()
        .build();
  }

  private static Pod ended(String name, String message) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withCreationTimestamp(BEGUN)
        .addNewOwnerReference()
        .withKind("Job")
        .withName("migrate")
        .endOwnerReference()
        .endMetadata()
        .withNewStatus()
        .withPhase("Failed")
        .addNewContainerStatus()
        .withName("main")
        .withNewState()
        .withNewTerminated()
        .withExitCode(137)
        .withReason("OOMKilled")
        .withMessage(message)
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }

  private static Event event(String kind, String name, String uid, String moment) {
    return new EventBuilder()
        .withNewInvolvedObject()
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .endInvolvedObject()
        .withType("Warning")
        .withReason("BackOff")
        .withMessage("no")
        .withLastTimestamp(moment)
        .build();
  }
}
