// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.fleet.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// Files and variables for the tests.
final class Samples {
  static final Path WRONG = Path.of("src/test/resources/dev/latchkey/cli/config/wrong");
  static final String WEST = "00000000-0000-0000-0000-000000000001";
  static final String NORTH = "00000000-0000-0000-0000-000000000002";

  private Samples() {}

  /// The variables that the wrong files use.
  static Map<String, String> variables() throws IOException {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(WRONG.resolve("variables.properties"))) {
      properties.load(reader);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  /// Writes a file, and a chart beside it, and reads the file.
  static Reading reading(Path folder, String yaml, Map<String, String> variables) {
    try {
      Files.createDirectories(folder.resolve("chart"));
      Files.writeString(folder.resolve("chart/Chart.yaml"), "name: chart");
      var file = Files.writeString(folder.resolve("latchkey.yaml"), yaml);
      return FleetFile.read(file, "latchkey.yaml", variables);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Fleet fleet(Path folder, String yaml, Map<String, String> variables) {
    return accepted(reading(folder, yaml, variables)).fleet();
  }

  static Reading.Accepted accepted(Reading reading) {
    return switch (reading) {
      case Reading.Accepted accepted -> accepted;
      case Reading.Selecting selecting -> throw new AssertionError("not complete: " + selecting);
      case Reading.Refused(var mistakes) -> throw new AssertionError(mistakes.render());
    };
  }

  static Selection selection(Path folder, String yaml) {
    return switch (reading(folder, yaml, Map.of())) {
      case Reading.Selecting selecting -> selecting.selection();
      case Reading.Accepted accepted -> throw new AssertionError("complete: " + accepted);
      case Reading.Refused(var mistakes) -> throw new AssertionError(mistakes.render());
    };
  }

  static Mistakes mistakes(Reading reading) {
    return switch (reading) {
      case Reading.Accepted accepted -> throw new AssertionError("accepted: " + accepted);
      case Reading.Selecting selecting -> throw new AssertionError("accepted: " + selecting);
      case Reading.Refused(var mistakes) -> mistakes;
    };
  }
}
