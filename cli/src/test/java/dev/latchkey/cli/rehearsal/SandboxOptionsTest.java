// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Typing;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
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
    var around = Typing.nowhere();
    return options.options(around).orElseThrow().profile();
  }
}
