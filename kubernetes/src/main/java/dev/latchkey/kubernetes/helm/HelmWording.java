// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.problem.Text;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The sentences of [HelmProblem].
final class HelmWording {
  private static final Pattern FOREIGN =
      Pattern.compile("([A-Za-z]+) \"([^\"]+)\" in namespace \"([^\"]+)\" exists");

  private static final String NO_RELEASE = "missing key \"meta.helm.sh/release-name\"";

  private HelmWording() {}

  static Text of(HelmProblem problem) {
    return switch (problem) {
      case HelmProblem.ChartBroken p ->
          new Text(
              "The chart `" + p.chart() + "` cannot be rendered.",
              List.of("helm  " + p.detail()),
              "Charts are rendered on this machine before anything is written; the cluster was not"
                  + " asked.",
              "correct the chart or `chart.values`, then run latchkey again");
      case HelmProblem.ChartNotLocal p ->
          new Text(
              "The chart `" + p.chart() + "` lies in a registry.",
              List.of(),
              "latchkey compares a chart's files with those that are deployed, and reads them only"
                  + " from this machine.",
              "helm pull " + p.chart() + ", and set chart.path to the archive");
      case HelmProblem.ReleaseBusy p ->
          new Text(
              "Another Helm operation on the release `%s` in `%s` is not over."
                  .formatted(p.release(), p.namespace()),
              List.of("helm  " + p.detail()),
              "Either another run is at work, or one was cut off and left its mark. This run"
                  + " changed nothing.",
              "helm history %s --namespace %s".formatted(p.release(), p.namespace()));
      case HelmProblem.NotOwned p ->
          new Text(
              "An object of the chart is in `%s` already and does not belong to the release `%s`."
                  .formatted(p.namespace(), p.release()),
              List.of("helm  " + p.detail()),
              "Helm changes only objects that carry its label `app.kubernetes.io/managed-by: Helm`"
                  + " and the release's annotations.",
              handOver(p));
      case HelmProblem.FieldImmutable p ->
          new Text(
              "The chart changes `%s` of the %s `%s`, which Kubernetes lets nobody change."
                  .formatted(p.field(), p.kind(), p.name()),
              List.of(
                  "object  " + p.kind() + "/" + p.name() + " in " + p.namespace(),
                  "field   " + p.field()),
              "Only a new object can have another value there. None is deleted without you: what"
                  + " runs of the revision before goes on.",
              "give the object another name in the chart; or, where it may be gone for a moment,"
                  + " kubectl delete %s %s --namespace %s, then deploy again"
                      .formatted(p.kind().toLowerCase(Locale.ROOT), p.name(), p.namespace()));
      case HelmProblem.HookFailed p ->
          new Text(
              "The %s hook%s of the release `%s` in `%s` failed."
                  .formatted(
                      p.when(),
                      p.job().isEmpty() ? "" : " `" + p.job() + "`",
                      p.release(),
                      p.namespace()),
              Stream.concat(Stream.of("helm   " + p.detail()), p.seen().stream()).toList(),
              (p.late()
                      ? "It had not ended after %d min, which is the bound of a hook. "
                          .formatted(HelmJavaReleases.HOOK_BOUND.toMinutes())
                      : "")
                  + (p.when().startsWith("pre-")
                      ? "The chart runs it first, so its objects are as before."
                      : "The chart runs it last, so its objects are written already."),
              p.job().isEmpty()
                  ? "kubectl get events --namespace " + p.namespace()
                  : "kubectl logs job/%s --namespace %s, then deploy again"
                      .formatted(p.job(), p.namespace()));
      case HelmProblem.RefusedByCluster p ->
          new Text(
              "Helm could not deploy the release `%s` in `%s`."
                  .formatted(p.release(), p.namespace()),
              List.of("helm  " + p.detail()),
              "",
              "helm history %s --namespace %s".formatted(p.release(), p.namespace()));
      case HelmProblem.RecordBroken p ->
          new Text(
              "Helm's record `%s` in `%s` cannot be read.".formatted(p.secret(), p.namespace()),
              List.of("detail  " + p.detail()),
              "Helm keeps each revision of a release in a Secret; this one was changed by others or"
                  + " cut.",
              "kubectl get secret %s --namespace %s".formatted(p.secret(), p.namespace()));
      case HelmProblem.RevisionGone p ->
          new Text(
              "Revision %d of the release `%s` in `%s` is no longer kept."
                  .formatted(p.revision(), p.release(), p.namespace()),
              List.of(),
              "Helm keeps the last ten revisions; somebody else has written or removed some"
                  + " meanwhile.",
              "helm history %s --namespace %s".formatted(p.release(), p.namespace()));
      case HelmProblem.TookTooLong p ->
          new Text(
              "%s did not end within %d s.".formatted(p.what(), p.waited().toSeconds()),
              List.of(),
              "A call into Helm cannot be interrupted: it may still succeed, or leave a pending"
                  + " release, which the next run recovers.",
              "run latchkey again");
      case HelmProblem.Interrupted p ->
          new Text(
              p.what() + " was interrupted.",
              List.of(),
              "A call into Helm that is cut off leaves a pending release, which the next run"
                  + " recovers.",
              "run latchkey again");
      case HelmProblem.EnvironmentInTheWay p ->
          new Text(
              "The environment has variables that Helm obeys.",
              List.of("variables  " + String.join(", ", p.variables())),
              "They would make Helm use another cluster, token or store than latchkey hands it."
                  + " Nothing was changed.",
              "unset " + String.join(" ", p.variables()));
    };
  }

  /// Both ways out. An object of another release is that one's, and nobody is told to take it.
  private static String handOver(HelmProblem.NotOwned problem) {
    Matcher object = FOREIGN.matcher(problem.detail());
    if (!object.find() || !problem.detail().contains(NO_RELEASE)) {
      return "delete that object, or let the chart use it instead of making it";
    }
    String name = object.group(1).toLowerCase(Locale.ROOT) + " " + object.group(2);
    String namespace = " --namespace " + object.group(3);
    return "let the chart use it instead of making it ; or hand it to"
        + " the release: kubectl label "
        + name
        + " app.kubernetes.io/managed-by=Helm"
        + namespace
        + " && kubectl annotate %s meta.helm.sh/release-name=%s meta.helm.sh/release-namespace=%s"
            .formatted(name, problem.release(), problem.namespace())
        + namespace;
  }
}
