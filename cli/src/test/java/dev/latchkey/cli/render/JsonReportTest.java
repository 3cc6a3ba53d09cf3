// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

  @Test
  void tellsARunInWhichAllIsProven() {
    Golden.check("report-all-proven.json", document(Scripts.allProven()));
  }

  @Test
  void tellsWhichIssuerDiffers() {
    Golden.check("report-issuer-differs.json", document(Scripts.issuerDiffers()));
  }

  @Test
  void isNotThereBeforeTheRunHasEnded() {
    var report = new JsonReport("r1");

    Scripts.tell(Scripts.until(Scripts.allProven(), Duration.ofSeconds(5)), report);

    assertThat(report.document()).isEmpty();
  }

  private static String document(List<Event> events) {
    var report = new JsonReport("20261124-140211-7f3a");
    Scripts.tell(events, report);
    return report.document().orElseThrow();
  }
}
