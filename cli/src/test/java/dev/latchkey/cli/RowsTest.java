// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// No row of the table of real failures that is about `deploy` is forgotten: a test builds each,
/// and what one asks for beyond that is said here. The table stands outside the project.
class RowsTest {
  private static final Path TABLE =
      Path.of(System.getProperty("latchkey.shared", "none"), "cases", "cases.jsonl");

  /// The classes that build them; by name, since theirs are not public.
  private static final List<String> CLASSES =
      List.of(
          "dev.latchkey.cli.command.RealFailuresAtTheStartTest",
          "dev.latchkey.cli.engine.RealFailuresTest",
          "dev.latchkey.cli.engine.RealFailuresInClustersTest",
          "dev.latchkey.cli.torture.LongRunsTest",
          "dev.latchkey.cli.torture.RealFailuresInTimeTest");

  /// Rows that a test builds and of which the table asks for more, and what.
  private static final Map<String, String> LESS_THAN_ASKED =
      Map.of("C140", "no registry is simulated, and none is asked for the tag beforehand");

  @BeforeEach
  void theTableIsThere() {
    boolean there = Files.isRegularFile(TABLE);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("the table of real failures is needed in CI").isTrue();
    }
    assumeTrue(there, "skipped: the table of real failures is not here (-Dlatchkey.shared)");
  }

  @Test
  void everyRowAboutDeployIsBuilt() throws IOException {
    assertThat(built()).containsExactlyElementsOf(rows());
  }

  @Test
  void whatIsLessThanAskedIsBuilt() {
    assertThat(built()).containsAll(LESS_THAN_ASKED.keySet());
  }

  private static Set<String> rows() throws IOException {
    try (Stream<String> lines = Files.lines(TABLE)) {
      return lines
          .filter(line -> !line.isBlank())
          .map(line -> JsonMapper.shared().readTree(line))
          .filter(RowsTest::isAboutDeploy)
          .map(row -> row.path("id").asString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean isAboutDeploy(JsonNode row) {
    return row.path("exercises").valueStream().anyMatch(each -> each.asString().equals("deploy"));
  }

  private static Set<String> built() {
    return CLASSES.stream()
        .flatMap(name -> Stream.of(type(name).getDeclaredMethods()))
        .filter(RowsTest::isRun)
        .flatMap(RowsTest::rows)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isRun(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }

  private static Stream<String> rows(Method test) {
    Row row = test.getAnnotation(Row.class);
    return row == null ? Stream.empty() : Stream.of(row.value());
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
