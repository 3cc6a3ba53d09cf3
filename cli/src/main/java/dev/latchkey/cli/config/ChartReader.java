// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.cli.config.Value.Sequence;
import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.resource.ChartValues;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the section `chart`, and each cluster's own `values` and `set` on top of it.
final class ChartReader {
  private final Path folder;
  private final Complaints complaints;
  private final Section chart;
  private final String reference;
  private final Optional<String> version;
  private final String release;
  private final Map<String, List<String>> identityValues;
  private final Map<Path, Map<String, @Nullable Object>> files = new HashMap<>();

  /// @param folder the one that relative paths start from
  ChartReader(Section chart, String application, Path folder, Complaints complaints) {
    this.folder = folder;
    this.complaints = complaints;
    this.chart = chart;
    this.reference =
        chart.required("path").map(path -> reference(Section.text(path, complaints))).orElse("");
    this.version = chart.text("version").map(Scalar::text);
    this.release = chart.optionalName("release", NameRule.RELEASE).orElse(application);
    this.identityValues =
        chart.section("identityValues", Keys.IDENTITY_VALUES).map(this::paths).orElse(Map.of());
  }

  private String reference(Scalar path) {
    if (path.isLost()) {
      return Names.LOST;
    }
    if (path.text().startsWith("oci://")) {
      if (chart.value("version").isEmpty()) {
        complaints.add(new ConfigProblem.ChartVersionMissing(chart.spot()));
      }
      return path.text();
    }
    chart
        .value("version")
        .ifPresent(idle -> complaints.add(new ConfigProblem.ChartVersionIdle(idle.spot())));
    var file = folder.resolve(path.text()).toAbsolutePath().normalize();
    boolean archive = path.text().endsWith(".tgz") && Files.isRegularFile(file);
    if (!Files.exists(file)) {
      complaints.add(new ConfigProblem.ChartMissing(path.spot(), path.text()));
    } else if (!archive && !Files.isRegularFile(file.resolve("Chart.yaml"))) {
      complaints.add(new ConfigProblem.NotAChart(path.spot(), path.text()));
    }
    return file.toString();
  }

  private Map<String, List<String>> paths(Section section) {
    var paths = new LinkedHashMap<String, List<String>>();
    for (String key : section.mapping().fields().keySet()) {
      section.value(key).ifPresent(value -> paths.put(key, texts(value)));
    }
    return paths;
  }

  private List<String> texts(Value value) {
    var items = value instanceof Sequence sequence ? sequence.items() : List.of(value);
    return items.stream()
        .map(item -> Section.text(item, complaints))
        .peek(this::checkPath)
        .map(Scalar::text)
        .toList();
  }

  private void checkPath(Scalar path) {
    if (!path.isLost() && ValuePath.of(path.text()).isEmpty()) {
      complaints.add(new ConfigProblem.ValuePathBroken(path.spot(), path.text()));
    }
  }

  /// The chart for one cluster: its files over the chart's, then what both set.
  ChartWish wish(Section cluster) {
    var values = ChartValues.none();
    for (var section : List.of(chart, cluster)) {
      for (var item : section.list("values").orElse(List.of())) {
        values = values.with(file(Section.text(item, complaints)));
      }
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(values.tree());
    for (var section : List.of(chart, cluster)) {
      tree = set(tree, section);
    }
    return new ChartWish(reference, version, release, chartValues(tree), identityValues);
  }

  private Map<String, @Nullable Object> set(Map<String, @Nullable Object> tree, Section section) {
    var changed = tree;
    for (var field : fields(section).entrySet()) {
      var path = ValuePath.of(field.getKey());
      if (path.isEmpty()) {
        var spot = field.getValue().key();
        complaints.add(new ConfigProblem.ValuePathBroken(spot, field.getKey()));
      } else {
        changed = path.get().put(changed, field.getValue().value().data());
      }
    }
    return changed;
  }

  private Map<String, Value.Field> fields(Section section) {
    return section
        .value("set")
        .map(value -> Section.mapping(value, complaints).fields())
        .orElse(Map.of());
  }

  private ChartValues file(Scalar name) {
    if (name.isLost()) {
      return ChartValues.none();
    }
    var path = folder.resolve(name.text()).toAbsolutePath().normalize();
    var known = files.get(path);
    if (known == null) {
      known = read(path, name);
      files.put(path, known);
    }
    return chartValues(known);
  }

  private Map<String, @Nullable Object> read(Path path, Scalar name) {
    if (!Files.isRegularFile(path)) {
      complaints.add(new ConfigProblem.ValuesMissing(name.spot(), name.text()));
      return Map.of();
    }
    var whole = Spot.written(Place.whole(name.text()), "");
    try {
      return YamlReader.file(name.text(), Files.readString(path), complaints)
          .map(this::tree)
          .orElseGet(Map::of);
    } catch (CharacterCodingException _) {
      complaints.add(new ConfigProblem.FileUnreadable(whole, "it is not written in UTF-8"));
    } catch (IOException _) {
      complaints.add(new ConfigProblem.FileUnreadable(whole, "reading it fails"));
    }
    return Map.of();
  }

  private Map<String, @Nullable Object> tree(Value value) {
    return value instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NOTHING
        ? Map.of() // a file of comments only
        : Section.mapping(value, complaints).data();
  }

  @SuppressWarnings("NullAway") // null in chart values takes a chart's default away, as in Helm
  private static ChartValues chartValues(Map<String, @Nullable Object> tree) {
    return new ChartValues(tree);
  }
}
