// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.cli.record.SavedPlan;
import dev.latchkey.cli.record.SavedPlanProblem;
import dev.latchkey.cli.render.PlanView;
import dev.latchkey.cli.render.PlanView.Detail;
import dev.latchkey.cli.render.Screen;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.run.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Plans of a fleet of two clusters, one of them saved and carried out later.
class PlansTest {
  private static final String CREDENTIALS = "/federatedIdentityCredentials";

  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void start() {
    stage = Stage.of(2, folder);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void deployDoesWhatThePlanSaidAndThenThereIsNothingToDo() throws IOException {
    Planning before = stage.plan();
    assertThat(before.plan().changes()).hasSize(14);
    assertThat(before.plan().access().added()).hasSize(2);
    assertThat(writes()).isZero();

    assertThat(stage.deploy(UnaryOperator.identity(), saved(before)).changes()).isEqualTo(14);

    Planning after = stage.plan();
    Screen screen = Screen.endless(Screen.Letters.UNICODE);
    assertThat(PlanView.of(after.plan(), after.forecast(), screen, Detail.ALL))
        .containsExactly(
            "= Nothing to do: orders is as wanted on 2 clusters, 2 secrets of kv-shared.");
  }

  @Test
  void namesWhatOthersChangedAndRefusesASavedPlanOnceTheyChangeMore() throws IOException {
    stage.deploy();
    editAudience("aks-weu-1");
    Planning drifted = stage.plan();
    assertThat(reasons(drifted.plan()))
        .containsExactly(Because.drift("somebody changed the audience"));
    SavedPlan saved = saved(drifted);
    removeRoles("aks-neu-1");
    long writes = writes();

    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> stage.deploy(UnaryOperator.identity(), saved));

    assertThat(refusal.problem()).isInstanceOf(SavedPlanProblem.Outdated.class);
    assertThat(refusal.problem().text().what())
        .isEqualTo("The saved plan no longer fits on 1 cluster.");
    assertThat(refusal.problem().text().seen())
        .hasSize(2)
        .allMatch(
            line ->
                line.startsWith("aks-neu-1: role assignment ")
                    && line.contains(": Key Vault Secrets User on /subscriptions/")
                    && line.endsWith(" → none"));
    assertThat(writes()).isEqualTo(writes);
    assertThat(reasons(stage.plan().plan())).contains(Because.drift("somebody removed the role"));
  }

  @Test
  void refusesASavedPlanOfAnotherFile() throws IOException {
    SavedPlan saved = saved(stage.plan());
    UnaryOperator<String> edit =
        text -> text.replace("application: orders", "application: billing");

    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> stage.deploy(edit, saved));

    assertThat(refusal.problem().text().seen())
        .contains("aks-weu-1: the file, or a variable that it uses: application");
    assertThat(writes()).isZero();
  }

  @Test
  void refusesASavedPlanOfAnotherRollout() throws IOException {
    SavedPlan saved = saved(stage.plan());
    UnaryOperator<String> edit =
        text -> text + "\nrollout: { waves: [{ name: slowly, maxParallel: 1 }] }\n";

    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> stage.deploy(edit, saved));

    assertThat(refusal.problem().text().seen())
        .containsExactly(
            "aks-weu-1: the file, or a variable that it uses: rollout",
            "aks-neu-1: the file, or a variable that it uses: rollout");
    assertThat(writes()).isZero();
  }

  private SavedPlan saved(Planning planning) throws IOException {
    Path file = folder.resolve("orders.plan");
    SavedPlan.write(file, planning, "1.0", Instant.EPOCH);
    assertThat(Files.readString(file)).doesNotContain("kubeconfig", "BEGIN");
    return SavedPlan.read(file);
  }

  private static List<Because> reasons(Plan plan) {
    return plan.changes().stream().map(Change::reason).distinct().toList();
  }

  private long writes() {
    return stage.writes();
  }

  private void editAudience(String cluster) {
    String list = Stage.identityId(cluster) + CREDENTIALS;
    JsonNode credential = stage.arm("GET", list, "2023-01-31", "").path("value").path(0);
    String body =
        "{\"properties\":{\"issuer\":\"%s\",\"subject\":\"%s\",\"audiences\":[\"api://other\"]}}"
            .formatted(
                credential.at("/properties/issuer").asString(),
                credential.at("/properties/subject").asString());
    stage.arm("PUT", list + "/" + credential.path("name").asString(), "2023-01-31", body);
  }

  private void removeRoles(String cluster) {
    String principal =
        stage
            .arm("GET", Stage.identityId(cluster), "2023-01-31", "")
            .at("/properties/principalId")
            .asString();
    stage
        .arm(
            "GET",
            Stage.VAULT + "/providers/Microsoft.Authorization/roleAssignments",
            "2022-04-01",
            "")
        .path("value")
        .valueStream()
        .filter(each -> each.at("/properties/principalId").asString().equals(principal))
        .toList()
        .forEach(each -> stage.arm("DELETE", each.path("id").asString(), "2022-04-01", ""));
  }
}
