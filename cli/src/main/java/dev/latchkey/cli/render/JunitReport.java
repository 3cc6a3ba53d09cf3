// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.trust.Proof;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// A run as test results in JUnit's form: a suite for each cluster, a case for each step and proof.
///
/// The task `PublishTestResults` of Azure Pipelines reads it.
public final class JunitReport {
  private static final Pattern NO_XML =
      Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");
  // What JUnit's schema takes: neither a zone nor parts of a second.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private enum Verdict {
    PASSED,
    FAILED,
    SKIPPED
  }

  private record Suite(String name, String tested) {}

  private record Case(String name, Duration took, Verdict verdict, String word, String text) {}

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;
  private final String application;
  private final String begun;

  private JunitReport(String application, Instant begun) throws XMLStreamException {
    this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    this.application = application;
    this.begun = TIME.format(begun);
  }

  /// The document as of a moment; empty while nothing is planned.
  public static Optional<String> of(Course course, Instant now) {
    return course
        .summary(now)
        .map(
            summary -> {
              try {
                return new JunitReport(application(course), course.begun().orElse(now))
                    .write(summary);
              } catch (XMLStreamException e) {
                throw new IllegalStateException("a writer into memory does not fail", e);
              }
            });
  }

  /// The document of a run that was refused before it began anything: one case, which failed.
  public static String refused(Course course, Problem problem, Instant now) {
    String application = application(course);
    Instant begun = course.begun().orElse(now);
    Duration took = Duration.between(begun, now);
    List<Case> cases = List.of(failed("begin", took, problem));
    try {
      return new JunitReport(application, begun)
          .write(took, Map.of(new Suite(application, application), cases));
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a writer into memory does not fail", e);
    }
  }

  private static String application(Course course) {
    return course.plan().map(plan -> plan.fleet().application()).orElse("latchkey");
  }

  private String write(Summary summary) throws XMLStreamException {
    Map<Suite, List<Case>> suites = new LinkedHashMap<>();
    for (ClusterResult cluster : summary.clusters()) {
      String name = cluster.target().name().value();
      suites.put(new Suite(name, application + "." + name), cases(cluster));
    }
    return write(summary.took(), suites);
  }

  private String write(Duration took, Map<Suite, List<Case>> suites) throws XMLStreamException {
    List<Case> all = suites.values().stream().flatMap(List::stream).toList();
    xml.writeStartDocument("UTF-8", "1.0");
    begin(0, "testsuites");
    attribute("name", "latchkey " + application);
    counts(all, took);
    for (var suite : suites.entrySet()) {
      suite(suite.getKey(), suite.getValue());
    }
    end(0);
    xml.writeEndDocument();
    xml.close();
    return text + "\n";
  }

  private void suite(Suite suite, List<Case> cases) throws XMLStreamException {
    begin(1, "testsuite");
    attribute("name", suite.name());
    counts(cases, cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus));
    attribute("errors", "0");
    attribute("timestamp", begun);
    for (Case each : cases) {
      begin(2, "testcase");
      attribute("name", each.name());
      attribute("classname", suite.tested());
      attribute("time", seconds(each.took()));
      verdict(each);
      end(2);
    }
    end(1);
  }

  private void verdict(Case each) throws XMLStreamException {
    switch (each.verdict()) {
      case PASSED -> {}
      case FAILED -> {
        begin(3, "failure");
        attribute("type", each.word());
        attribute("message", each.text().lines().findFirst().orElse(""));
        xml.writeCharacters(clean(each.text()));
        xml.writeEndElement();
      }
      case SKIPPED -> {
        begin(3, "skipped");
        attribute("message", each.text());
        xml.writeEndElement();
      }
    }
  }

  private static List<Case> cases(ClusterResult cluster) {
    var cases = new ArrayList<Case>();
    cluster.steps().forEach((step, result) -> cases.add(of(step, result)));
    cluster.proofs().forEach(proof -> cases.add(of(proof)));
    return cases;
  }

  private static Case of(Step step, StepResult result) {
    String name = step.number() + " " + step.title();
    return switch (result.outcome()) {
      case Outcome.Changed _, Outcome.Unchanged _ ->
          new Case(name, result.took(), Verdict.PASSED, "", "");
      case Outcome.Failed failed -> failed(name, result.took(), failed.problem());
      case Outcome.NotStarted lost ->
          new Case(
              name,
              result.took(),
              Verdict.SKIPPED,
              "",
              "not begun: " + lost.lost().words() + " is missing");
      case Outcome.Withheld withheld ->
          new Case(name, result.took(), Verdict.SKIPPED, "", "not begun: " + withheld.because());
      case Outcome.Skipped skipped ->
          new Case(name, result.took(), Verdict.SKIPPED, "", skipped.reason());
    };
  }

  private static Case of(Proof proof) {
    String about = proof.about().isEmpty() ? "" : " (" + proof.about() + ")";
    String name = "proof: " + proof.hop().claim() + about;
    return switch (proof.verdict()) {
      case Proof.Verdict.Proven _ -> new Case(name, Duration.ZERO, Verdict.PASSED, "", "");
      case Proof.Verdict.Refuted refuted -> failed(name, Duration.ZERO, refuted.problem());
      case Proof.Verdict.NotProven nothing ->
          new Case(name, Duration.ZERO, Verdict.SKIPPED, "", "not proven: " + nothing.reason());
    };
  }

  private static Case failed(String name, Duration took, Problem problem) {
    Text words = problem.text();
    String text =
        Stream.of(
                Stream.of(words.what()),
                words.seen().stream(),
                Stream.of(words.why()),
                Stream.of(words.next().isEmpty() ? "" : "next: " + words.next()))
            .flatMap(lines -> lines)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return new Case(name, took, Verdict.FAILED, problem.code(), text);
  }

  private void counts(List<Case> cases, Duration took) throws XMLStreamException {
    attribute("tests", "" + cases.size());
    attribute("failures", "" + count(cases, Verdict.FAILED));
    attribute("skipped", "" + count(cases, Verdict.SKIPPED));
    attribute("time", seconds(took));
  }

  private static long count(List<Case> cases, Verdict verdict) {
    return cases.stream().filter(each -> each.verdict() == verdict).count();
  }

  private void begin(int depth, String name) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeStartElement(name);
  }

  private void end(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
    xml.writeEndElement();
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  /// What XML 1.0 cannot hold at all becomes a question mark: pods write what they like.
  private static String clean(String text) {
    return NO_XML.matcher(text).replaceAll("?");
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
  }
}
