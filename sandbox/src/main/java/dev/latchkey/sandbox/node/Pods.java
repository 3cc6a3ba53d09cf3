// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How pods run.
public sealed interface Pods {
  /// They become ready by themselves, after a start that the pace divides.
  record Simulated() implements Pods {}

  /// Their containers are child processes; their probes decide.
  ///
  /// @param programs by the beginning of the image's name; other images cannot be pulled
  /// @param root where each pod gets a folder
  /// @param javaFlags for `JDK_JAVA_OPTIONS`: trust in the sandbox's CA, its names
  record Real(Map<String, Program> programs, Path root, List<String> javaFlags) implements Pods {
    public Real {
      programs = Map.copyOf(programs);
      javaFlags = List.copyOf(javaFlags);
    }
  }
}
