// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.render.PlanView.Detail;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.rollout.Forecast;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanViewTest {
  private static final Screen NARROW =
      new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, 80, 24);

  @Test
  void showsClustersWithTheSameChangesOnce() {
    Golden.check("plan-large.txt", text(Plans.large(), endless(), Detail.GROUPED));
  }

  @Test
  void breaksTextWhereANarrowScreenEnds() {
    String shown = text(Plans.large(), NARROW, Detail.GROUPED);

    Golden.check("plan-large-80.txt", shown);
    assertThat(shown.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void namesDriftAndWhatStandsInTheWayAndWhoElseReads() {
    Golden.check("plan-troubled.txt", text(Plans.troubled(), endless(), Detail.GROUPED));
  }

  @Test
  void isOneLineWhenThereIsNothingToDo() {
    assertThat(PlanView.of(Plans.nothing(), forecast(Plans.nothing()), endless(), Detail.GROUPED))
        .containsExactly(
            "= Nothing to do: orders is as wanted on 2 clusters, 2 secrets of kv-shared.");
  }

  @Test
  void showsEachClusterForItselfWhenAsked() {
    assertThat(text(Plans.large(), endless(), Detail.ALL))
        .contains("\naks-weu-1\n", "\naks-weu-2\n", "\naks-weu-41\n")
        .doesNotContain("more:");
  }

  @Test
  void needsNoLetterBeyondAscii() {
    Screen ascii = Screen.endless(Screen.Letters.ASCII);

    assertThat(text(Plans.troubled(), ascii, Detail.GROUPED)).matches("[\\x20-\\x7e\\n]+");
  }

  @Test
  void showsInColoursWhatItShowsWithoutThem() {
    var coloured = new Screen(Screen.Letters.UNICODE, Screen.Colours.ON, 100, 24);
    var plain = new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, 100, 24);

    String shown = text(Plans.troubled(), coloured, Detail.GROUPED);

    assertThat(shown).contains("\u001b[");
    assertThat(shown.replaceAll("\u001b\\[[0-9]+m", ""))
        .isEqualTo(text(Plans.troubled(), plain, Detail.GROUPED));
  }

  @Test
  void neverHidesTheIssuerThatSomebodyWroteBehindThatOfAnotherCluster() {
    Plan plan =
        Plans.plan(
            List.of(edited("aks-weu-1", "one"), edited("aks-neu-1", "other")).stream()
                .map(step -> Plans.planned(step.changes().getFirst().thing().name(), step))
                .toList(),
            Access.none(),
            List.of());

    assertThat(text(plan, endless(), Detail.GROUPED))
        .contains("https://evil.example/one", "https://evil.example/other");
  }

  @Test
  void markdownBeginsWithTheSummary() {
    Golden.check("plan-large.md", PlanMarkdown.of(Plans.large(), forecast(Plans.large())));
    assertThat(PlanMarkdown.of(Plans.nothing(), forecast(Plans.nothing())).lines()).hasSize(3);
  }

  @Test
  void jsonHoldsEveryChangeWithBeforeAndAfter() {
    Golden.check(
        "plan-troubled.json", PlanDocument.of(Plans.troubled(), forecast(Plans.troubled())));
  }

  private static StepPlan edited(String cluster, String issuer) {
    return StepPlan.of(
        Step.FEDERATED_CREDENTIAL,
        List.of(
            Plans.issuer(
                cluster,
                "https://evil.example/" + issuer,
                "https://issuer.example/" + cluster,
                Because.drift("somebody changed the issuer"))));
  }

  private static Screen endless() {
    return Screen.endless(Screen.Letters.UNICODE);
  }

  private static String text(Plan plan, Screen screen, Detail detail) {
    return String.join("\n", PlanView.of(plan, forecast(plan), screen, detail)) + "\n";
  }

  @Test
  void namesTheLimitThatARunCannotBeFasterThan() {
    Plan plan = Plans.large();
    Limits tight = Limits.azure().with(Bucket.IDENTITY_WRITES, new Limits.Rate(2, 0.1));

    assertThat(PlanView.of(plan, Forecast.of(plan, tight), endless(), Detail.GROUPED))
        .contains(
            "Duration   about 14 min; cannot be below 13 min 30 s (writes of managed identities: 6 a"
                + " minute)");
  }

  private static Forecast forecast(Plan plan) {
    return Forecast.of(plan, Limits.azure());
  }
}
