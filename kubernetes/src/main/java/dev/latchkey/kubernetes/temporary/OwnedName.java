// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.temporary;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of temporary files and folders that tell which process they belong to: its id, and when it
/// started, since ids are given again.
///
/// So what a killed run left can be told from what another run still uses.
public final class OwnedName {
  private static final Pattern NAME = Pattern.compile("latchkey-[a-z]+-(\\d+)-(\\d+)-\\d+.*");

  /// How much two looks at the start of one process may differ.
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private OwnedName() {}

  /// How the name of something of this process begins.
  ///
  /// @param kind one word in small letters
  public static String prefix(String kind) {
    return "latchkey-%s-%d-%d-"
        .formatted(
            kind, ProcessHandle.current().pid(), startMillis(ProcessHandle.current()).orElse(0L));
  }

  /// Removes what belongs to processes that are gone.
  public static void sweep() {
    sweep(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static void sweep(Path folder) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "latchkey-*")) {
      for (Path each : all) {
        if (isOrphan(each)) {
          removeIfOurs(each);
        }
      }
    } catch (IOException _) {
      // a temporary folder that cannot be listed holds nothing that this user could clean
    }
  }

  private static boolean isOrphan(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(name.group(1)));
    Instant start = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
    return process.isEmpty() || isAnother(process.get(), start);
  }

  /// Whether the id was given to another process; not when nobody tells when either started.
  private static boolean isAnother(ProcessHandle process, Instant start) {
    return start.toEpochMilli() > 0
        && startMillis(process)
            .map(Instant::ofEpochMilli)
            .filter(now -> Duration.between(start, now).abs().compareTo(SAME_START) > 0)
            .isPresent();
  }

  private static Optional<Long> startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli);
  }

  private static void removeIfOurs(Path path) {
    try {
      remove(path);
    } catch (IOException _) {
      // another user's, or another run sweeps too
    }
  }

  /// Removes a file, or a folder with all that is in it; follows no link.
  public static void remove(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
