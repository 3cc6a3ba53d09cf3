// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.kubernetes.workload.ClusterRefusal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Translates what Helm says into a problem. Helm has no codes, so its sentences are told apart.
final class HelmRefusal {
  /// How Go tells of a server that cannot be reached or is too busy, or of a connection that broke:
  /// the request may have had its effect or not.
  private static final Pattern BROKEN =
      Pattern.compile(
          "cluster unreachable|: (?:unexpected )?EOF\\b|connection reset by peer|broken pipe|connection refused"
              + "|i/o timeout|TLS handshake timeout|server closed idle connection"
              + "|http2: client connection lost|unable to handle the request|too many requests"
              + "|in the time allotted|an error on the server");

  private static final Pattern IMMUTABLE =
      Pattern.compile(
          "cannot patch \"(?<name>[^\"]+)\" with kind (?<kind>\\w+): .*? is invalid: \\[?"
              + "(?<field>[\\w.\\[\\]]+): (?:Invalid value|Forbidden|Required value).*"
              + "(?:immutable|may not (?:change|be changed)|updates to statefulset spec)",
          Pattern.DOTALL);

  private static final Pattern HOOK =
      Pattern.compile(
          "(?<when>(?:pre|post)-(?:install|upgrade))(?: hooks failed)?:.*", Pattern.DOTALL);

  private static final Pattern JOB = Pattern.compile("\\bjob (?<job>[-a-z0-9.]+)\\b");

  private HelmRefusal() {}

  static ProblemException of(
      Kubeconfig kubeconfig, String namespace, String release, IllegalStateException failure) {
    String detail = String.valueOf(failure.getMessage()).strip();
    return new ProblemException(problem(kubeconfig, namespace, release, detail), failure);
  }

  static Problem problem(Kubeconfig kubeconfig, String namespace, String release, String detail) {
    if (detail.contains("another operation (install/upgrade/rollback) is in progress")) {
      return new HelmProblem.ReleaseBusy(namespace, release, detail);
    }
    if (detail.contains("cannot be imported into the current release")) {
      return new HelmProblem.NotOwned(namespace, release, detail);
    }
    Matcher immutable = IMMUTABLE.matcher(detail);
    if (immutable.find()) {
      return new HelmProblem.FieldImmutable(
          namespace,
          release,
          immutable.group("kind"),
          immutable.group("name"),
          immutable.group("field"));
    }
    if (BROKEN.matcher(detail).find()) {
      return new AzureProblem.Unreachable(
          "Deploying the release `" + release + "`", kubeconfig.cluster().name(), detail);
    }
    Matcher hook = HOOK.matcher(detail);
    if (hook.find()) {
      Matcher job = JOB.matcher(detail);
      return new HelmProblem.HookFailed(
          namespace,
          release,
          hook.group("when"),
          job.find() ? job.group("job") : "",
          detail,
          List.of());
    }
    return ClusterRefusal.forbidden(kubeconfig.cluster(), detail)
        .<Problem>map(forbidden -> forbidden)
        .orElseGet(() -> new HelmProblem.RefusedByCluster(namespace, release, detail));
  }
}
