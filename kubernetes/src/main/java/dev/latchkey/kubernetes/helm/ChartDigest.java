// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The fingerprint of a chart, computed alike from its files and from Helm's record of it.
///
/// Taken over what a record keeps: metadata, values, lock, templates, schema, other files. The
/// charts that it depends on are not kept there, and Helm merges their settings into its metadata
/// and values; so for a chart with dependencies the lock and the metadata's other members count
/// instead, and [#ofFiles(Map)] of the dependencies is kept elsewhere.
final class ChartDigest {
  private static final JsonMapper SORTED =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private static final int SHORT = 12;

  private final MessageDigest digest = sha256();

  private ChartDigest() {}

  /// The fingerprint of a chart.
  ///
  /// @param metadata `Chart.yaml`
  /// @param values `values.yaml`; null when there is none
  /// @param files all others by their path
  static String of(
      Map<String, Object> metadata,
      @Nullable Map<String, Object> values,
      Map<String, byte[]> files) {
    var chart = new ChartDigest();
    var own = new TreeMap<>(metadata);
    Object dependencies = own.remove("dependencies");
    own.values().removeIf(ChartDigest::isEmpty); // Go leaves empty members out
    chart.add("Chart.yaml", json(own));
    if (dependencies == null) {
      chart.add("values.yaml", json(values == null ? Map.of() : values));
    }
    new TreeMap<>(files).forEach(chart::add);
    return HexFormat.of().formatHex(chart.digest.digest());
  }

  /// The fingerprint of some files as they are, short enough to be read; empty when there are none.
  static String ofFiles(Map<String, byte[]> files) {
    if (files.isEmpty()) {
      return "";
    }
    var all = new ChartDigest();
    new TreeMap<>(files).forEach(all::add);
    return HexFormat.of().formatHex(all.digest.digest()).substring(0, SHORT);
  }

  /// The fingerprint of each file in `crds/`.
  static Map<String, String> definitions(Map<String, byte[]> files) {
    var definitions = new TreeMap<String, String>();
    files.forEach(
        (name, content) -> {
          if (name.startsWith("crds/")) {
            definitions.put(name, ofFiles(Map.of(name, content)));
          }
        });
    return definitions;
  }

  /// What counts of a `Chart.lock`: Helm's own digest of the dependencies.
  static byte[] lock(Map<String, Object> lock) {
    return String.valueOf(lock.get("digest")).getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || value.equals("") || value.equals(false);
  }

  private static byte[] json(Map<String, Object> tree) {
    return SORTED.writeValueAsBytes(Numbers.plain(tree));
  }

  private void add(String name, byte[] content) {
    digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
    digest.update(content);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
