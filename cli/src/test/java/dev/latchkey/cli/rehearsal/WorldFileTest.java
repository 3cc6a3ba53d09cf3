// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Typing;
import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import dev.latchkey.sandbox.state.SavedWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldFileTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Surroundings around() {
    return Typing.in(folder, out, err);
  }

  private int start(String... options) {
    var words = new ArrayList<>(List.of("sandbox", "start", "--state", "world.json"));
    words.addAll(List.of(options));
    Surroundings around = around();
    return Latchkey.run(around, Rehearsals.commands(around), words.toArray(String[]::new));
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("world.json"), text);
  }

  @Test
  void aFileThatIsNoWorldIsRefusedWithThePlace() throws IOException {
    write("{\"version\":1,\n \"port\":\"a\"}");

    assertThat(start()).isEqualTo(2);
    assertThat(told())
        .isEqualTo(
            """
            ✘ state-wrong
              The file is no saved sandbox.
                world.json:2:9
              why   `port` is missing, or is not what is expected
              next  name a file that a sandbox wrote, or one that does not exist yet
            """);
  }

  @Test
  void aFileOfAnotherVersionIsRefused() throws IOException {
    write("{\"version\":7}");

    assertThat(start()).isEqualTo(2);
    assertThat(told())
        .isEqualTo(
            """
            ✘ state-of-other-version
              The sandbox `world.json` was saved by another version of latchkey.
                in the file  7
                known        1
              next  name a file that does not exist yet: the sandbox begins with its own fleet
            """);
  }

  @Test
  void aFolderIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("world.json"));

    assertThat(start()).isEqualTo(2);
    assertThat(told()).contains("The saved sandbox `world.json` cannot be read.");
  }

  @Test
  void optionsThatContradictTheFileAreRefused() {
    WorldFile file = WorldFile.of(around(), Path.of("world.json"));
    SavedWorld saved;
    try (var sandbox = Sandbox.start(Options.defaults().withClusters(1))) {
      saved = sandbox.saved();
    }
    file.write(saved.tree());

    assertThat(start("--clusters", "2")).isEqualTo(2);
    assertThat(told())
        .isEqualTo(
            """
            ✘ state-contradicted
              `--clusters` asks for another sandbox than the saved one.
                --clusters  2
                world.json  1
              why   A saved sandbox keeps its seed and its clusters.
              next  leave `--clusters` out, or name a file that does not exist yet
            """);
  }

  @Test
  void aFileThatIsNotThereIsNoMistakeAndItsFolderIsMade() {
    WorldFile file = WorldFile.of(around(), Path.of("states", "world.json"));

    assertThat(file.read()).isEmpty();
    assertThat(folder.resolve("states")).isDirectory();
  }
}
