// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  @Test
  void drawsAnEdgeGreenOnlyWhereItWasProven() {
    Golden.check("report-all-proven.html", page(Scripts.allProven()));
    assertThat(edges(page(Scripts.allProven()), "edge")).isEqualTo(3 + 3 + 1);

    assertThat(edges(page(Scripts.nothingToDo()), "edge")).as("the legend alone").isEqualTo(1);
  }

  @Test
  void showsTheRefusedEdgeAndBothValues() {
    String page = page(Scripts.issuerDiffers());

    Golden.check("report-issuer-differs.html", page);
    assertThat(edges(page, "edge bad")).isEqualTo(1 + 1);
    assertThat(page)
        .contains("0002<mark> ◄ no slash at the end</mark>")
        .contains("<code>latchkey deploy --only aks-neu-1</code>");
  }

  @Test
  void countsTheClustersThatAreNotDrawn() {
    String page = page(Scripts.manyEnded(40));

    assertThat(page).contains("and 28 more clusters, in the table below");
    assertThat(page.split("<tr>")).hasSize(42);
  }

  @Test
  void escapesWhatStrangersSay() {
    var nasty = "<script>alert('x')</script> & \"quoted\"";

    String page = page(Scripts.failing(Scripts.foreign(nasty), nasty));

    assertThat(page).doesNotContain("<script").doesNotContain("\"quoted\"");
    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;");
  }

  @Test
  void needsNothingFromElsewhere() {
    assertThat(page(Scripts.allProven())).doesNotContain("src=", "href=", "@import", "url(");
  }

  private static String page(List<Event> events) {
    var report = new HtmlReport("20261124-140211-7f3a");
    Scripts.tell(events, report);
    return report.page().orElseThrow();
  }

  private static long edges(String page, String style) {
    return Pattern.compile("<path class=\"" + style + "\"").matcher(page).results().count();
  }
}
