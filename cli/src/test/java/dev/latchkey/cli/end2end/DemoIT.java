// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first thing that a newcomer types.
class DemoIT {
  @TempDir Path folder;

  @Test
  void provesTheAccessOfThreeClustersAndWritesTheReport() throws Exception {
    Ended ended = new Console(folder, Map.of()).latchkey("demo");

    assertThat(ended.code()).as(ended.all()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(Masked.text(ended.out()))
        .startsWith(
            """
            A simulated Azure on 127.0.0.1: 3 AKS clusters, 1 Key Vault. Nothing leaves this machine.
            """)
        .endsWith(
            """
            ✔ 3 of 3 clusters in TIME: 18 made, 3 changed, 0 deleted

            Proven on each cluster, with its pod's own token
              ✔ exchanged at Entra ID for the cluster's own identity
              ✔ db-password and payment-api-key readable
              ✔ a secret that was not declared refused
              ✔ another cluster's token refused

            report  latchkey-report.html
            next    see what a mistake looks like:  latchkey demo --break issuer
            """);
    assertThat(folder.resolve("latchkey-report.html")).content().contains("aks-weu-1", "</html>");
  }

  @Test
  void showsAnIssuerThatDiffersByOneCharacterInAPipelineToo() throws Exception {
    Ended ended =
        new Console(folder, Map.of("TF_BUILD", "True")).latchkey("demo", "--break", "issuer");

    assertThat(ended.code()).as(ended.all()).isEqualTo(1);
    String out = ended.out();
    assertThat(out)
        .contains("aks-neu-1")
        .contains("issuer-differs")
        .containsPattern("\n +\\^ no slash at the end\n")
        .containsPattern("AADSTS70021[13]");
    assertThat(Files.exists(folder.resolve("latchkey-report.html"))).isTrue();
  }
}
