// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A provider behind AKS that bears only so many updates of clusters at once: a further one is
/// begun, and its operation fails after a minute, as in hashicorp/terraform-provider-azurerm#19146.
final class CrowdedProvider {
  private static final Duration UNTIL_FAILURE = Duration.ofMinutes(1);

  /// No update of the sandbox's takes less.
  private static final Duration OF_AN_UPDATE = Duration.ofSeconds(60);

  private static final String FAILED =
      "/providers/Microsoft.ContainerService/locations/westeurope/operations/throttled-";

  private final Arena arena;
  private final int most;
  private final List<Begun> begun = new ArrayList<>();
  private final Map<String, Instant> failures = new ConcurrentHashMap<>();

  /// An update that was begun.
  ///
  /// @param beside how many ran then, itself among them
  record Begun(String cluster, Instant at, Instant until, int beside, boolean throttled) {}

  CrowdedProvider(Arena arena, int most) {
    this.arena = arena;
    this.most = most;
  }

  /// The updates so far, in order.
  synchronized List<Begun> begun() {
    return List.copyOf(begun);
  }

  /// The sandbox asks itself for a caller's issuer, so nobody is locked out while it answers.
  Answer answer(Ask ask, Service service) {
    if (ask.path().contains(FAILED)) {
      return operation(ask.path());
    }
    boolean update =
        ask.method().equals("PUT")
            && ask.path().contains("/managedClusters/")
            && ask.text().contains("\"workloadIdentity\"");
    if (!update) {
      return service.answer(ask);
    }
    Begun begun = begin(ask.path().substring(ask.path().lastIndexOf('/') + 1));
    return begun.throttled() ? accepted(ask, begun) : service.answer(ask);
  }

  private synchronized Begun begin(String cluster) {
    Instant now = arena.time.instant();
    int beside = 1 + (int) begun.stream().filter(each -> each.until().isAfter(now)).count();
    boolean throttled = beside > most;
    var update =
        new Begun(
            cluster, now, now.plus(throttled ? UNTIL_FAILURE : OF_AN_UPDATE), beside, throttled);
    begun.add(update);
    return update;
  }

  private Answer accepted(Ask ask, Begun update) {
    Answer now = arena.sandbox.askArm("GET", ask.path(), "2025-05-01", "");
    ObjectNode cluster = (ObjectNode) ((Answer.Body.Json) now.body()).tree().deepCopy();
    cluster.withObject("/properties").put("provisioningState", "Updating");
    String number = Integer.toString(begun().indexOf(update));
    failures.put(number, update.until());
    String subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
    return Answer.json(200, cluster)
        .with(
            "Azure-AsyncOperation",
            arena.sandbox.url() + subscription + FAILED + number + "?api-version=2025-05-01");
  }

  private Answer operation(String path) {
    Instant end = failures.get(path.substring(path.lastIndexOf('-') + 1));
    boolean over = end != null && !arena.time.instant().isBefore(end);
    return Answer.json(
        200, JsonMapper.shared().readTree(over ? THROTTLED : "{\"status\":\"InProgress\"}"));
  }

  private static final String THROTTLED =
      """
      {"name":"1","status":"Failed","error":{"code":"ReconcileStandardLoadBalancerError","message":
      "Reconcile standard load balancer failed. Details: outboundReconciler retry failed: Category: ClientError; Code: Unspecified; SubCode: OperationNotAllowed_TooManyRequests; Dependency: Microsoft.Compute/VirtualMachineScaleSet; OrginalError: autorest/azure: Service returned an error. Status=429 Code=\\"OperationNotAllowed\\" Message=\\"The server rejected the request because too many requests have been received for this subscription.\\"; AKSTeam: Networking, Retriable: false."}}
      """;
}
