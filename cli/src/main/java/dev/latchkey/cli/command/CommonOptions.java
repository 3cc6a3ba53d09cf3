// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.config.Budget;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.kubernetes.access.KeptKubeconfigs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of every command that speaks to Azure.
public final class CommonOptions {
  /// Where results go.
  public enum Output {
    /// For people.
    TEXT,
    /// One JSON document on standard output at the end; progress goes to standard error.
    JSON
  }

  /// The fleet file where none is named.
  static final String FLEET = "latchkey.yaml";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = FLEET,
      description = "the fleet (default: ${DEFAULT-VALUE})")
  private Path file = Path.of(FLEET);

  @Option(
      names = "--only",
      paramLabel = "CLUSTER",
      split = ",",
      description = "only these clusters of the fleet")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--wave",
      paramLabel = "WAVE",
      split = ",",
      description = "only the clusters of these waves")
  private List<String> waves = new ArrayList<>();

  @Option(
      names = "--only-failed",
      description =
          "only the clusters that failed, or were not begun, in the last run of this folder")
  private boolean onlyFailed;

  @Option(
      names = "--shard",
      paramLabel = "NUMBER/OF",
      description = "only this part of the clusters, such as 1/4, for jobs that work side by side")
  private @Nullable String shard;

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: one document on standard output, progress on standard error")
  private Output output = Output.TEXT;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "writes the HTML report to this file")
  private @Nullable Path report;

  @Option(
      names = "--credential",
      paramLabel = "HOW",
      description = "pipelines, workload, cli or default; without it the environment decides")
  private @Nullable String credential;

  @Option(
      names = "--budget",
      paramLabel = "PERCENT",
      description = "the share of Azure's limits that this run may use (default: 100%%)")
  private @Nullable String budget;

  @Option(
      names = "--kubeconfig-cache",
      paramLabel = "FOLDER",
      description =
          "keeps kubeconfigs of Entra ID clusters, without any credential, for later runs")
  private @Nullable Path kubeconfigs;

  @Option(
      names = "--debug",
      description = "one line per request, and stack traces, on standard error")
  private boolean debug;

  @SuppressWarnings("NullAway.Init") // picocli sets `command`
  public CommonOptions() {}

  /// What is wrong with a word that was typed: like an unknown option, it ends with 2.
  ParameterException wrong(String words) {
    return new ParameterException(command.commandLine(), words);
  }

  Path file() {
    return file;
  }

  /// The words that choose these clusters once more, each after a blank.
  String clusters() {
    var words = new StringBuilder();
    if (!file.equals(Path.of(FLEET))) {
      words.append(" -f ").append(Typed.word(file));
    }
    only.forEach(cluster -> words.append(" --only ").append(Typed.word(cluster)));
    waves.forEach(wave -> words.append(" --wave ").append(Typed.word(wave)));
    if (onlyFailed) {
      words.append(" --only-failed");
    }
    shard().ifPresent(part -> words.append(" --shard ").append(Typed.word(part)));
    return words.toString();
  }

  List<String> only() {
    return List.copyOf(only);
  }

  List<String> waves() {
    return List.copyOf(waves);
  }

  boolean onlyFailed() {
    return onlyFailed;
  }

  Optional<String> shard() {
    return Optional.ofNullable(shard);
  }

  Output output() {
    return output;
  }

  Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  Optional<String> credential() {
    return Optional.ofNullable(credential);
  }

  /// The share of Azure's limits, if it was typed.
  Optional<Double> budget() {
    return Optional.ofNullable(budget)
        .map(
            typed ->
                Budget.of(typed)
                    .orElseThrow(
                        () -> wrong("--budget: %s, not `%s`".formatted(Budget.FORM, typed))));
  }

  /// The clusters with kubeconfigs that are kept, if that was asked for.
  Optional<KeptKubeconfigs> kept(ManagedClusters clusters) {
    return Optional.ofNullable(kubeconfigs).map(folder -> new KeptKubeconfigs(clusters, folder));
  }

  /// Ends the command when kubeconfigs cannot be kept where they should be.
  void checkKubeconfigs() {
    Optional.ofNullable(kubeconfigs)
        .flatMap(KeptKubeconfigs::open)
        .ifPresent(
            obstacle -> {
              throw wrong("--kubeconfig-cache: " + obstacle);
            });
  }

  boolean debug() {
    return debug;
  }
}
