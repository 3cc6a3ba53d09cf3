// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// A real program that is pointed at one simulated cluster.
///
/// @param program the path of kubectl or helm
record Client(Console console, String program) {
  /// Its home is the test's own: what clients remember of a server must not outlive it.
  static Client of(World world, String program) {
    Path cluster = world.folder().resolve("aks-weu-1.kubeconfig");
    String home = world.console().folder().toString();
    return new Client(
        world.console().with(Map.of("KUBECONFIG", cluster.toString(), "HOME", home)), program);
  }

  /// Runs it to its end; the command is one text, its words parted by blanks.
  Ended run(String command) throws IOException, InterruptedException {
    return console.run(words(command));
  }

  /// What it prints when all goes well.
  String says(String command) throws IOException, InterruptedException {
    Ended ended = run(command);
    assertThat(ended.code()).as("%s%n%s", command, ended.all()).isZero();
    return ended.out();
  }

  Running start(String command) throws IOException {
    return console.launch(words(command));
  }

  /// Writes a file into its working directory.
  void file(String name, String content) throws IOException {
    Path file = console.folder().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String[] words(String command) {
    return Stream.concat(Stream.of(program), Stream.of(command.split(" ", -1)))
        .toArray(String[]::new);
  }
}
