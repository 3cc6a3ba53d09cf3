// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What the build wrote into the jar.
public final class Build {
  private Build() {}

  /// The version of this latchkey.
  public static String version() {
    try (InputStream in = Build.class.getResourceAsStream("/dev/latchkey/cli/build.properties")) {
      if (in == null) {
        throw new IllegalStateException("the build writes build.properties");
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
