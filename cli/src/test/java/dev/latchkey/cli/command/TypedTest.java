// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TypedTest {
  @Test
  void quotesOnlyWhatAShellWouldTakeApart() {
    assertThat(Typed.word(Path.of("plans/größe-1.plan"))).isEqualTo("plans/größe-1.plan");
    assertThat(Typed.word("my plan")).isEqualTo("'my plan'");
    assertThat(Typed.word("it's")).isEqualTo("'it'\\''s'");
  }

  @Test
  void repeatsWhatChoseTheClusters() {
    var options = new CommonOptions();
    parse(options, "-f", "my fleet.yaml", "--only", "a,b", "--wave", "canary", "--shard", "1/4");

    assertThat(options.clusters())
        .isEqualTo(" -f 'my fleet.yaml' --only a --only b --wave canary --shard 1/4");
  }

  @Test
  void repeatsNothingWhereNothingWasChosen() {
    var options = new CommonOptions();
    parse(options);

    assertThat(options.clusters()).isEmpty();
  }

  private static void parse(CommonOptions options, String... words) {
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
  }
}
