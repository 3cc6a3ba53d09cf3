// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Options.SecretScopes;
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
  enum UnknownSecretScopes {
    /// It is given.
    ACCEPT(SecretScopes.ACCEPTED),
    /// It is refused.
    REFUSE(SecretScopes.REFUSED);

    private final SecretScopes answer;

    UnknownSecretScopes(SecretScopes answer) {
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
      defaultValue = "3",
      description = "how many AKS clusters (default: ${DEFAULT-VALUE})")
  private int clusters = 3;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides every id, lag and fault (default: ${DEFAULT-VALUE})")
  private long seed = 1;

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
  private UnknownSecretScopes unknownSecretScopes = UnknownSecretScopes.ACCEPT;

  @Option(names = "--request-log", paramLabel = "FILE", description = "one JSON line per request")
  private @Nullable Path requestLog;

  Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /// What the sandbox is started with; empty when a file cannot be understood, which is then told.
  Optional<Options> options(Surroundings around) {
    if (pace != null && !(pace > 0 && pace <= FASTEST)) {
      around.err().println("latchkey: --pace is a number above 0, at most 1000000");
      return Optional.empty();
    }
    Options options =
        Options.defaults()
            .withPort(port)
            .withClusters(clusters)
            .withSeed(seed)
            .withProfile(
                (pace == null ? profile.profile : profile.profile.at(pace))
                    .withUnknownSecretScopes(unknownSecretScopes.answer))
            .withChart(around.home().resolve("charts").resolve("workload"));
    if (requestLog != null) {
      options = options.withRequestLog(around.folder().resolve(requestLog));
    }
    Options running =
        switch (pods()) {
          case REAL -> options.withPrograms(Programs.of(around));
          case SIMULATED -> options;
        };
    return faults == null
        ? Optional.of(running)
        : FaultText.read(around, faults).map(text -> running.withFaults(text.rules()));
  }

  private Pods pods() {
    if (pods != null) {
      return pods;
    }
    return clusters <= REAL_PODS_AT_MOST ? Pods.REAL : Pods.SIMULATED;
  }
}
