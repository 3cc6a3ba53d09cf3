// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// The real kubectl and helm of two generations, as `.ci/kubectl-helm` installs them.
enum Release {
  KUBECTL_1_32_HELM_3("kubectl-v32"),
  KUBECTL_1_34_HELM_4("kubectl-v34");

  private final String folder;

  Release(String folder) {
    this.folder = folder;
  }

  String kubectl() {
    return program("kubectl");
  }

  String helm() {
    return program("helm");
  }

  /// Names of its own, so that both generations can work on one cluster.
  String namespace() {
    return folder;
  }

  private String program(String name) {
    Path program = home().resolve(folder).resolve(name).resolve(name);
    if (!Files.isExecutable(program)) {
      String line = "no " + name + " at " + program + ": .ci/kubectl-helm installs it";
      if (Objects.equals(System.getenv("CI"), "true")) {
        fail(line);
      }
      abort(line);
    }
    return program.toString();
  }

  private static Path home() {
    Map<String, String> variables = System.getenv();
    String cache =
        variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(variables.getOrDefault("LATCHKEY_CLIENTS", cache + "/latchkey-clients"));
  }
}
