// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UpgradeCommand;
import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.Release;
import dev.latchkey.kubernetes.access.ApiServers;
import dev.latchkey.kubernetes.access.ApiServers.Opened;
import dev.latchkey.kubernetes.temporary.OwnedName;
import dev.latchkey.kubernetes.workload.ClusterRefusal;
import dev.latchkey.kubernetes.workload.HookLook;
import dev.latchkey.kubernetes.workload.HookLook.Hook;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.json.JsonMapper;

/// Deploys by Helm's own code, through helm-java.
///
/// Uses its separate `install` and `upgrade`, never `upgrade --install`, which takes the user's own
/// kubeconfig for the install (manusa/helm-java#252). Waiting for pods is not left to Helm.
public final class HelmJavaReleases implements Releases, AutoCloseable {
  /// How long each hook of a chart may take; Helm's own default, and without one its code never
  /// ends.
  static final Duration HOOK_BOUND = Duration.ofMinutes(5);

  private static final Duration CALL_BOUND = HOOK_BOUND.plusSeconds(30);

  private final ApiServers servers;
  private final Map<String, String> environment;
  private final HelmCalls calls = new HelmCalls(CALL_BOUND);

  /// Removes what killed runs left in the temporary folder, and begins to load Helm's library: its
  /// seconds pass while others sign in.
  ///
  /// @param environment of this process, which Helm's code reads by itself
  public HelmJavaReleases(ApiServers servers, Map<String, String> environment) {
    this.servers = servers;
    this.environment = Map.copyOf(environment);
    OwnedName.sweep();
    calls.prepare(NativeCopy::firstCall);
  }

  @Override
  public Optional<Release> newest(Kubeconfig kubeconfig, String namespace, String name) {
    return newestFirst(kubeconfig, namespace, name).stream()
        .findFirst()
        .map(ReleaseSecret::release);
  }

  @Override
  public List<Release> history(Kubeconfig kubeconfig, String namespace, String name) {
    return newestFirst(kubeconfig, namespace, name).stream().map(ReleaseSecret::release).toList();
  }

  @Override
  public Rendered render(ChartWish chart, String namespace, ChartValues values) {
    checkEnvironment();
    ChartFiles files = ChartFiles.read(chart.reference());
    String what = "Rendering the chart `" + chart.reference() + "`";
    try (PrivateFile file = file(values)) {
      TemplateCommand command =
          chart(chart)
              .template()
              .withName(chart.release())
              .withNamespace(namespace)
              .withValuesFile(file.path());
      return Rendering.of(calls.run(what, command), namespace, files);
    } catch (IllegalStateException | YamlEngineException e) {
      throw new ProblemException(
          new HelmProblem.ChartBroken(chart.reference(), String.valueOf(e.getMessage()).strip()),
          e);
    }
  }

  @Override
  public Release deploy(
      Kubeconfig kubeconfig,
      String namespace,
      ChartWish chart,
      ChartValues values,
      Optional<Release> before,
      String note) {
    checkEnvironment();
    String what = "Deploying the release `%s` in `%s`".formatted(chart.release(), namespace);
    String access = servers.kubeconfigWithCredentials(kubeconfig);
    try (PrivateFile file = file(values)) {
      if (before.isPresent()) {
        calls.run(what, upgrade(chart, namespace, access, file.path(), note));
      } else {
        calls.run(what, install(chart, namespace, access, file.path(), note));
      }
    } catch (IllegalStateException e) {
      throw explained(kubeconfig, HelmRefusal.of(kubeconfig, namespace, chart.release(), e));
    }
    return newest(kubeconfig, namespace, chart.release())
        .orElseThrow(
            () ->
                new ProblemException(
                    new AzureProblem.NotUnderstood(what, "Helm left no record of the release")));
  }

  /// Looks at hooks that failed before anybody takes them away.
  private ProblemException explained(Kubeconfig kubeconfig, ProblemException refusal) {
    if (!(refusal.problem() instanceof HelmProblem.HookFailed failed) || !failed.ran()) {
      return refusal;
    }
    List<Hook> hooks = hooks(kubeconfig, failed);
    try (Opened server = servers.open(kubeconfig)) {
      List<String> seen = HookLook.at(server, failed.namespace(), hooks);
      return new ProblemException(failed.with(hooks, seen), refusal);
    }
  }

  /// By Helm's record, which knows them all; else the one that its sentence names.
  private List<Hook> hooks(Kubeconfig kubeconfig, HelmProblem.HookFailed failed) {
    try {
      List<Hook> hooks =
          newestFirst(kubeconfig, failed.namespace(), failed.release()).stream()
              .limit(1)
              .flatMap(record -> record.failedHooks().stream())
              .toList();
      if (!hooks.isEmpty() || failed.job().isEmpty()) {
        return hooks;
      }
    } catch (ProblemException e) {
      // then by its sentence
    }
    return failed.job().isEmpty() ? List.of() : List.of(new Hook("Job", failed.job()));
  }

  @Override
  public Release rollBack(Kubeconfig kubeconfig, Release good, String note) {
    ReleaseSecret kept =
        newestFirst(kubeconfig, good.namespace(), good.name()).stream()
            .filter(record -> record.release().revision() == good.revision())
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        new HelmProblem.RevisionGone(
                            good.namespace(), good.name(), good.revision())));
    try (PrivateFolder files = kept.chart()) {
      var chart =
          new ChartWish(
              files.path().toString(), Optional.empty(), good.name(), good.values(), Map.of());
      return deploy(kubeconfig, good.namespace(), chart, good.values(), Optional.of(good), note);
    }
  }

  private static InstallCommand install(
      ChartWish chart, String namespace, String access, Path values, String note) {
    return chart(chart)
        .install()
        .withName(chart.release())
        .withNamespace(namespace)
        .withKubeConfigContents(access)
        .withDescription(note)
        .withTimeout((int) HOOK_BOUND.toSeconds())
        .withValuesFile(values);
  }

  private static UpgradeCommand upgrade(
      ChartWish chart, String namespace, String access, Path values, String note) {
    return chart(chart)
        .upgrade()
        .withName(chart.release())
        .withNamespace(namespace)
        .withKubeConfigContents(access)
        .withDescription(note)
        .withTimeout((int) HOOK_BOUND.toSeconds())
        .resetValues() // exactly our values, nothing of the revision before
        .withValuesFile(values);
  }

  private static Helm chart(ChartWish chart) {
    return new Helm(Path.of(chart.reference()));
  }

  private static PrivateFile file(ChartValues values) {
    return PrivateFile.holding(
        JsonMapper.shared().writeValueAsString(values.tree())); // JSON is YAML
  }

  /// Removes the record of the pending revision: the one before it counts again, or none.
  ///
  /// Helm takes objects over that carry the release's name, so what the killed run made already is
  /// no obstacle for the next. A record that has changed meanwhile is left alone.
  @Override
  public void recover(Kubeconfig kubeconfig, Release pending) {
    String what = "Removing the pending revision of the release `" + pending.name() + "`";
    for (ReleaseSecret found :
        newestFirst(kubeconfig, pending.namespace(), pending.name()).stream().limit(1).toList()) {
      if (found.release().revision() == pending.revision() && found.release().pending()) {
        ask(
            kubeconfig,
            what,
            opened ->
                opened
                    .client()
                    .secrets()
                    .inNamespace(pending.namespace())
                    .withName(found.secret().getMetadata().getName())
                    .delete());
      }
    }
  }

  private List<ReleaseSecret> newestFirst(Kubeconfig kubeconfig, String namespace, String name) {
    String what = "Reading Helm's records in the namespace `" + namespace + "`";
    String prefix = "sh.helm.release.v1." + name + ".v";
    return ask(
            kubeconfig,
            what,
            opened ->
                opened
                    .client()
                    .secrets()
                    .inNamespace(namespace)
                    .withLabel("owner", "helm")
                    .withLabel("name", name)
                    .list())
        .getItems()
        .stream()
        .filter(secret -> secret.getMetadata().getName().startsWith(prefix))
        .map(ReleaseSecret::read)
        .filter(record -> record.release().name().equals(name))
        .sorted(
            Comparator.comparingInt((ReleaseSecret record) -> record.release().revision())
                .reversed())
        .toList();
  }

  private <T> T ask(Kubeconfig kubeconfig, String what, Function<Opened, T> request) {
    try (Opened opened = servers.open(kubeconfig)) {
      try {
        return opened.ask(() -> request.apply(opened));
      } catch (KubernetesClientException e) {
        throw ClusterRefusal.of(kubeconfig.cluster(), opened.host(), what, e);
      }
    }
  }

  private void checkEnvironment() {
    List<String> obeyed =
        environment.keySet().stream()
            .filter(name -> name.startsWith("HELM_") || name.equals("KUBECONFIG"))
            .sorted()
            .toList();
    if (!obeyed.isEmpty()) {
      throw new ProblemException(new HelmProblem.EnvironmentInTheWay(obeyed));
    }
  }

  /// Takes no more calls; one that runs goes on until its own end. What happens at Ctrl-C: Helm's
  /// code would take it over.
  public Signals signals() {
    return calls.signals();
  }

  @Override
  public void close() {
    calls.close();
  }
}
