// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.render.Scripts;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventLogTest {

  @Test
  void writesEachEventAsOneLineInOrder() {
    var out = new StringWriter();

    Scripts.tell(Scripts.issuerDiffers(), new EventLog(out));

    List<JsonNode> lines =
        out.toString().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    assertThat(lines).hasSameSizeAs(Scripts.issuerDiffers());
    assertThat(lines.getFirst())
        .hasToString(
            "{\"at\":\"2026-11-24T14:02:11Z\",\"event\":\"signedIn\",\"principal\":\"5d2e0000\","
                + "\"tenant\":\"11110000\",\"source\":\"workload identity federation\"}");
    assertThat(lines.getLast())
        .hasToString(
            "{\"at\":\"2026-11-24T14:03:32.400Z\",\"event\":\"runEnded\",\"clusters\":3,"
                + "\"succeeded\":2,\"changed\":1,\"unchanged\":0,\"skipped\":1,\"failed\":1,"
                + "\"rolledBack\":0,\"notStarted\":0,\"changes\":7,\"seconds\":81.4}");
  }

  @Test
  void keepsTheProblemOfAStepWithAzuresCode() {
    var out = new StringWriter();

    Scripts.tell(Scripts.issuerDiffers(), new EventLog(out));

    assertThat(out.toString().lines())
        .anyMatch(
            line ->
                line.contains("\"event\":\"stepEnded\"")
                    && line.contains("\"code\":\"issuer-differs\"")
                    && line.contains("\"correlationId\":\"5f0c2c1e\""));
  }
}
