// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Typing;
import dev.latchkey.cli.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TortureCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aPointBehindTheLastRequestIsRefusedInsteadOfCountedAsNone() {
    int exit = torture("--point after:400000");

    assertThat(exit).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("latchkey: --point after:400000: the run sends fewer requests\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--storm --runs 3 --seed 4",
        "--storm --runs 0",
        "--runs 3",
        "--seed 3",
        "--storm --point before:1",
        "--storm --processes"
      })
  void optionsThatWouldHaveNoEffectTogetherAreRefused(String words) {
    assertThat(torture(words)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "latchkey: --point, --storm and --processes exclude each other, --storm takes --seed or"
                + " --runs, and --runs is at least 1\n");
  }

  private int torture(String words) {
    Surroundings around = Typing.in(Grounds.root(), out, err);
    return new CommandLine(new TortureCommand(around)).execute(words.split(" "));
  }
}
