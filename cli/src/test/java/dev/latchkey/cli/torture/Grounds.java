// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.cli.Typing;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.io.OutputStream;
import java.nio.file.Path;

/// Simulated Azures at its own pace and within its limits.
final class Grounds {
  private Grounds() {}

  static Surroundings around() {
    return Typing.in(root(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }

  static Ground of(int clusters) throws Exception {
    return Ground.prepared(around(), options(clusters));
  }

  static Options options(int clusters) {
    return Options.defaults()
        .withClusters(clusters)
        .withProfile(Profile.AZURE)
        .withChart(root().resolve("charts/workload"));
  }

  static Path root() {
    return Path.of(System.getProperty("latchkey.root"));
  }
}
