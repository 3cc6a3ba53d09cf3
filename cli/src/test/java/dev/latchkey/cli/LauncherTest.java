// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The launcher of a source checkout, in a checkout whose Maven and Java are small scripts.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launchers under test are shell scripts")
class LauncherTest {
  private static final Path PROJECT = Path.of(System.getProperty("latchkey.root", "."));
  private static final String HELPER = "cli/src/main/dist/bin/jdk.sh";

  /// Says what it was given, and ends with a code of its own.
  private static final String JAVA =
      """
      #!/bin/sh
      echo "java $*"
      env | grep -E '^(HELM_|KUBECONFIG)'
      exit 7
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >>builds
      mkdir -p cli/target/quick/dist/latchkey/lib
      """;

  @TempDir Path checkout;
  private Path jdk;
  private Path source;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void layOutACheckout() throws IOException {
    copy("latchkey");
    copy(HELPER);
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
    source = Files.writeString(checkout.resolve("cli/src/main/Main.java"), "class Main {}");
    jdk = jdk("jdk-25", "25.0.3");
    script("bin/mvn", MAVEN);
  }

  @Test
  void buildsOnFirstUseAndOnlyThen() throws Exception {
    var first = launch(Map.of());
    var second = launch(Map.of());

    assertThat(first.err())
        .matches("Building latchkey \\(once; log in target/build\\.log\\) … \\d+ s\n");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    launch(Map.of());
    var built = Files.getLastModifiedTime(checkout.resolve("cli/target/quick/dist/latchkey.built"));
    Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plus(Duration.ofMillis(10))));

    launch(Map.of());

    assertThat(builds()).hasSize(2);
  }

  @Test
  void buildsOnceForTwoThatStartTogether() throws Exception {
    var one = start(Map.of());
    var other = start(Map.of());

    assertThat(List.of(ended(one).code(), ended(other).code())).containsOnly(7);
    assertThat(builds()).hasSize(1);
  }

  @Test
  void buildsAlthoughAKilledBuildLeftItsLock() throws Exception {
    Files.createDirectories(checkout.resolve("target/build.lock"));
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(checkout.resolve("target/build.lock/pid"), dead.pid() + "\n");

    launch(Map.of());

    assertThat(builds()).hasSize(1);
  }

  @Test
  void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
    script("bin/mvn", "#!/bin/sh\necho '[ERROR] Main.java:[1,7] a brace is missing'\nexit 1\n");

    var ended = launch(Map.of());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            """
            Building latchkey (once; log in target/build.log) … failed
            [ERROR] Main.java:[1,7] a brace is missing
            latchkey: the build failed; the whole log is in %s/target/build.log
            """
                .formatted(checkout.toRealPath()));
  }

  @Test
  void handsArgumentsAndExitCodeThrough() throws Exception {
    var ended = ended(start(Map.of(), "deploy", "-f", "two words.yaml"));

    assertThat(ended.out()).endsWith("dev.latchkey.cli.Main deploy -f two words.yaml\n");
    assertThat(ended.code()).isEqualTo(7);
  }

  @Test
  void takesTheVariablesOfHelmAndKubectlOutOfTheEnvironment() throws Exception {
    var ended = launch(Map.of("HELM_KUBETOKEN", "t", "HELM_DRIVER", "memory", "KUBECONFIG", "k"));

    assertThat(ended.out()).startsWith("java ").doesNotContain("HELM_", "KUBECONFIG");
  }

  @Test
  void passesOverAJavaHomeThatIsTooOld() throws Exception {
    var old = jdk("jdk-21", "21.0.9");
    script("jdk-21/bin/java", "#!/bin/sh\necho old\n");

    var ended =
        launch(
            Map.of(
                "JAVA_HOME",
                old.toString(),
                "PATH",
                jdk.resolve("bin") + ":" + checkout.resolve("bin") + ":" + System.getenv("PATH")));

    assertThat(ended.out()).startsWith("java ");
  }

  private Ended launch(Map<String, String> environment) throws Exception {
    return ended(start(environment, "--version"));
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    var command =
        Stream.concat(Stream.of(checkout.resolve("latchkey").toString()), Stream.of(arguments));
    var builder = new ProcessBuilder(command.toList());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", checkout.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended ended(Process process) throws Exception {
    try (var out = process.inputReader();
        var err = process.errorReader()) {
      String written = out.readAllAsString();
      String said = err.readAllAsString();
      return new Ended(process.waitFor(), written, said);
    }
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(checkout.resolve("builds"));
  }

  private Path jdk(String name, String version) throws IOException {
    script(name + "/bin/java", JAVA);
    Files.writeString(
        checkout.resolve(name + "/release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    return checkout.resolve(name);
  }

  private void script(String path, String text) throws IOException {
    var file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void copy(String path) throws IOException {
    var target = checkout.resolve(path);
    Files.createDirectories(target.getParent());
    Files.copy(PROJECT.resolve(path), target);
    assertThat(target.toFile().setExecutable(true)).isTrue();
  }
}
