// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Releases.RenderedAccount;
import dev.latchkey.core.port.Releases.RenderedWorkload;
import dev.latchkey.core.problem.Problem;
import java.util.List;
import java.util.Optional;

/// Whether a rendered chart carries the identity to a pod; looked at before anything is written.
final class ChartCheck {
  private static final String ANNOTATION = "azure.workload.identity/client-id";
  private static final String LABEL = "azure.workload.identity/use";

  private ChartCheck() {}

  /// The first thing that is missing.
  ///
  /// A chart without the service account is right when the account is made by others.
  static Optional<Problem> missing(Target target, Rendered chart, String clientId) {
    String account = target.serviceAccount().name();
    Optional<RenderedAccount> made =
        chart.serviceAccounts().stream().filter(each -> each.name().equals(account)).findFirst();
    if (made.isPresent() && !made.get().clientId().equals(Optional.of(clientId))) {
      return Optional.of(
          new StepProblem.ChartLacks(
              "ServiceAccount/" + account,
              "metadata.annotations." + ANNOTATION,
              "the client id that latchkey hands over"));
    }
    List<RenderedWorkload> users =
        chart.workloads().stream()
            .filter(workload -> workload.serviceAccount().equals(account))
            .toList();
    if (users.isEmpty()) {
      return Optional.of(
          new StepProblem.ChartLacks(
              chart.workloads().isEmpty()
                  ? "(no workload at all)"
                  : chart.workloads().getFirst().object(),
              "spec.template.spec.serviceAccountName",
              account));
    }
    return users.stream()
        .filter(workload -> !workload.useLabel().equals(Optional.of("true")))
        .findFirst()
        .map(
            workload ->
                new StepProblem.ChartLacks(
                    workload.object(),
                    "spec.template.metadata.labels." + LABEL,
                    "\"true\", as a text"));
  }
}
