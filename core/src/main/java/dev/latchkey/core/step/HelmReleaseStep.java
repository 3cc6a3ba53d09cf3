// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.port.Workloads.Webhook;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ManifestObject;
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
  private static final int LOOKS = 3;

  private final String authorityHost;

  HelmReleaseStep(String authorityHost) {
    this.authorityHost = authorityHost;
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
    changes.add(
        inside
            .flatMap(Inside::release)
            .map(release -> compare(target, seen, release))
            .orElseGet(() -> install(target, seen.chart().orElseThrow())));
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
    Written release = write(work, kubeconfig, chart, values);
    if (release.made().isEmpty()) {
      Release kept = release.before().orElseThrow();
      work.facts().settle(new Known.Deployed(kept, Optional.empty()));
      return words(kept);
    }
    Release made = release.made().get();
    work.changed(change(work, release.before(), made));
    Instant now = work.ports().time().now();
    work.facts().settle(new Known.Deployed(made, Optional.of(now)));
    return words(made);
  }

  private static Change change(Work work, Optional<Release> before, Release made) {
    Settings after = revision(made.revision());
    if (!made.status().equals("deployed")) {
      after = after.and("status", Value.of(made.status()));
    }
    Thing thing = thing(work.target());
    if (before.isEmpty()) {
      return new Change.Create(thing, after);
    }
    Release old = before.get();
    Optional<ReleaseDrift> drift = ReleaseDrift.of(work.seen(), old);
    return new Change.Update(
        thing,
        revision(old.revision()),
        after,
        drift.map(ReleaseDrift::because).orElse(Because.wanted()),
        "",
        drift
            .map(ReleaseDrift::diff)
            .orElseGet(() -> ManifestDiff.between(old.objects(), made.objects())));
  }

  /// What was there, and what was made of it; nothing when it was as wanted.
  private record Written(Optional<Release> before, Optional<Release> made) {}

  /// Writes the release. Somebody who writes it between our look and our write makes Helm refuse,
  /// and a connection that breaks leaves nothing, a revision that failed or one that is pending: so
  /// it is looked at again.
  private static Written write(Work work, Kubeconfig kubeconfig, Rendered chart, ChartValues values)
      throws InterruptedException {
    Target target = work.target();
    String namespace = target.serviceAccount().namespace();
    for (int attempt = 1; ; attempt++) {
      Optional<Release> before = Revisions.settled(work, kubeconfig);
      Optional<ReleaseDrift> drift =
          before.flatMap(release -> ReleaseDrift.of(work.seen(), release));
      if (before.isPresent() && drift.isEmpty() && same(before.get(), chart, values)) {
        return new Written(before, Optional.empty());
      }
      try {
        String note = ReleaseNote.of(chart, drift);
        Release made =
            work.ports()
                .releases()
                .deploy(kubeconfig, namespace, target.chart(), values, before, note);
        return new Written(before, Optional.of(made));
      } catch (ProblemException e) {
        boolean cut = e.problem() instanceof AzureProblem.Unreachable;
        Optional<Release> now = left(work, kubeconfig, e);
        if (attempt == LOOKS || !(cut || isWrittenByOthers(before, now))) {
          now.filter(release -> isNewer(release, before))
              .ifPresent(release -> work.changed(change(work, before, release)));
          throw e;
        }
      }
    }
  }

  /// What a write that failed has left, as far as can be seen.
  private static Optional<Release> left(Work work, Kubeconfig kubeconfig, ProblemException failure)
      throws InterruptedException {
    try {
      return Revisions.newest(work, kubeconfig);
    } catch (ProblemException e) {
      failure.addSuppressed(e);
      return Optional.empty();
    }
  }

  /// A write of ours that Helm refused leaves nothing, or a revision that failed.
  private static boolean isWrittenByOthers(Optional<Release> before, Optional<Release> now) {
    return now.filter(release -> isNewer(release, before) && !release.status().equals("failed"))
        .isPresent();
  }

  private static boolean isNewer(Release release, Optional<Release> before) {
    return before.map(Release::revision).filter(known -> known == release.revision()).isEmpty();
  }

  private Change compare(Target target, Seen seen, Release release) {
    Thing thing = thing(target);
    Rendered chart = seen.chart().orElseThrow();
    if (isWanted(target, seen, release)) {
      return ReleaseDrift.of(seen, release)
          .<Change>map(drift -> setBack(thing, release, drift))
          .orElse(new Change.Keep(thing));
    }
    Settings before = revision(release.revision()).and("chart", Value.of(release.chart()));
    Settings after = revision(release.revision() + 1).and("chart", Value.of(chart.chart()));
    String note = release.pending() ? "an earlier operation was cut off" : "";
    return new Change.Update(
        thing, before, after, Because.wanted(), note, objects(release, chart, seen));
  }

  private static Change setBack(Thing thing, Release release, ReleaseDrift drift) {
    return new Change.Update(
        thing,
        revision(release.revision()),
        revision(release.revision() + 1),
        drift.because(),
        "",
        drift.diff());
  }

  /// Whether another revision would take the place of one, all that it holds being known.
  boolean replaces(Target target, Seen seen) {
    return seen.identity().isPresent()
        && seen.vault().isPresent()
        && seen.chart().isPresent()
        && seen.inside().flatMap(Inside::release).isPresent()
        && !keeps(target, seen);
  }

  /// Whether the newest revision would be left alone, as far as Helm's record of it tells.
  boolean keeps(Target target, Seen seen) {
    return seen.chart().isPresent()
        && seen.inside()
            .flatMap(Inside::release)
            .filter(release -> isWanted(target, seen, release))
            .isPresent();
  }

  private boolean isWanted(Target target, Seen seen, Release release) {
    return seen.identity()
        .flatMap(
            identity ->
                seen.vault()
                    .map(vault -> HandedOver.values(target, identity, vault, authorityHost)))
        .filter(values -> same(release, seen.chart().orElseThrow(), values))
        .isPresent();
  }

  private static ManifestDiff objects(Release release, Rendered chart, Seen seen) {
    if (seen.identity().isPresent()) {
      return ManifestDiff.between(release.objects(), chart.objects());
    }
    String later = new Value.KnownAfter(Step.MANAGED_IDENTITY).words();
    List<ManifestObject> after =
        chart.objects().stream()
            .map(
                object ->
                    new ManifestObject(
                        object.title(), object.text().replace(Steps.STAND_IN, "(" + later + ")")))
            .toList();
    return ManifestDiff.between(release.objects(), after);
  }

  private static Change install(Target target, Rendered chart) {
    return new Change.Create(
        thing(target),
        Settings.of("chart", Value.of(chart.chart()))
            .and("objects", Value.of(Integer.toString(chart.objects().size()))));
  }

  private static boolean same(Release release, Rendered chart, ChartValues values) {
    return release.status().equals("deployed")
        && release.chartDigest().equals(chart.chartDigest())
        && release.values().equals(values)
        && ReleaseNote.hasSubcharts(release, chart);
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

  static Thing thing(Target target) {
    return new Thing(
        Kind.RELEASE, target.serviceAccount().namespace() + "/" + target.chart().release());
  }

  static Settings revision(int revision) {
    return Settings.of("revision", Value.of(Integer.toString(revision)));
  }

  private static String words(Release release) {
    return "revision " + release.revision();
  }
}
