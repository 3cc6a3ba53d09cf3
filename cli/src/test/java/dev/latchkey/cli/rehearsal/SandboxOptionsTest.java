// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.command.Terminal;
import dev.latchkey.cli.command.WallTime;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SandboxOptionsTest {
  @Test
  void rolesAtSecretsThatDoNotExistAreGivenUnlessTheyAreToBeRefused() {
    assertThat(profile()).isEqualTo(Profile.AZURE.at(14));
    assertThat(profile("--unknown-secret-scopes", "accept")).isEqualTo(Profile.AZURE.at(14));
    assertThat(profile("--unknown-secret-scopes", "refuse", "--profile", "stormy", "--pace", "3"))
        .isEqualTo(Profile.STORMY.at(3).withUnknownSecretScopes(UnknownSecretScopes.REFUSED));
  }

  private static Profile profile(String... words) {
    var options = new SandboxOptions();
    new CommandLine(CommandSpec.forAnnotatedObject(options))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(words);
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var around =
        new Surroundings(
            "1.0",
            Map.of(),
            Path.of(""),
            Path.of(""),
            nowhere,
            nowhere,
            new Terminal.None(),
            new WallTime());
    return options.options(around).orElseThrow().profile();
  }
}
