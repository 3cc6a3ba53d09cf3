// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.Commands.Output;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CommandPodTest {
  private static final String PODS =
      """
      {"columnDefinitions": [{"name": "Name", "priority": 0}, {"name": "Ready", "priority": 0},
                             {"name": "IP", "priority": 1}],
       "rows": [{"cells": ["coredns-1", "1/1", "10.0.0.7"],
                 "object": {"metadata": {"namespace": "kube-system"}}}]}
      """;
  private static final String NONE =
      """
      {"columnDefinitions": [{"name": "Name", "priority": 0}], "rows": []}
      """;

  private final List<Ask> asked = new ArrayList<>();

  private Output run(int status, String body, String command, Optional<String> token) {
    var pod =
        new CommandPod(
            _ ->
                ask -> {
                  asked.add(ask);
                  return Answer.json(status, JsonMapper.shared().readTree(body));
                });
    return pod.run("/subscriptions/s/cluster", command, token);
  }

  @Test
  void getPrintsTheServersTableInColumnsWithNamespacesInFront() {
    Output output = run(200, PODS, "kubectl get pods -A", Optional.empty());

    assertThat(output.exitCode()).isZero();
    assertThat(output.logs())
        .isEqualTo(
            """
            NAMESPACE     NAME        READY
            kube-system   coredns-1   1/1
            """);
    assertThat(asked.getFirst().path()).isEqualTo("/api/v1/pods");
  }

  @Test
  void wideColumnsAreShownOnlyWhenAskedFor() {
    assertThat(run(200, PODS, "kubectl get po -n kube-system -o wide", Optional.empty()).logs())
        .contains("10.0.0.7");
    assertThat(asked.getFirst().path()).isEqualTo("/api/v1/namespaces/kube-system/pods");
  }

  @Test
  void theCallersTokenIsUsedInPlaceOfTheAdministratorsCertificate() {
    run(200, PODS, "kubectl get pods", Optional.of("token"));
    run(200, PODS, "kubectl get pods", Optional.empty());

    assertThat(asked.getFirst().bearer()).hasValue("token");
    assertThat(asked.getFirst().clientCertificate()).isEmpty();
    assertThat(asked.getLast().clientCertificate()).isPresent();
  }

  @Test
  void whereNothingIsFoundItSaysWhere() {
    assertThat(run(200, NONE, "kubectl get deploy --namespace=shop", Optional.empty()).logs())
        .isEqualTo("No resources found in shop namespace.\n");
    assertThat(asked.getFirst().path()).isEqualTo("/apis/apps/v1/namespaces/shop/deployments");
  }

  @Test
  void aRefusalOfTheServerEndsTheCommandWithItsReason() {
    String refusal =
        """
        {"kind": "Status", "reason": "Forbidden", "message": "pods is forbidden"}
        """;

    Output output = run(403, refusal, "kubectl get pods", Optional.of("token"));

    assertThat(output)
        .isEqualTo(new Output(1, "Error from server (Forbidden): pods is forbidden\n"));
  }

  @Test
  void whatThePodDoesNotHaveIsNotFound() {
    assertThat(run(200, PODS, "helm list", Optional.empty()))
        .isEqualTo(new Output(127, "bash: line 1: helm: command not found\n"));
    assertThat(run(200, PODS, "kubectl apply -f x.yaml", Optional.empty()).exitCode()).isEqualTo(1);
    assertThat(run(200, PODS, "kubectl get pods | wc -l", Optional.empty()).exitCode())
        .isEqualTo(2);
    assertThat(run(200, PODS, "kubectl get unicorns", Optional.empty()).logs())
        .isEqualTo("error: the server doesn't have a resource type \"unicorns\"\n");
    assertThat(asked).isEmpty();
  }
}
