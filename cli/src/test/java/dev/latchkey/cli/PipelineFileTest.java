// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PipelineFileTest {
  private static final Path FILE =
      Path.of(System.getProperty("latchkey.root", "."), "pipelines", "azure-pipelines.yml");
  private static final Path SCHEMA =
      Path.of(System.getProperty("latchkey.shared", "."), "azure-pipelines", "service-schema.json");

  @Test
  void isValidForAzurePipelines() throws IOException {
    assertThat(errors(pipeline())).isEmpty();
  }

  @Test
  void wouldBeRefusedWithAnInputThatItsTaskDoesNotKnow() throws IOException {
    var wrong = pipeline();
    var inputs = step(wrong, "AzureCLI@2").withObject("/inputs");
    inputs.put("scriptKind", "bash");

    assertThat(errors(wrong)).isNotEmpty();
  }

  @Test
  void startsOnMainWithAVariableGroup() throws IOException {
    var pipeline = pipeline();

    assertThat(pipeline.at("/trigger/branches/include/0").asString()).isEqualTo("main");
    assertThat(pipeline.at("/variables/0/group").asString()).isEqualTo("latchkey");
  }

  @Test
  void signsInWithTheServiceConnectionAndNoStoredSecret() throws IOException {
    var deploy = step(pipeline(), "AzureCLI@2");

    assertThat(deploy.at("/inputs/azureSubscription").asString()).isEqualTo("$(serviceConnection)");
    assertThat(deploy.at("/env/SYSTEM_ACCESSTOKEN").asString()).isEqualTo("$(System.AccessToken)");
    assertThat(deploy.at("/inputs/addSpnToEnvironment").isMissingNode()).isTrue();
  }

  @Test
  void letsACancelReachLatchkeyItself() throws IOException {
    assertThat(step(pipeline(), "AzureCLI@2").at("/inputs/inlineScript").asString())
        .startsWith("exec latchkey deploy ");
  }

  @Test
  void publishesTheReportWhateverHappened() throws IOException {
    assertThat(step(pipeline(), "PublishPipelineArtifact@1").at("/condition").asString())
        .isEqualTo("always()");
  }

  @Test
  void publishesStepsAndProofsOfThisRunAsTestResults() throws IOException {
    var pipeline = pipeline();
    var publish = step(pipeline, "PublishTestResults@2");

    assertThat(publish.at("/condition").asString()).isEqualTo("always()");
    assertThat(publish.at("/inputs/testResultsFormat").asString()).isEqualTo("JUnit");
    assertThat(publish.at("/inputs/testResultsFiles").asString())
        .isEqualTo(".latchkey/runs/*/junit.xml");
    assertThat(pipeline.at("/jobs/0/steps/0/clean").asString()).isEqualTo("true");
  }

  private static JsonNode pipeline() throws IOException {
    // Azure Pipelines takes each scalar as text: 180 and '180' are one thing
    var settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    var tree = new Load(settings).loadFromString(Files.readString(FILE));
    return JsonMapper.shared().valueToTree(tree);
  }

  private static JsonNode step(JsonNode pipeline, String task) {
    return pipeline
        .at("/jobs/0/steps")
        .valueStream()
        .filter(step -> step.path("task").asString("").equals(task))
        .findFirst()
        .orElseThrow();
  }

  private static List<Error> errors(JsonNode pipeline) throws IOException {
    boolean there = Files.exists(SCHEMA);
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(there).as("the schema of Azure Pipelines is not here: " + SCHEMA).isTrue();
    }
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(JsonMapper.shared().readTree(Files.readString(SCHEMA)))
        .validate(pipeline);
  }
}
