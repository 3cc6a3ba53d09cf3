// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of the distribution and its cache of classes, with a Java that is a small script.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launchers under test are shell scripts")
class ClassCacheTest {
  private static final Path BIN =
      Path.of(System.getProperty("latchkey.root", "."), "cli/src/main/dist/bin");

  /// Says what it was given; makes the cache that it is told to make.
  private static final String JAVA =
      """
      #!/bin/sh
      echo "java $*"
      for word in "$@"; do
        case $word in
          -XX:AOTCacheOutput=*) echo classes >"${word#*=}" ;;
        esac
      done
      """;

  @TempDir Path folder;
  private Path cache;
  private Path classes;

  @BeforeEach
  void layOutADistribution() throws IOException {
    for (String name : new String[] {"latchkey", "jdk.sh"}) {
      Files.createDirectories(folder.resolve("bin"));
      Files.copy(BIN.resolve(name), folder.resolve("bin").resolve(name));
    }
    write("lib/BUILD", "abc123\n");
    write("jdk/bin/java", JAVA);
    write(
        "jdk/release",
        """
        JAVA_RUNTIME_VERSION="25.0.3+9-LTS"
        JAVA_VERSION="25.0.3"
        """);
    Stream.of("bin/latchkey", "jdk/bin/java")
        .forEach(file -> assertThat(folder.resolve(file).toFile().setExecutable(true)).isTrue());
    cache = folder.resolve("cache");
    classes = cache.resolve("classes");
  }

  @Test
  void theFirstCommandMakesTheCacheAndTheSecondUsesIt() throws Exception {
    Files.createDirectories(classes);
    try (WatchService watch = classes.getFileSystem().newWatchService()) {
      classes.register(watch, StandardWatchEventKinds.ENTRY_CREATE);

      String first = launch(Map.of());
      Path made = made(watch);
      String second = launch(Map.of());

      assertThat(first).doesNotContain("AOTCache");
      assertThat(made.getFileName()).hasToString("abc123-25.0.3+9-LTS.aot");
      assertThat(second).contains("-XX:AOTCache=" + made);
    }
  }

  @Test
  void anotherBuildTakesNoCacheOfThisOne() throws Exception {
    write("cache/classes/abc123-25.0.3+9-LTS.aot", "classes");
    write("lib/BUILD", "def456\n");
    try (WatchService watch = classes.getFileSystem().newWatchService()) {
      classes.register(watch, StandardWatchEventKinds.ENTRY_CREATE);

      assertThat(launch(Map.of())).doesNotContain("AOTCache");
      // it makes its own in the background, which must be over before the folder goes
      assertThat(made(watch).getFileName()).hasToString("def456-25.0.3+9-LTS.aot");
    }
  }

  @Test
  void aCacheThatCouldNotBeMadeIsNotTriedAgain() throws Exception {
    write("cache/classes/abc123-25.0.3+9-LTS.aot.tried", "");

    launch(Map.of());

    assertThat(classes).isDirectoryContaining("glob:**.tried");
    try (Stream<Path> files = Files.list(classes)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anAgentOfAPipelineMakesNoCache() throws Exception {
    launch(Map.of("TF_BUILD", "True"));

    assertThat(cache).doesNotExist();
  }

  @Test
  void theCacheCanBeSwitchedOff() throws Exception {
    launch(Map.of("LATCHKEY_CACHE", "off"));

    assertThat(cache).doesNotExist();
    assertThat(folder.resolve("off")).doesNotExist();
  }

  private String launch(Map<String, String> variables) throws Exception {
    var builder = new ProcessBuilder(folder.resolve("bin/latchkey").toString(), "--version");
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(Set.of("PATH"));
    environment.putAll(
        new HashMap<>(
            Map.of(
                "JAVA_HOME",
                folder.resolve("jdk").toString(),
                "LATCHKEY_CACHE",
                cache.toString())));
    environment.putAll(variables);
    Process process = builder.directory(folder.toFile()).start();
    try (var out = process.inputReader()) {
      return out.readAllAsString();
    }
  }

  /// The finished cache: the background process gives it its name at the end.
  private Path made(WatchService watch) throws InterruptedException {
    while (true) {
      var key = watch.poll(120, TimeUnit.SECONDS);
      assertThat(key).as("the cache is made within two minutes").isNotNull();
      for (var event : key.pollEvents()) {
        if (event.context() instanceof Path name && name.toString().endsWith(".aot")) {
          return classes.resolve(name);
        }
      }
      key.reset();
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
