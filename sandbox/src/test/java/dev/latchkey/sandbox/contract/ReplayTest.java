// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.contract.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Replays recordings that each test writes itself.
class ReplayTest {
  private static final String GROUP =
      "https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg";
  private static final String MISSING =
      """
      {"kind": "recording", "title": "GET 404", "exchanges": [
        {"request": {"method": "GET", "url": "%s?api-version=2021-04-01"},
         "response": {"status": 404,
           "headers": {"content-type": "application/json; charset=utf-8", "x-ms-failure-cause": "gateway"},
           "body": {"error": {"code": "ResourceGroupNotFound",
             "message": "Resource group 'rg' could not be found."}}}}]}
      """
          .formatted(GROUP);

  @TempDir private Path folder;

  private Report replayed(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Contract.replay(folder);
  }

  @Test
  void recordingsAreFoundAtAnyDepth() throws IOException {
    Report report = replayed("deep/er/missing.json", MISSING);

    assertThat(report.count(Outcome.MATCHED)).isEqualTo(1);
    assertThat(report.lines().getFirst().file()).isEqualTo("deep/er/missing.json");
  }

  @Test
  void anAnswerThatDiffersIsShownWithItsPlace() throws IOException {
    Report report =
        replayed("other.json", MISSING.replace("could not be found.", "is nowhere to be found."));

    assertThat(report.all(Outcome.DIFFERENT))
        .singleElement()
        .satisfies(line -> assertThat(line.differences()).hasSize(1))
        .satisfies(
            line ->
                assertThat(line.differences().getFirst().at()).isEqualTo("/body/error/message"));
  }

  @Test
  void aPollFindsTheOperationRunningOrDoneAsRecorded() throws IOException {
    String poll =
        GROUP.replace("resourceGroups/rg", "operationresults/eyJqb2JJZCI6IlJFU09VUkNFIn0");
    Report report =
        replayed(
            "delete.json",
            """
            {"kind": "recording", "exchanges": [
              {"request": {"method": "DELETE", "url": "%1$s?api-version=2021-04-01"},
               "response": {"status": 202, "headers": {"location": "%2$s?api-version=2021-04-01", "retry-after": "15"}}},
              {"request": {"method": "GET", "url": "%2$s?api-version=2021-04-01"},
               "response": {"status": 202, "headers": {"location": "%2$s?api-version=2021-04-01", "retry-after": "15"}}},
              {"request": {"method": "GET", "url": "%2$s?api-version=2021-04-01"},
               "response": {"status": 200, "headers": {}}}]}
            """
                .formatted(GROUP, poll));

    assertThat(report.all(Outcome.DIFFERENT)).extracting(Report.Line::toString).isEmpty();
    assertThat(report.count(Outcome.MATCHED)).isEqualTo(3);
  }

  @Test
  void whatTheSandboxDoesNotSimulateIsCountedAndNotCompared() throws IOException {
    Report report =
        replayed(
            "account.json",
            MISSING
                .replace("/rg?", "/rg/providers/Microsoft.Storage/storageAccounts/a?")
                .replace("404", "200")
                .replace("ResourceGroupNotFound", "none"));

    assertThat(report.count(Outcome.OUT_OF_SCOPE)).isEqualTo(1);
    assertThat(report.lines().getFirst().outside())
        .contains("the sandbox does not simulate Microsoft.Storage/storageAccounts");
  }

  @Test
  void whoPollsWhatIsNotSimulatedIsNotComparedEither() throws IOException {
    String poll =
        GROUP.replace(
            "resourceGroups/rg", "providers/Microsoft.ContainerService/locations/x/operations/o");
    Report report =
        replayed(
            "pool.json",
            """
            {"exchanges": [
              {"request": {"method": "PUT", "url": "%s/providers/Microsoft.ContainerService/managedClusters/c/agentPools/p?api-version=2024-09-01"},
               "response": {"status": 201, "headers": {"azure-asyncoperation": "%2$s?api-version=2025-03-01"}}},
              {"request": {"method": "GET", "url": "%2$s?api-version=2025-03-01"},
               "response": {"status": 200, "body": {"status": "InProgress"}}}]}
            """
                .formatted(GROUP, poll));

    assertThat(report.count(Outcome.OUT_OF_SCOPE)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                        | it is not JSON",
        "[]                                       | it has no list `exchanges`",
        "{'exchanges': []}                        | it has no list `exchanges`",
        "{'kind': 'x', 'exchanges': [{}]}         | exchanges[0].request has no text `method`",
        "{'exchanges': [{'request': {'method': 'GET'}, 'response': {'status': 200}}]} | exchanges[0].request has no absolute `url`",
        "{'exchanges': [{'request': {'method': 'GET', 'url': 'https://a/%zz'}, 'response': {'status': 200}}]} | exchanges[0].request.url has a broken escape",
        "{'exchanges': [{'request': {'method': 'GET', 'url': 'https://a/'}}]} | exchanges[0].response has no number `status`"
      })
  void aFileThatIsNoRecordingIsNamedAndHarmsNoOther(String text, String why) throws IOException {
    replayed("good.json", MISSING);

    Report report = replayed("bad.json", text.replace('\'', '"'));

    assertThat(report.count(Outcome.MATCHED)).isEqualTo(1);
    assertThat(report.unreadable())
        .singleElement()
        .satisfies(bad -> assertThat(bad.file()).isEqualTo(folder.resolve("bad.json")))
        .satisfies(bad -> assertThat(bad.why()).startsWith(why));
  }

  @Test
  void aRecordingOfNoFormThatAnybodyThoughtOfHarmsNoOther() throws IOException {
    replayed("good.json", MISSING);

    Report report =
        replayed(
            "odd.json",
            """
            {"exchanges": [{"request": {"method": "PUT", "url": "%s/providers/Microsoft.Authorization/roleAssignments/x?api-version=2022-04-01", "body": [1]},
              "response": {"status": 201, "body": {"id": 7, "properties": "none", "value": {"a": []}}}}]}
            """
                .formatted(GROUP));

    assertThat(report.lines()).hasSize(2);
    assertThat(report.count(Outcome.MATCHED)).isEqualTo(1);
  }

  @Test
  void theReportIsADocumentToo() throws IOException {
    ObjectNode json = ReportText.json(replayed("missing.json", MISSING));

    assertThat(json.path("summary").toString())
        .isEqualTo(
            "{\"exchanges\":1,\"outOfScope\":0,\"matched\":1,\"explained\":0,\"different\":0}");
    assertThat(json.at("/operations/0/operation").asString(""))
        .isEqualTo("GET Microsoft.Resources/subscriptions/resourceGroups");
    assertThat(json.path("differences")).isEmpty();
  }
}
