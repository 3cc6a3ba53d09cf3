// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.ProblemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final Map<String, String> PIPELINE =
      Map.of(
          "TF_BUILD", "True",
          "AZURESUBSCRIPTION_TENANT_ID", "t",
          "AZURESUBSCRIPTION_CLIENT_ID", "c",
          "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "sc",
          "SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/o/oidctoken",
          "SYSTEM_ACCESSTOKEN", "x");
  private static final Map<String, String> POD =
      Map.of(
          "AZURE_TENANT_ID", "t",
          "AZURE_CLIENT_ID", "c",
          "AZURE_FEDERATED_TOKEN_FILE", "/token");

  @Test
  void aPipelineUsesItsServiceConnection() {
    assertThat(new Sources(PIPELINE).choose())
        .isEqualTo(new Source.Pipelines("t", "c", "sc", "https://dev.azure.com/o/oidctoken"));
  }

  @Test
  void aPipelineWithoutItsTokenUsesTheCliThatTheTaskSignedInAndWarns() {
    var environment = without(PIPELINE, "SYSTEM_ACCESSTOKEN");
    environment.put("AZURE_CONFIG_DIR", "/agent/.azclitask");

    Source source = new Sources(environment).choose();

    assertThat(source).isInstanceOf(Source.Cli.class);
    assertThat(source.warned()).get().asString().contains("SYSTEM_ACCESSTOKEN");
  }

  @Test
  void aPipelineNeverFallsThroughToSomethingElse() {
    var environment = without(PIPELINE, "SYSTEM_ACCESSTOKEN");
    environment.putAll(POD);

    assertThatThrownBy(() -> new Sources(environment).choose())
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(
            new AzureProblem.VariablesMissing(
                "the pipeline's service connection", List.of("SYSTEM_ACCESSTOKEN"), List.of()));
  }

  @Test
  void aVariableThatThePipelineDoesNotKnowIsMissingThoughAzIsSignedIn() {
    var environment = new HashMap<>(PIPELINE);
    environment.put("SYSTEM_ACCESSTOKEN", "$(System.AccessToken)");

    environment.put("AZURE_CONFIG_DIR", "/agent/.azclitask");

    assertThatThrownBy(() -> new Sources(environment).choose())
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(
            new AzureProblem.VariablesMissing(
                "the pipeline's service connection", List.of(), List.of("SYSTEM_ACCESSTOKEN")));
  }

  @Test
  void elsewhereAFederatedTokenFileIsUsedBeforeTheDefaultChain() {
    assertThat(new Sources(POD).choose())
        .isEqualTo(new Source.Workload("t", "c", Path.of("/token")));
    assertThat(new Sources(Map.of()).choose()).isEqualTo(new Source.Default());
  }

  @Test
  void anExplicitChoiceIsTakenEvenInAPipeline() {
    assertThat(new Sources(PIPELINE).named("default")).isEqualTo(new Source.Default());
  }

  @Test
  void anUnknownChoiceNamesTheOnesThereAre() {
    assertThatThrownBy(() -> new Sources(Map.of()).named("password"))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(
            new AzureProblem.SignInFailed(
                "`--credential password`",
                "it is one of pipelines, workload, cli, default",
                Optional.empty()));
  }

  private static Map<String, String> without(Map<String, String> all, String name) {
    var fewer = new HashMap<>(all);
    fewer.remove(name);
    return fewer;
  }
}
