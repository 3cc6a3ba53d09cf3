// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Scratch;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.premise.IdentityPremise;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `latchkey demo`: the main job, on a simulated Azure. It types the very commands of a user.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "The whole job on a simulated Azure, in half a minute.")
final class DemoCommand implements Callable<Integer> {
  /// What can be broken to see what a mistake looks like.
  enum Mistake {
    /// The credential of one cluster names the issuer without the slash at its end.
    ISSUER
  }

  private static final double PACE = 14;
  private static final Duration UNTIL_ENTRA_NOTICES = Duration.ofSeconds(10);
  private static final String REPORT = "latchkey-report.html";
  private static final String VICTIM = "aks-neu-1";

  private final Surroundings around;

  @Option(
      names = "--break",
      paramLabel = "issuer",
      description = "breaks the trust of one cluster afterwards, and shows how verify explains it")
  private @Nullable Mistake mistake;

  @Option(names = "--debug", description = "one line per request, and stack traces")
  private boolean debug;

  DemoCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    Options options =
        Options.defaults()
            .withProfile(Profile.AZURE.at(PACE))
            .withPrograms(Programs.of(around))
            .withChart(around.home().resolve("charts").resolve("workload"));
    try (Sandbox sandbox = Sandbox.start(options);
        Scratch scratch = Scratch.of(around, Optional.empty())) {
      Map<String, String> variables = sandbox.writeTo(scratch.folder());
      Surroundings inside = around.with(variables);
      String file = scratch.folder().resolve("latchkey.yaml").toString();
      around
          .out()
          .println(
              "A simulated Azure on 127.0.0.1: %d AKS clusters, 1 Key Vault. Nothing leaves this machine."
                  .formatted(options.clusters()));
      return mistake == null ? deploy(inside, file) : explain(inside, file, sandbox, mistake);
    }
  }

  private int deploy(Surroundings inside, String file) {
    int exit = latchkey(inside, "deploy", "-f", file, "--report", REPORT);
    if (exit == 0) {
      around.out().println("next    see what a mistake looks like:  latchkey demo --break issuer");
    }
    return exit;
  }

  private int explain(Surroundings inside, String file, Sandbox sandbox, Mistake what) {
    int exit = latchkey(inside, "deploy", "-f", file);
    if (exit != 0) {
      return exit;
    }
    around.out().println();
    switch (what) {
      case ISSUER -> {
        sandbox.set(IdentityPremise.ISSUER_WITHOUT_SLASH, VICTIM);
        sandbox.clock().advance(UNTIL_ENTRA_NOTICES);
        around
            .out()
            .println(
                "Now somebody writes the credential of %s again, without the issuer's last slash."
                    .formatted(VICTIM));
      }
    }
    around.out().println("$ latchkey verify");
    return latchkey(inside, "verify", "-f", file, "--report", REPORT);
  }

  /// Says how to sign in, since in a pipeline nothing but its service connection would be tried.
  private int latchkey(Surroundings inside, String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--credential", "workload"));
    if (debug) {
      all.add("--debug");
    }
    return Latchkey.run(inside, List.of(), all.toArray(String[]::new));
  }
}
