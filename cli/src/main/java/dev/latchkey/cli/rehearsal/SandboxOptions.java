// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.state.SavedWorld;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `sandbox start` and `sandbox run`.
final class SandboxOptions {
  /// How pods run.
  enum Pods {
    /// As child processes of this machine.
    REAL,
    /// They become ready by themselves.
    SIMULATED
  }

  /// How fast the simulated Azure is, and how reliable.
  enum Pace {
    /// Azure's durations, lags and limits, 14 times as fast.
    DEMO(Profile.AZURE.at(14)),
    /// No durations, no limits.
    INSTANT(Profile.INSTANT),
    /// Azure's own durations, lags and limits.
    AZURE(Profile.AZURE),
    /// The same, and one request in fifty fails.
    STORMY(Profile.STORMY);

    private final Profile profile;

    Pace(Profile profile) {
      this.profile = profile;
    }
  }

  /// What becomes of a role at a secret that does not exist.
  enum SecretScopes {
    /// It is given.
    ACCEPT(UnknownSecretScopes.ACCEPTED),
    /// It is refused.
    REFUSE(UnknownSecretScopes.REFUSED);

    private final UnknownSecretScopes answer;

    SecretScopes(UnknownSecretScopes answer) {
      this.answer = answer;
    }
  }

  private static final int REAL_PODS_AT_MOST = 5;
  private static final double FASTEST = 1_000_000;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "the port of ARM, Entra ID and the issuers (default: any)")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where ca.pem, sandbox.env and latchkey.yaml are written")
  private @Nullable Path folder;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      description = "how many AKS clusters (default: 3)")
  private @Nullable Integer clusters;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides every id, lag and fault (default: 1)")
  private @Nullable Long seed;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "begins with the sandbox that FILE holds, if it is there; saves to it at the end")
  private @Nullable Path state;

  @Option(
      names = "--pods",
      paramLabel = "real|simulated",
      description = "real: child processes (default for up to 5 clusters)")
  private @Nullable Pods pods;

  @Option(
      names = "--profile",
      paramLabel = "demo|instant|azure|stormy",
      defaultValue = "demo",
      description =
          "demo: Azure's durations and lags, 14 times as fast (default); azure: as they are;"
              + " instant: none; stormy: with faults")
  private Pace profile = Pace.DEMO;

  @Option(
      names = "--pace",
      paramLabel = "N",
      description = "how many times as fast as Azure (default: the profile's)")
  private @Nullable Double pace;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "which requests fail: YAML, see docs/sandbox.md")
  private @Nullable Path faults;

  @Option(
      names = "--unknown-secret-scopes",
      paramLabel = "accept|refuse",
      defaultValue = "accept",
      description =
          "whether a role can be given at a secret that does not exist yet (default:"
              + " ${DEFAULT-VALUE}); which one Azure does is not known")
  private SecretScopes unknownSecretScopes = SecretScopes.ACCEPT;

  @Option(names = "--request-log", paramLabel = "FILE", description = "one JSON line per request")
  private @Nullable Path requestLog;

  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /// Where the sandbox is saved at its end.
  Optional<WorldFile> state(Surroundings around) {
    return Optional.ofNullable(state).map(named -> WorldFile.of(around, named));
  }

  /// What the sandbox is started with; empty when a file cannot be understood, which is then told.
  Optional<Options> options(Surroundings around) {
    if (pace != null && !(pace > 0 && pace <= FASTEST)) {
      around.err().println("latchkey: --pace is a number above 0, at most 1000000");
      return Optional.empty();
    }
    Options options;
    try {
      options = begun(around);
    } catch (ProblemException e) {
      around.tell(e.problem());
      return Optional.empty();
    }
    options =
        options
            .withPort(port)
            .withProfile(
                (pace == null ? profile.profile : profile.profile.at(pace))
                    .withUnknownSecretScopes(unknownSecretScopes.answer))
            .withChart(around.home().resolve("charts").resolve("workload"));
    if (requestLog != null) {
      options = options.withRequestLog(around.folder().resolve(requestLog));
    }
    Options running =
        switch (pods(options.clusters())) {
          case REAL -> options.withPrograms(Programs.of(around));
          case SIMULATED -> options;
        };
    return faults == null
        ? Optional.of(running)
        : FaultText.read(around, faults).map(text -> running.withFaults(text.rules()));
  }

  /// With the saved world, or with the clusters and the seed that are wanted.
  private Options begun(Surroundings around) {
    Optional<WorldFile> file = state(around);
    Optional<SavedWorld> world = file.flatMap(WorldFile::read);
    if (file.isPresent() && world.isPresent()) {
      Path named = file.get().named();
      agree(named, "--clusters", clusters, world.get().clusters());
      agree(named, "--seed", seed, world.get().seed());
      return Options.defaults().withSaved(world.get());
    }
    Options options = Options.defaults();
    return options
        .withClusters(clusters == null ? options.clusters() : clusters)
        .withSeed(seed == null ? options.seed() : seed);
  }

  private static void agree(Path file, String option, @Nullable Number wanted, long saved) {
    if (wanted != null && wanted.longValue() != saved) {
      throw new ProblemException(
          new StateProblem.Contradiction(file, option, wanted.longValue(), saved));
    }
  }

  private Pods pods(int clusters) {
    if (pods != null) {
      return pods;
    }
    return clusters <= REAL_PODS_AT_MOST ? Pods.REAL : Pods.SIMULATED;
  }
}
