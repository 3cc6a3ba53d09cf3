// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import java.nio.file.Path;

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
    return Installed.by("kubectl-helm", Path.of(folder, name, name)).toString();
  }
}
