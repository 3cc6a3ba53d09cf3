// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemBlockTest {

  @Test
  void putsACaretUnderTheFirstDifference() {
    assertThat(block(110))
        .containsExactly(
            "✘ aks-neu-1  verify  issuer-differs",
            "  The federated credential `lk-aks-neu-1` trusts another issuer than the cluster has.",
            "    cluster     https://northeurope.oic.prod-aks.azure.com/72f9c1de-0001/4be1a7f3-0002/",
            "    credential  https://northeurope.oic.prod-aks.azure.com/72f9c1de-0001/4be1a7f3-0002",
            "                                                                                      ^ no slash at the end",
            "  why   Entra ID compares issuers character by character (AADSTS700211 (HTTP 400, correlation id 5f0c2c1e)).",
            "  next  latchkey deploy --only aks-neu-1");
  }

  @Test
  void shortensWhatBothValuesShareOnANarrowTerminal() {
    assertThat(block(60))
        .contains(
            "    cluster     …-aks.azure.com/72f9c1de-0001/4be1a7f3-0002/",
            "    credential  …-aks.azure.com/72f9c1de-0001/4be1a7f3-0002");
  }

  @Test
  void namesNoClusterWhereAProblemBelongsToNone() {
    assertThat(
            ProblemBlock.of(Scripts.otherIssuer("aks-neu-1"), Screen.endless(Screen.Letters.ASCII)))
        .startsWith(
            "xx issuer-differs",
            "  The federated credential `lk-aks-neu-1` trusts another issuer than the cluster has.")
        .endsWith("  next  latchkey deploy --only aks-neu-1");
  }

  private static List<String> block(int width) {
    var screen = new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, width, 24);
    var trouble =
        new Trouble(
            new ClusterName("aks-neu-1"), Step.VERIFICATION, Scripts.otherIssuer("aks-neu-1"));
    return ProblemBlock.of(trouble, screen).stream().map(Line::text).toList();
  }
}
