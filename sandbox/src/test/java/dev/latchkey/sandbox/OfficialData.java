// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Recorded answers and published schemas, which stand outside the project.
public final class OfficialData {
  private OfficialData() {}

  /// A file or a folder of theirs; without it the test is skipped, and fails in CI.
  public static Path at(String path) {
    Path there = Path.of(System.getProperty("latchkey.shared", "none"), path);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("needed in CI").exists();
    }
    assumeTrue(Files.exists(there), "skipped: " + path + " is not here (-Dlatchkey.shared)");
    return there;
  }
}
