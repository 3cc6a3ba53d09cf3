// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.node.Program;
import dev.latchkey.sandbox.server.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No token and no secret value shows up in anything that latchkey prints, logs or writes.
class LeakIT {
  @TempDir Path root;

  @Test
  void neitherTokenNorSecretIsPrintedLoggedOrWritten() throws Exception {
    try (World world = World.start(root, Options.defaults().withPrograms(realPods()))) {
      Path home = Files.createDirectories(root.resolve("home"));
      Path temporary = Files.createDirectories(root.resolve("temporary"));
      Console console = console(world, home, temporary);
      var places = new LinkedHashMap<String, String>();
      var words =
          List.of(
              "deploy", "-f", world.fleet(), "--debug", "--output", "json", "--report", "r.html");

      places.putAll(watched(world, console, words));
      places.putAll(watched(world, console.with(inPipeline()), credential(words)));
      places.putAll(watched(world, console, List.of("verify", "-f", world.fleet(), "--debug")));

      for (Path folder : List.of(console.folder(), home, temporary)) {
        places.putAll(files(folder));
      }
      places.put("request log", Files.readString(world.log()));
      assertThat(places).hasSizeGreaterThan(10);
      assertNothingLeaks(places, world);
      assertThat(places).noneSatisfy((_, text) -> assertThat(text).contains("client-key-data"));
      assertThat(temporary).isEmptyDirectory();
      RequestLogs.keep("latchkey", world);
    }
  }

  private static void assertNothingLeaks(Map<String, String> places, World world) {
    Set<String> hidden = new HashSet<>(world.sandbox().tokensIssued());
    hidden.addAll(world.sandbox().secretsIssued());
    assertThat(world.sandbox().tokensIssued()).hasSizeGreaterThan(10);
    assertThat(world.sandbox().secretsIssued()).hasSize(4);
    places.forEach(
        (place, text) ->
            assertThat(hidden.stream().filter(text::contains).map(LeakIT::kind).toList())
                .as(place)
                .isEmpty());
  }

  /// Tells which value it was without telling it.
  private static String kind(String value) {
    return value.startsWith("ey") ? "a token" : "a secret of " + value.length() + " characters";
  }

  /// Runs latchkey to its end; when it is at work on a cluster, reads the arguments of its process
  /// and of those that it started.
  private static Map<String, String> watched(World world, Console console, List<String> words)
      throws Exception {
    var arguments = new StringBuilder();
    try (Halt atWork = Halt.at(world, "GET", "/namespaces/orders");
        Running running = console.start(words.toArray(String[]::new))) {
      atWork.await();
      Stream.concat(Stream.of(running.handle()), running.handle().descendants())
          .forEach(process -> arguments.append(process.info().commandLine().orElse("")));
      atWork.release();
      Ended ended = running.end();
      assertThat(ended.code()).as(ended.all()).isZero();
      String name = String.join(" ", words) + console.variables().getOrDefault("TF_BUILD", "");
      return Map.of(
          name + ": output", ended.out(),
          name + ": errors", ended.err(),
          name + ": arguments", arguments.toString());
    }
  }

  private static Map<String, String> files(Path folder) throws IOException {
    var found = new LinkedHashMap<String, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return found;
  }

  private static Console console(World world, Path home, Path temporary) {
    return world
        .console()
        .with(
            Map.of(
                "HOME", home.toString(),
                "TMPDIR", temporary.toString(),
                "JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary));
  }

  private static Map<String, String> inPipeline() {
    return Map.of("TF_BUILD", "True");
  }

  private static List<String> credential(List<String> words) {
    return Stream.concat(words.stream(), Stream.of("--credential", "workload")).toList();
  }

  static Map<String, Program> realPods() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return Map.of(
        "latchkey-sample-app",
        new Program(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-cp",
                Console.DISTRIBUTION.resolve("lib") + "/*",
                "dev.latchkey.sample.Main"),
            Map.of("LATCHKEY_EXIT_WITH_STDIN", "1", "PATH", System.getenv("PATH")),
            Console.DISTRIBUTION));
  }
}
