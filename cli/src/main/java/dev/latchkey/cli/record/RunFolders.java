// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folders of the last runs, below `.latchkey/runs` of a working directory.
///
/// They name resources and people, so that on a system with such rights only their owner can open
/// them.
public final class RunFolders {
  /// How many are kept.
  public static final int KEPT = 50;

  private static final Pattern RUN = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]{8}");

  private final Path runs;

  /// The folders of a working directory; nothing is made yet.
  public RunFolders(Path directory) {
    this.runs = directory.resolve(".latchkey").resolve("runs");
  }

  /// Where the record of a run stands.
  public Path of(String run) {
    return runs.resolve(run);
  }

  /// Makes the folder of a run and removes the oldest ones.
  public Path open(String run) throws IOException {
    Path folder = of(run);
    Files.createDirectories(folder, ownersAlone());
    // a record is no part of the project that it lies in
    Path ignored = runs.resolveSibling(".gitignore");
    if (!Files.exists(ignored)) {
      Files.writeString(ignored, "*\n");
    }
    newestFirst().stream()
        .filter(each -> !each.equals(folder))
        .skip(KEPT - 1)
        .forEach(RunFolders::remove);
    return folder;
  }

  /// All folders whose name is a run's id; what others put there is not touched.
  public List<Path> newestFirst() {
    try (Stream<Path> all = Files.list(runs)) {
      return all.filter(each -> RUN.matcher(each.getFileName().toString()).matches())
          .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
          .sorted(Comparator.comparing((Path each) -> each.getFileName().toString()).reversed())
          .toList();
    } catch (IOException e) {
      return List.of(); // there was no run yet, or nobody may look
    }
  }

  /// Writes a file as a whole: whoever looks sees the old one or the new one, never a part.
  static void write(Path file, String text) throws IOException {
    Path name = file.getFileName();
    Path part = file.resolveSibling("." + name + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownersAlone() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException _) {
      // another run removes it too, or somebody reads it: the next run tries again
    }
  }
}
