// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.Pod.Readiness;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodReadingTest {
  /// A pod as the workload identity webhook leaves it (its form from version 1.6 on).
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: shop-2-a
        namespace: web
        uid: u1
        creationTimestamp: "2026-01-01T12:00:00Z"
        labels: {azure.workload.identity/use: "true"}
      spec:
        serviceAccountName: shop
        containers:
        - name: app
          env:
          - {name: AZURE_CLIENT_ID, value: 0123e567}
          - {name: PASSWORD, valueFrom: {secretKeyRef: {name: s, key: k}}}
        - name: sidecar
          env: [{name: AZURE_CLIENT_ID, value: other}, {name: ROLE, value: sidecar}]
        volumes:
        - name: azure-workload-identity-reserved-x
          projected:
            sources: [{serviceAccountToken: {audience: "api://AzureADTokenExchange", path: token}}]
        - name: kube-api-access
          projected: {sources: [{serviceAccountToken: {path: token}}]}
      status:
        phase: Running
        conditions: [{type: Ready, status: "READY"}]
        containerStatuses:
        - name: app
          state: {STATE}
          lastState: {terminated: {exitCode: 137, reason: OOMKilled}}
      """;

  @Test
  void readsWhatTheWebhookInjected() {
    assertThat(read("True", "running: {}")).isEqualTo(pod(Readiness.READY, null, null));
  }

  @Test
  void tellsWhyAPodIsNotReady() {
    assertThat(read("False", "waiting: {reason: CrashLoopBackOff, message: back-off 40s}"))
        .isEqualTo(
            pod(
                Readiness.NOT_READY,
                "CrashLoopBackOff",
                "back-off 40s (last exit code 137, OOMKilled)"));
  }

  @Test
  void aPodThatMerelyStartsSuffersNothing() {
    assertThat(read("False", "waiting: {reason: ContainerCreating}"))
        .isEqualTo(pod(Readiness.NOT_READY, null, null));
  }

  private static Pod read(String ready, String state) {
    return PodReading.read(
        new KubernetesSerialization()
            .unmarshal(
                POD.replace("READY", ready).replace("STATE", state),
                io.fabric8.kubernetes.api.model.Pod.class));
  }

  private static Pod pod(Readiness readiness, @Nullable String reason, @Nullable String message) {
    return new Pod(
        "web",
        "shop-2-a",
        "u1",
        "shop",
        Map.of("azure.workload.identity/use", "true"),
        Map.of("AZURE_CLIENT_ID", "0123e567", "ROLE", "sidecar"),
        List.of("api://AzureADTokenExchange"),
        readiness,
        Instant.parse("2026-01-01T12:00:00Z"),
        Optional.ofNullable(reason),
        Optional.ofNullable(message));
  }
}
