// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every wrong file of `wrong/` is refused with the words of the text beside it.
class WrongFilesTest {
  static List<Path> wrongFiles() throws IOException {
    try (Stream<Path> files = Files.list(Samples.WRONG)) {
      return files
          .filter(file -> file.getFileName().toString().matches("\\d\\d-.*\\.yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFiles")
  void isRefusedInTheseWords(Path file) throws IOException {
    String name = file.getFileName().toString();

    var reading = FleetFile.read(file, name, Samples.variables());

    var words = Files.readString(file.resolveSibling(name.replace(".yaml", ".txt")));
    assertThat(Samples.mistakes(reading).render() + "\n").isEqualTo(words);
  }
}
