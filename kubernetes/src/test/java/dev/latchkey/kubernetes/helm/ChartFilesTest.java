// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFilesTest {
  private static final Path ORIGINAL = Path.of("src/test/resources/charts/typed");
  @TempDir private Path folder;
  private Path chart = ORIGINAL;

  @BeforeEach
  void copyTheChart() throws IOException {
    chart = folder.resolve("typed");
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.toList()) {
        Files.copy(file, chart.resolve(ORIGINAL.relativize(file).toString()));
      }
    }
  }

  @Test
  void aFolderAndItsArchiveHaveTheSameFingerprint() throws IOException {
    ChartRenderingTest.helmRunsHere();
    new Helm(chart).packageIt().withDestination(folder).call();

    assertThat(digest(folder.resolve("typed-0.2.0.tgz"))).isEqualTo(digest(chart));
  }

  @Test
  void aChangedTemplateChangesTheFingerprint() throws IOException {
    String before = digest(chart);
    Files.writeString(chart.resolve("templates/types.yaml"), "# another\n");

    assertThat(digest(chart)).isNotEqualTo(before);
  }

  @Test
  void changedDefaultsChangeTheFingerprint() throws IOException {
    String before = digest(chart);
    Files.writeString(chart.resolve("values.yaml"), "replicas: 2\n");

    assertThat(digest(chart)).isNotEqualTo(before);
  }

  @Test
  void ignoredFilesDoNotCount() throws IOException {
    String before = digest(chart);
    Files.writeString(chart.resolve("templates/more.bak"), "x");
    Files.writeString(chart.resolve("notes/b.txt"), "x");
    Files.writeString(chart.resolve("templates/.swp"), "x");

    assertThat(digest(chart)).isEqualTo(before);
  }

  @Test
  void aChangedSubchartChangesTheFingerprintOfSubcharts() throws IOException {
    assertThat(subcharts()).isEmpty();
    Path template = chart.resolve("charts/db/templates/a.yaml");
    Files.createDirectories(template.getParent());
    Files.writeString(template, "# one\n");
    String before = subcharts();

    Files.writeString(template, "# two\n");

    assertThat(before).hasSize(12);
    assertThat(subcharts()).hasSize(12).isNotEqualTo(before);
  }

  @Test
  void aSubchartThatIsPackedAgainIsTheSame() throws IOException {
    ChartRenderingTest.helmRunsHere();
    Path charts = Files.createDirectory(chart.resolve("charts"));
    new Helm(ORIGINAL).packageIt().withDestination(charts).call();
    String before = subcharts();
    Path packed = charts.resolve("typed-0.2.0.tgz");
    byte[] bytes = Files.readAllBytes(packed);
    bytes[4]++; // the moment of packing, in the header of gzip
    Files.write(packed, bytes);

    assertThat(subcharts()).isNotEmpty().isEqualTo(before);
  }

  @Test
  void tellsTheDefinitionsInCrds() throws IOException {
    Files.createDirectories(chart.resolve("crds"));
    Files.writeString(chart.resolve("crds/queue.yaml"), "kind: CustomResourceDefinition\n");

    assertThat(ChartFiles.read(chart.toString()).definitions()).containsOnlyKeys("crds/queue.yaml");
  }

  private String subcharts() {
    return ChartFiles.read(chart.toString()).subcharts();
  }

  private static String digest(Path chart) {
    return ChartFiles.read(chart.toString()).digest();
  }
}
