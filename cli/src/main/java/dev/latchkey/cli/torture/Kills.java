// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.cli.command.Scratch;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.message.Witness;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import dev.latchkey.sandbox.state.SavedWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;

/// Kills the packaged program itself (SIGKILL) at the first request of each kind, and runs it
/// again: what an engine in this process cannot show, such as what its files and child threads
/// leave.
final class Kills {
  private final Surroundings around;
  private final Options options;
  private final SavedWorld beginning;
  private final Picture end;
  private final List<RequestKind> kinds;

  private Kills(
      Surroundings around,
      Options options,
      SavedWorld beginning,
      Picture end,
      Set<RequestKind> kinds) {
    this.around = around;
    this.options = options;
    this.beginning = beginning;
    this.end = end;
    this.kinds = List.copyOf(kinds);
  }

  /// How a kill ended.
  ///
  /// @param wrong what is not as it has to be; nothing when the next run converged
  record Verdict(RequestKind kind, List<String> wrong) {
    Verdict {
      wrong = List.copyOf(wrong);
    }
  }

  /// Runs the program once undisturbed, to know its requests and its end.
  static Kills prepared(Surroundings around, Options options)
      throws IOException, InterruptedException {
    var kinds = new ConcurrentSkipListSet<RequestKind>();
    try (Sandbox sandbox = Sandbox.start(options);
        Scratch scratch = Scratch.of(around, Optional.empty())) {
      SavedWorld beginning = sandbox.saved();
      sandbox.let(
          (ask, service) -> {
            kinds.add(RequestKind.of(ask));
            return service.answer(ask);
          });
      int exit = program(around, sandbox, scratch.folder()).waitFor();
      if (exit != 0) {
        throw new IllegalStateException("an undisturbed run ends with " + exit);
      }
      SavedWorld end = sandbox.saved();
      return new Kills(
          around, options, Arena.with(beginning, end, options.seed()), Picture.of(end), kinds);
    }
  }

  /// The kinds of requests that a run sends.
  List<RequestKind> kinds() {
    return kinds;
  }

  /// Kills at the first request of a kind.
  Verdict at(RequestKind kind) throws IOException, InterruptedException {
    try (Sandbox sandbox = Sandbox.start(options.withSaved(beginning));
        Scratch scratch = Scratch.of(around, Optional.empty())) {
      var killer = new Killer(kind);
      sandbox.let(killer);
      Process first = program(around, sandbox, scratch.folder());
      killer.victim(first);
      int exit = first.waitFor();
      var wrong = new ArrayList<String>();
      if (!killer.hasKilled()) {
        wrong.add("the run sent no such request, and ended with " + exit);
      }
      sandbox.let((ask, service) -> service.answer(ask));
      int second = program(around, sandbox, scratch.folder()).waitFor();
      if (second != 0) {
        wrong.add("the second run ends with " + second);
      }
      wrong.addAll(end.differences(Picture.of(sandbox.saved())));
      return new Verdict(kind, wrong);
    }
  }

  /// Starts `latchkey deploy` as a process of its own; what it prints goes nowhere.
  private static Process program(Surroundings around, Sandbox sandbox, Path folder)
      throws IOException {
    var command =
        new ProcessBuilder(
                around.home().resolve("bin").resolve("latchkey").toString(),
                "deploy",
                "-f",
                folder.resolve("latchkey.yaml").toString(),
                "--credential",
                "workload")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    command.environment().putAll(sandbox.writeTo(folder));
    return command.start();
  }

  /// Kills once, and answers nothing from then on.
  private static final class Killer implements Witness {
    private final RequestKind kind;
    private final AtomicReference<Optional<Process>> victim =
        new AtomicReference<>(Optional.empty());
    private volatile boolean killed;

    Killer(RequestKind kind) {
      this.kind = kind;
    }

    void victim(Process process) {
      victim.set(Optional.of(process));
    }

    boolean hasKilled() {
      return killed;
    }

    @Override
    public Answer answer(Ask ask, Service service) {
      if (!killed && RequestKind.of(ask).equals(kind)) {
        victim.get().ifPresent(Killer::kill);
        killed = true;
      }
      return killed ? Answer.empty(400) : service.answer(ask);
    }

    private static void kill(Process process) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      Process _ = process.destroyForcibly();
    }
  }
}
