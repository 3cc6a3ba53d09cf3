// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Chooses how to sign in: exactly one way, never a second one when it fails.
public final class Sources {
  private static final List<String> OF_PIPELINE =
      List.of(
          "AZURESUBSCRIPTION_TENANT_ID",
          "AZURESUBSCRIPTION_CLIENT_ID",
          "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
          "SYSTEM_OIDCREQUESTURI",
          "SYSTEM_ACCESSTOKEN");
  private static final List<String> OF_WORKLOAD =
      List.of("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE");

  /// What the AzureCLI task sets: `az` is signed in for this very job.
  private static final List<String> OF_CLI_TASK = List.of("AZURE_CONFIG_DIR");

  private final Map<String, String> environment;

  /// Chooses by these environment variables.
  public Sources(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// The source that the environment calls for.
  ///
  /// In a pipeline it is the service connection, or `az` if the job signed it in and nobody tried
  /// to hand over what the service connection needs; nothing else is tried there without being
  /// asked for.
  ///
  /// @throws ProblemException when variables are missing; it names them
  public Source choose() {
    if (environment.containsKey("TF_BUILD")) {
      if (missing(OF_PIPELINE).isEmpty()) {
        return pipelines();
      }
      if (missing(OF_CLI_TASK).isEmpty() && OF_PIPELINE.stream().noneMatch(this::isUnknown)) {
        return cli();
      }
      throw lacking("the pipeline's service connection", OF_PIPELINE);
    }
    return missing(OF_WORKLOAD).isEmpty() ? workload() : new Source.Default();
  }

  /// The source that `--credential` names.
  ///
  /// @throws ProblemException when there is none of this name, or variables are missing
  public Source named(String word) {
    return switch (word) {
      case "pipelines" -> {
        require("the pipeline's service connection", OF_PIPELINE);
        yield pipelines();
      }
      case "workload" -> {
        require("the federated token of a file", OF_WORKLOAD);
        yield workload();
      }
      case "cli" -> cli();
      case "default" -> new Source.Default();
      default ->
          throw new ProblemException(
              new AzureProblem.SignInFailed(
                  "`--credential " + word + "`",
                  "it is one of " + String.join(", ", Source.WORDS),
                  Optional.empty()));
    };
  }

  private Source.Pipelines pipelines() {
    return new Source.Pipelines(
        value("AZURESUBSCRIPTION_TENANT_ID"),
        value("AZURESUBSCRIPTION_CLIENT_ID"),
        value("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"),
        value("SYSTEM_OIDCREQUESTURI"));
  }

  private Source.Workload workload() {
    return new Source.Workload(
        value("AZURE_TENANT_ID"),
        value("AZURE_CLIENT_ID"),
        Path.of(value("AZURE_FEDERATED_TOKEN_FILE")));
  }

  private Source.Cli cli() {
    return new Source.Cli(
        environment.containsKey("TF_BUILD")
            ? "az cannot renew its sign-in: tokens for new services are refused after 10 minutes"
                + " (AADSTS700024). Hand SYSTEM_ACCESSTOKEN to this step to use the service"
                + " connection itself."
            : "");
  }

  private void require(String source, List<String> names) {
    if (!missing(names).isEmpty()) {
      throw lacking(source, names);
    }
  }

  private ProblemException lacking(String source, List<String> names) {
    List<String> unset = names.stream().filter(this::isUnset).toList();
    List<String> unknown = names.stream().filter(this::isUnknown).toList();
    return new ProblemException(new AzureProblem.VariablesMissing(source, unset, unknown));
  }

  private List<String> missing(List<String> names) {
    return names.stream().filter(name -> isUnset(name) || isUnknown(name)).toList();
  }

  private boolean isUnset(String name) {
    return value(name).isBlank();
  }

  /// A variable that still reads `$(NAME)` is one that the pipeline does not know.
  private boolean isUnknown(String name) {
    return value(name).startsWith("$(");
  }

  String value(String name) {
    return environment.getOrDefault(name, "");
  }
}
