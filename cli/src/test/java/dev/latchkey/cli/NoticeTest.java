// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is shipped is named in NOTICE, with its version.
class NoticeTest {
  private static final Path NOTICE = Path.of(System.getProperty("latchkey.root", "."), "NOTICE");
  private static final Pattern JAR = Pattern.compile("([\\w-]+?)-(\\d[\\w.-]*)\\.jar");

  /// On the class path of the tests only.
  private static final List<String> NOT_SHIPPED =
      List.of(
          "latchkey-",
          "junit-",
          "opentest4j",
          "apiguardian",
          "assertj-",
          "byte-buddy",
          "archunit",
          "json-schema-validator",
          "azure-core-management",
          "azure-resourcemanager-",
          "itu",
          "surefire");

  @Test
  void namesEachLibraryThatIsShipped() throws IOException {
    String notice = Files.readString(NOTICE);

    assertThat(shipped())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            jar ->
                assertThat(notice)
                    .as("NOTICE names %s with its version and licence", jar.group())
                    .containsPattern(
                        " " + Pattern.quote(jar.group(2)) + ": [^:]*\\b" + jar.group(1) + "\\b"));
  }

  private static List<Matcher> shipped() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).getFileName().toString())
        .filter(name -> NOT_SHIPPED.stream().noneMatch(name::startsWith))
        .map(JAR::matcher)
        .filter(Matcher::matches)
        .toList();
  }
}
