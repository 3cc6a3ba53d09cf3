// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A chart's hook fails: Helm names it and says no more, so the cluster is asked.
class HooksTest {
  private static final Path ORIGINAL =
      Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");
  private static final String CLUSTER = "aks-weu-1";

  @TempDir Path folder;

  @Test
  void tellsHowThePodsOfAHookEndedAndWhatTheClusterSaysOfThem() throws IOException {
    assertThat(deployed("backoffLimit: 1", "before-hook-creation", "exit 3"))
        .isEqualTo(
            """
            release-hook-failed: The post-install hook `orders-migrate` of the release `orders` in `orders` failed.
            seen: helm   failed post-install: 1 error occurred: * job orders-migrate failed: BackoffLimitExceeded
            seen: job    BackoffLimitExceeded, Job has reached the specified backoff limit
            seen: pod    orders-migrate-…: Error, container migrate ended with exit code 3
            seen: pod    orders-migrate-…: Error, container migrate ended with exit code 3
            seen: event  Job/orders-migrate BackoffLimitExceeded: Job has reached the specified backoff limit
            why: The chart runs it last, so its objects are written already.
            next: kubectl logs job/orders-migrate --namespace orders, then deploy again""");
  }

  @Test
  void tellsThatAHookRanOutOfTime() throws IOException {
    assertThat(deployed("activeDeadlineSeconds: 1", "before-hook-creation", "sleep infinity"))
        .contains(
            """
            seen: job    DeadlineExceeded, Job was active longer than specified deadline
            seen: event  Job/orders-migrate DeadlineExceeded: Job was active longer than specified deadline
            """);
  }

  /// The chart takes its failed hooks away, Helm does so before it tells, and events stay.
  @Test
  void tellsTheEventsOfAHookThatIsGone() throws IOException {
    assertThat(deployed("backoffLimit: 0", "hook-failed", "exit 3"))
        .contains(
            """
            seen: helm   failed post-install: 1 error occurred: * job orders-migrate failed: BackoffLimitExceeded
            seen: event  Job/orders-migrate BackoffLimitExceeded: Job has reached the specified backoff limit
            """);
  }

  private String deployed(String limit, String policy, String script) throws IOException {
    Path chart = chart(limit, policy, script);
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(file -> file.replace(ORIGINAL.toString(), chart.toString())), CLUSTER);
      return Stage.told(weu, Step.HELM_RELEASE)
          .replaceAll("orders-migrate-[a-z0-9]{5}\\b", "orders-migrate-…")
          .replaceAll("occurred:\\s+\\*", "occurred: *");
    }
  }

  private Path chart(String limit, String policy, String script) throws IOException {
    Path chart = Files.createDirectory(folder.resolve("chart"));
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, chart.resolve(ORIGINAL.relativize(file).toString()));
      }
    }
    Files.writeString(
        chart.resolve("templates/migrate.yaml"),
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: orders-migrate
          annotations:
            helm.sh/hook: post-install
            helm.sh/hook-delete-policy: %s
        spec:
          %s
          template:
            spec:
              restartPolicy: Never
              containers:
                - { name: migrate, image: migrate:1, command: [sh, -c, "%s"] }
        """
            .formatted(policy, limit, script));
    return chart;
  }
}
