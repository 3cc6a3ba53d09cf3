// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// The texts that the record of a run holds.
class RecordTextsTest {
  private static final Instant END = Scripts.START.plusSeconds(100);

  @Test
  void tellsARunInMarkdown() {
    Golden.check("summary-issuer-differs.md", summary(Scripts.issuerDiffers()));
  }

  @Test
  void tellsHowLongAzureTook() {
    Golden.check("summary-all-proven.md", summary(Scripts.allProven()));
    Golden.check("lags-all-proven.json", LagReport.of("r-1", course(Scripts.allProven()), END));
  }

  @Test
  void tellsARunAsTestResults() {
    Golden.check("junit-issuer-differs.xml", junit(Scripts.issuerDiffers()));
  }

  @Test
  void countsInEachSuiteWhatStandsInIt() throws Exception {
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    var document = builder.parse(new InputSource(new StringReader(junit(Scripts.issuerDiffers()))));

    List<Element> suites = elements(document.getElementsByTagName("testsuite"));

    assertThat(suites)
        .extracting(suite -> suite.getAttribute("name"))
        .containsExactly("aks-weu-1", "aks-neu-1", "aks-old-1");
    assertThat(suites)
        .allSatisfy(
            suite -> {
              assertThat(suite.getAttribute("tests")).isEqualTo(count(suite, "testcase"));
              assertThat(suite.getAttribute("failures")).isEqualTo(count(suite, "failure"));
              assertThat(suite.getAttribute("skipped")).isEqualTo(count(suite, "skipped"));
            });
  }

  @Test
  void staysXmlAndMarkdownWhateverAPodSays() throws Exception {
    var nasty = "\u0000<script>&\"]]>\u001b[2J | # *\n";
    List<Event> events = Scripts.failing(Scripts.foreign(nasty), nasty);

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(junit(events))));

    assertThat(summary(events).replace("```text\nseen     " + nasty, ""))
        .doesNotContain("<script>")
        .contains("\\<script\\>&\"\\]\\]\\>");
  }

  @Test
  void tellsHowACutRunStands() {
    List<Event> half = Scripts.until(Scripts.allProven(), Duration.ofMillis(9_500));

    assertThat(summary(half))
        .contains("**The run was cut off here.**")
        .contains("| ✘ | aks-weu-1 | failed: interrupted |");
    assertThat(junit(half))
        .contains("<failure type=\"interrupted\"")
        .contains("<testcase name=\"1 workload identity\" classname=\"orders.aks-weu-1\"");
    assertThat(
            LagReport.of(
                "r-1", course(Scripts.until(Scripts.allProven(), Duration.ofSeconds(5))), END))
        .contains("\"end\" : \"cut\"");
  }

  @Test
  void tellsNothingBeforeTheFleetWasLookedAt() {
    var course = course(Scripts.until(Scripts.allProven(), Duration.ofMillis(100)));

    assertThat(MarkdownSummary.of(course, END)).isEmpty();
    assertThat(JunitReport.of(course, END)).isEmpty();
  }

  @Test
  void countsUnchangedClustersOfALargeFleetInTheSummary() {
    String page = summary(Scripts.manyEnded(300));

    assertThat(page.lines().filter(line -> line.startsWith("| ✔"))).hasSize(100);
    assertThat(page).contains("and 200 more clusters, 0 of them unchanged");
  }

  private static Course course(List<Event> events) {
    var course = new Course();
    Scripts.tell(events, course);
    return course;
  }

  private static String summary(List<Event> events) {
    return MarkdownSummary.of(course(events), END).orElseThrow();
  }

  private static String junit(List<Event> events) {
    return JunitReport.of(course(events), END).orElseThrow();
  }

  private static String count(Element suite, String tag) {
    return "" + suite.getElementsByTagName(tag).getLength();
  }

  private static List<Element> elements(NodeList nodes) {
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
