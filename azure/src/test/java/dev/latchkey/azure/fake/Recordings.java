// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Recorded traffic, which stands outside the project.
public final class Recordings {
  private Recordings() {}

  /// The files of one folder by their names; the test is skipped when they are not here.
  public static Map<String, JsonNode> folder(String name) {
    Path folder = Path.of(System.getProperty("latchkey.shared", "none"), "recordings", name);
    boolean there = Files.isDirectory(folder);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("the recordings are needed in CI").isTrue();
    }
    assumeTrue(there, "skipped: the recordings are not here (-Dlatchkey.shared)");
    Map<String, JsonNode> files = new TreeMap<>();
    try (var paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), JsonMapper.shared().readTree(path.toFile()));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return files;
  }

  /// One file.
  public static JsonNode file(String folder, String name) {
    JsonNode file = folder(folder).get(name);
    if (file == null) {
      throw new IllegalArgumentException("no recording " + folder + "/" + name);
    }
    return file;
  }

  /// The exchanges of a file.
  public static List<JsonNode> exchanges(JsonNode file) {
    List<JsonNode> exchanges = new ArrayList<>();
    file.path("exchanges").forEach(exchanges::add);
    return exchanges;
  }
}
