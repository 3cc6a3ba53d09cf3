// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One way of signing in.
public sealed interface Source {
  /// The service connection of an Azure DevOps job; asks for a new assertion each time.
  ///
  /// @param oidcUri where the job asks for assertions
  record Pipelines(String tenant, String client, String connection, String oidcUri)
      implements Source {}

  /// A federated token in a file, as in a pod with workload identity.
  record Workload(String tenant, String client, Path tokenFile) implements Source {}

  /// Whoever is signed in with `az`.
  ///
  /// @param warning what the user should know before the run starts; empty outside a pipeline
  record Cli(String warning) implements Source {}

  /// What azure-identity finds by itself, in its order.
  record Default() implements Source {}

  /// The words of `--credential`.
  List<String> WORDS = List.of("pipelines", "workload", "cli", "default");

  /// The word of `--credential` for this one.
  default String word() {
    return switch (this) {
      case Pipelines _ -> "pipelines";
      case Workload _ -> "workload";
      case Cli _ -> "cli";
      case Default _ -> "default";
    };
  }

  /// For people.
  default String title() {
    return switch (this) {
      case Pipelines _ -> "the pipeline's service connection";
      case Workload _ -> "workload identity federation";
      case Cli _ -> "the signed-in Azure CLI";
      case Default _ -> "azure-identity's default chain";
    };
  }

  /// What the user should know before the run starts, if there is anything.
  default Optional<String> warned() {
    return switch (this) {
      case Cli(var warning) -> Optional.of(warning).filter(text -> !text.isEmpty());
      case Pipelines _, Workload _, Default _ -> Optional.empty();
    };
  }
}
