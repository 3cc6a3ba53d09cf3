// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.port.Workloads.Webhook;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Step 5: the chart is installed, its service account annotated with the identity's client id.
final class HelmReleaseStep implements ClusterStep {
  private final String authorityHost;
  private final ReleaseChange change;

  HelmReleaseStep(String authorityHost) {
    this.authorityHost = authorityHost;
    this.change = new ReleaseChange(authorityHost);
  }

  @Override
  public Step step() {
    return Step.HELM_RELEASE;
  }

  @Override
  public StepPlan plan(Target target, Seen seen) {
    Optional<Problem> obstacle = ReleaseObstacle.of(target, seen);
    if (obstacle.isPresent()) {
      return StepPlan.blocked(step(), obstacle.get());
    }
    var changes = new ArrayList<Change>();
    Optional<Inside> inside = seen.inside();
    if (inside.isPresent() && inside.get().namespace() == NamespaceState.ABSENT) {
      changes.add(createNamespace(target));
    }
    changes.add(change.planned(target, seen));
    List<String> findings =
        inside.flatMap(Inside::release).map(release -> findings(release, seen)).orElse(List.of());
    return StepPlan.of(step(), changes).with(findings);
  }

  private static List<String> findings(Release release, Seen seen) {
    var findings = new ArrayList<String>(definitions(release, seen.chart().orElseThrow()));
    findings.addAll(ReleaseDrift.findings(seen, release));
    return findings;
  }

  /// Helm installs the definitions in `crds/` with the first revision, and never again.
  private static List<String> definitions(Release release, Rendered chart) {
    return chart.definitions().entrySet().stream()
        .filter(file -> !file.getValue().equals(release.definitions().get(file.getKey())))
        .map(
            file ->
                ("%s differs from revision %d, and Helm never updates what lies in crds/:"
                        + " kubectl apply -f it")
                    .formatted(file.getKey(), release.revision()))
        .toList();
  }

  @Override
  public String apply(StepPlan plan, Work work) throws InterruptedException {
    return Aftermath.told(work, () -> deploy(plan, work));
  }

  private String deploy(StepPlan plan, Work work) throws InterruptedException {
    Target target = work.target();
    Optional<Instant> written = Freshness.ofCredential(work);
    if (plan.changesSomething() && written.isPresent()) {
      // The app asks Entra as soon as it starts; asked too early, Entra remembers the refusal.
      work.pace().settle(Lag.CREDENTIAL_SETTLING, written.get());
    }
    ManagedIdentity identity = work.facts().identity().identity();
    ChartValues values =
        HandedOver.values(target, identity, work.facts().access().vault(), authorityHost);
    String namespace = target.serviceAccount().namespace();
    Rendered chart = work.ports().releases().render(target.chart(), namespace, values);
    ChartCheck.missing(target, chart, identity.client().value())
        .ifPresent(
            problem -> {
              throw new ProblemException(problem);
            });
    Kubeconfig kubeconfig = kubeconfig(work);
    try (Cluster cluster = work.ports().workloads().open(kubeconfig)) {
      ensureNamespace(work, cluster);
      accountIsThere(target, chart, identity, cluster);
      if (plan.changesSomething()) {
        webhookServes(work, cluster);
      }
    }
    ReleaseWrite.Written release = new ReleaseWrite(work, kubeconfig, chart, values).made();
    if (release.made().isEmpty()) {
      Release kept = release.before().orElseThrow();
      work.facts().settle(new Known.Deployed(kept, Optional.empty()));
      return words(kept);
    }
    Release made = release.made().get();
    work.changed(ReleaseChange.made(work, release.before(), made));
    Instant now = work.ports().time().now();
    work.facts().settle(new Known.Deployed(made, Optional.of(now)));
    return words(made);
  }

  /// Whether another revision would take the place of one, all that it holds being known.
  boolean replaces(Target target, Seen seen) {
    return change.replaces(target, seen);
  }

  /// Whether the newest revision would be left alone, as far as Helm's record of it tells.
  boolean keeps(Target target, Seen seen) {
    return change.keeps(target, seen);
  }

  static Kubeconfig kubeconfig(Work work) {
    return work.seen()
        .inside()
        .map(Inside::kubeconfig)
        .orElseGet(() -> work.ports().clusters().kubeconfig(work.target().cluster()));
  }

  private static void ensureNamespace(Work work, Cluster cluster) throws InterruptedException {
    Target target = work.target();
    String namespace = target.serviceAccount().namespace();
    NamespaceState state = patiently(work, () -> cluster.namespace(namespace));
    if (state != NamespaceState.ABSENT) {
      return;
    }
    if (target.namespace() == Target.Namespace.EXISTING) {
      throw new ProblemException(new StepProblem.NamespaceMissing(target.name(), namespace));
    }
    patiently(
        work,
        () -> {
          cluster.createNamespace(namespace);
          return namespace;
        });
    work.changed(createNamespace(target));
  }

  /// A chart that makes no service account relies on one that others made and annotated.
  private static void accountIsThere(
      Target target, Rendered chart, ManagedIdentity identity, Cluster cluster) {
    ServiceAccount account = target.serviceAccount();
    if (chart.serviceAccounts().stream().anyMatch(made -> made.name().equals(account.name()))) {
      return;
    }
    if (cluster.annotations(account).isEmpty()) {
      throw new ProblemException(
          new StepProblem.ChartLacks(
              "ServiceAccount/" + account.name(),
              "metadata.annotations.azure.workload.identity/client-id",
              "a service account annotated with " + identity.client()));
    }
  }

  /// A pod that is made before the webhook serves never gets an identity. Where the wait is in
  /// vain, the walk of the trust chain tells what is missing.
  private static void webhookServes(Work work, Cluster cluster) throws InterruptedException {
    String namespace = work.target().serviceAccount().namespace();
    if (work.facts().cluster().switchedOn().isPresent()) {
      work.pace()
          .attempt(
              Lag.WEBHOOK_NOT_YET_SERVING,
              () -> Optional.of(cluster.webhook(namespace)).filter(seen -> seen != Webhook.SILENT));
    } else if (cluster.webhook(namespace) == Webhook.SILENT) {
      // a run that was cut off may have switched it on moments ago
      work.pace().settle(Lag.WEBHOOK_NOT_YET_SERVING, work.ports().time().now());
    }
  }

  /// The API server restarts while the issuer is switched on.
  static <T> T patiently(Work work, Supplier<T> request) throws InterruptedException {
    return work.pace().retry(Lag.API_SERVER_RESTARTING, request);
  }

  private static Change createNamespace(Target target) {
    return new Change.Create(
        new Thing(Kind.NAMESPACE, target.serviceAccount().namespace()), Settings.none());
  }

  private static String words(Release release) {
    return "revision " + release.revision();
  }
}
