// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.kubernetes.workload.HookLook.Hook;
import java.time.Duration;
import java.util.List;

/// What can go wrong with a chart or a release.
public sealed interface HelmProblem extends Problem {
  /// The chart cannot be read or rendered.
  ///
  /// @param detail what Helm says, or what we met
  record ChartBroken(String chart, String detail) implements HelmProblem {}

  /// The chart lies in a registry, where latchkey cannot read its files to compare them.
  record ChartNotLocal(String chart) implements HelmProblem {}

  /// Another operation runs on the release, or was cut off.
  record ReleaseBusy(String namespace, String release, String detail) implements HelmProblem {}

  /// An object of the chart is in the cluster already and belongs to somebody else.
  record NotOwned(String namespace, String release, String detail) implements HelmProblem {}

  /// The chart changes a field that Kubernetes lets nobody change.
  ///
  /// @param kind and name of the object
  /// @param field its path, such as `spec.selector`
  record FieldImmutable(String namespace, String release, String kind, String name, String field)
      implements HelmProblem {}

  /// A hook of the chart failed: a job that it runs before or after it writes its objects.
  ///
  /// @param when such as `pre-upgrade`
  /// @param job its name; empty when Helm does not tell it
  /// @param seen what the cluster shows of it: why the job failed, how its pods ended, its events
  record HookFailed(
      String namespace, String release, String when, String job, String detail, List<String> seen)
      implements HelmProblem {
    public HookFailed {
      seen = List.copyOf(seen);
    }

    /// Whether it was begun at all; what is there under its name is of an earlier revision else.
    boolean ran() {
      return !detail.contains("already exists");
    }

    /// Whether Helm stopped waiting for it.
    boolean late() {
      return detail.contains("timed out waiting");
    }

    /// The same with what the cluster shows.
    HookFailed with(List<Hook> hooks, List<String> lines) {
      String name = hooks.stream().filter(Hook::isJob).map(Hook::name).findFirst().orElse(job);
      return new HookFailed(namespace, release, when, name, detail, lines);
    }
  }

  /// Helm or the cluster refused the release.
  record RefusedByCluster(String namespace, String release, String detail) implements HelmProblem {}

  /// Helm's record of the release cannot be read.
  record RecordBroken(String namespace, String secret, String detail) implements HelmProblem {}

  /// The revision to go back to is no longer kept.
  record RevisionGone(String namespace, String release, int revision) implements HelmProblem {}

  /// Helm did not end within its bound; its call cannot be interrupted and may still succeed.
  record TookTooLong(String what, Duration waited) implements HelmProblem {}

  /// This run was interrupted while Helm worked.
  record Interrupted(String what) implements HelmProblem {}

  /// Variables of the environment would change what Helm does behind our back.
  record EnvironmentInTheWay(List<String> variables) implements HelmProblem {
    public EnvironmentInTheWay {
      variables = List.copyOf(variables);
    }
  }

  @Override
  default String code() {
    return switch (this) {
      case ChartBroken _ -> "chart-broken";
      case ChartNotLocal _ -> "chart-not-local";
      case ReleaseBusy _ -> "release-busy";
      case NotOwned _ -> "object-not-owned";
      case FieldImmutable _ -> "release-field-immutable";
      case HookFailed _ -> "release-hook-failed";
      case RefusedByCluster _ -> "release-refused";
      case RecordBroken _ -> "release-record-broken";
      case RevisionGone _ -> "release-revision-gone";
      case TookTooLong _ -> "helm-took-too-long";
      case Interrupted _ -> "helm-interrupted";
      case EnvironmentInTheWay _ -> "helm-environment";
    };
  }

  @Override
  default Text text() {
    return HelmWording.of(this);
  }
}
