// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A chart of this machine, folder or archive, read as Helm's loader reads it.
final class ChartFiles {
  private static final int FOLDERS_DEEP_MAX = 32;

  private final String reference;
  private final Map<String, byte[]> files;

  private ChartFiles(String reference, Map<String, byte[]> files) {
    this.reference = reference;
    this.files = files;
  }

  /// Reads all files of a chart that Helm would read.
  static ChartFiles read(String reference) {
    if (reference.startsWith("oci://")) {
      throw new ProblemException(new HelmProblem.ChartNotLocal(reference));
    }
    Path path = Path.of(reference);
    try {
      return new ChartFiles(
          reference, Files.isDirectory(path) ? ofFolder(path) : ChartArchive.read(path));
    } catch (IOException e) {
      throw new ProblemException(
          new HelmProblem.ChartBroken(reference, "it cannot be read: " + e.getMessage()), e);
    }
  }

  private static Map<String, byte[]> ofFolder(Path root) throws IOException {
    Path ignoreFile = root.resolve(".helmignore");
    IgnoreRules ignored =
        IgnoreRules.parse(Files.exists(ignoreFile) ? Files.readString(ignoreFile) : "");
    var files = new TreeMap<String, byte[]>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        FOLDERS_DEEP_MAX,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && ignored.skipsFolder(name(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!ignored.skipsFile(name(file))) {
              files.put(name(file), withoutMark(Files.readAllBytes(file)));
            }
            return FileVisitResult.CONTINUE;
          }

          private String name(Path path) {
            return root.relativize(path).toString().replace('\\', '/');
          }
        });
    return files;
  }

  /// Helm drops the byte order mark of UTF-8.
  static byte[] withoutMark(byte[] content) {
    boolean marked =
        content.length >= 3
            && content[0] == (byte) 0xef
            && content[1] == (byte) 0xbb
            && content[2] == (byte) 0xbf;
    return marked ? Arrays.copyOfRange(content, 3, content.length) : content;
  }

  /// Name and version, as releases are titled.
  String title() {
    Map<String, Object> metadata = metadata();
    return metadata.get("name") + " " + metadata.get("version");
  }

  /// The fingerprint, see [ChartDigest].
  String digest() {
    byte[] values = files.get("values.yaml");
    var others = new TreeMap<>(files);
    others.keySet().removeIf(ChartFiles::isReadApart);
    byte[] lock = files.get("Chart.lock");
    if (lock != null) {
      others.put("Chart.lock", ChartDigest.lock(tree("Chart.lock", lock)));
    }
    return ChartDigest.of(metadata(), values == null ? null : tree("values.yaml", values), others);
  }

  /// The fingerprint of the charts that it depends on; empty when there are none. A packed one
  /// counts by its files, since packing the same ones again gives other bytes.
  String subcharts() {
    var charts = new TreeMap<String, byte[]>();
    files.forEach(
        (name, content) -> {
          if (name.startsWith("charts/")) {
            unpacked(content).forEach((inner, file) -> charts.put(name + "/" + inner, file));
          }
        });
    return ChartDigest.ofFiles(charts);
  }

  private static Map<String, byte[]> unpacked(byte[] content) {
    try {
      return ChartArchive.read(new ByteArrayInputStream(content));
    } catch (IOException _) {
      return Map.of("", content); // it is no archive
    }
  }

  /// The fingerprint of each file in `crds/`.
  Map<String, String> definitions() {
    return ChartDigest.definitions(files);
  }

  private static boolean isReadApart(String name) {
    return name.equals("Chart.yaml")
        || name.equals("values.yaml")
        || name.equals("Chart.lock") // a record has it parsed
        || name.startsWith("charts/");
  }

  private Map<String, Object> metadata() {
    byte[] chart = files.get("Chart.yaml");
    if (chart == null) {
      throw new ProblemException(
          new HelmProblem.ChartBroken(reference, "there is no `Chart.yaml`"));
    }
    return tree("Chart.yaml", chart);
  }

  @SuppressWarnings("unchecked") // the keys of both files are texts
  private Map<String, Object> tree(String name, byte[] yaml) {
    try {
      @Nullable Object tree =
          new Load(LoadSettings.builder().build())
              .loadFromString(new String(yaml, StandardCharsets.UTF_8));
      return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    } catch (YamlEngineException e) {
      throw new ProblemException(
          new HelmProblem.ChartBroken(reference, name + ": " + e.getMessage()), e);
    }
  }
}
