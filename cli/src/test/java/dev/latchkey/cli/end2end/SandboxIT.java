// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `latchkey sandbox` as scripts use it.
class SandboxIT {
  private static final String PROGRAM = Console.DISTRIBUTION.resolve("bin/latchkey").toString();

  @TempDir Path folder;

  @Test
  void runEndsWithTheExitCodeOfTheCommandAndHandsItItsVariables() throws Exception {
    Ended ended =
        run("sh", "-c", "test -f \"$LATCHKEY_SANDBOX_DIR/latchkey.yaml\" && echo found; exit 7");

    assertThat(ended).isEqualTo(new Ended(7, "found\n", ""));
  }

  @Test
  void runSaysThatThereIsNoSuchCommand() throws Exception {
    Ended ended = run("no-such-command");

    assertThat(ended.code()).isEqualTo(127);
    assertThat(ended.err()).startsWith("latchkey: cannot run `no-such-command`: ");
  }

  @Test
  void runLeavesNoFileBehind() throws Exception {
    Ended ended = run("sh", "-c", "echo $LATCHKEY_SANDBOX_DIR");

    assertThat(Path.of(ended.out().strip())).isAbsolute().doesNotExist();
  }

  @Test
  void nothingButLoopbackIsOffered() throws Exception {
    Ended ended = console().latchkey("sandbox", "start", "--host", "0.0.0.0");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Unknown option");
  }

  @Test
  void everySocketThatServesIsOnLoopback() throws Exception {
    try (Running sandbox = console().start("sandbox", "start", "--profile", "instant")) {
      sandbox.say("Stop it with Ctrl-C.");

      assertThat(Sockets.listening(sandbox.handle().pid()))
          .hasSizeGreaterThanOrEqualTo(4)
          .allMatch(address -> address.isLoopbackAddress());
    }
  }

  @Test
  void startEndsSoonAfterItIsToldAndLeavesNoPodRunning() throws Exception {
    try (Running sandbox =
        console()
            .start(
                "sandbox",
                "start",
                "--dir",
                "sandbox",
                "--profile",
                "instant",
                "--pods",
                "real",
                "--clusters",
                "1")) {
      sandbox.say("Stop it with Ctrl-C.");
      Ended deployed =
          console()
              .run(
                  "sh",
                  "-c",
                  ". sandbox/sandbox.env && exec " + PROGRAM + " deploy -f sandbox/latchkey.yaml");
      assertThat(deployed.code()).as(deployed.all()).isZero();
      List<ProcessHandle> pods = sandbox.handle().descendants().toList();
      assertThat(pods).isNotEmpty();

      sandbox.signal("TERM");

      assertThat(sandbox.end().code()).isEqualTo(128 + 15);
      assertThat(pods).noneMatch(ProcessHandle::isAlive);
    }
  }

  private Ended run(String... command) throws Exception {
    var words =
        new ArrayList<>(
            List.of("sandbox", "run", "--profile", "instant", "--pods", "simulated", "--"));
    words.addAll(List.of(command));
    return console().latchkey(words.toArray(String[]::new));
  }

  private Console console() {
    return new Console(folder, Map.of());
  }
}
