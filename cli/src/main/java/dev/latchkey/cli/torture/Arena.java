// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.cli.command.Scratch;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import dev.latchkey.sandbox.state.SavedWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A sandbox in virtual time, and the fleet that its file describes.
final class Arena implements AutoCloseable {
  final VirtualTime time;
  final Sandbox sandbox;
  Reading.Accepted wanted;
  private Map<String, String> environment;
  private final Scratch scratch;

  private Arena(Surroundings around, Options options, VirtualTime time) throws IOException {
    this.time = time;
    this.sandbox = Sandbox.start(options.withTime(time));
    this.scratch = Scratch.of(around, Optional.empty());
    this.environment = sandbox.writeTo(scratch.folder());
    this.wanted = read(scratch.folder().resolve("latchkey.yaml"), environment);
    time.drive(sandbox);
  }

  /// A world as it is at the beginning.
  static Arena begun(Surroundings around, Options options) throws IOException {
    return new Arena(around, options, time(around, around.time().now()));
  }

  /// The same once more, its keys included: making them takes long.
  static Arena again(Surroundings around, Options options, SavedWorld world) throws IOException {
    return new Arena(around, options.withSaved(world), time(around, world.savedAt()));
  }

  /// A world with the keys of another one, and what comes decided by another seed.
  static SavedWorld with(SavedWorld world, SavedWorld other, long seed) {
    return new SavedWorld(
        world.version(),
        world.savedAt(),
        world.port(),
        world.clusters(),
        seed,
        world.clockAhead(),
        world.asked(),
        other.keys(),
        world.directory(),
        world.azure(),
        world.secrets(),
        world.kubernetes());
  }

  private static VirtualTime time(Surroundings around, Instant start) {
    return new VirtualTime(around.time(), start);
  }

  private static Reading.Accepted read(Path file, Map<String, String> environment)
      throws IOException {
    return switch (FleetFile.read(file, environment)) {
      case Reading.Accepted wanted -> wanted;
      case Reading.Selecting _ -> throw new IllegalStateException("it names its clusters");
      case Reading.Refused refused ->
          throw new IllegalStateException(
              "the sandbox's own file is right: " + refused.mistakes().render());
    };
  }

  /// The variables by which engines find the sandbox and sign in.
  Map<String, String> environment() {
    return environment;
  }

  /// Lets engines sign in otherwise.
  void signInBy(UnaryOperator<Map<String, String>> change) {
    environment = Map.copyOf(change.apply(environment));
  }

  /// Lets engines deploy another fleet.
  void want(UnaryOperator<Fleet> change) {
    wanted = new Reading.Accepted(change.apply(wanted.fleet()), wanted.limits());
  }

  /// Lets engines wait by other limits.
  void limit(UnaryOperator<Limits> change) {
    wanted = new Reading.Accepted(wanted.fleet(), change.apply(wanted.limits()));
  }

  /// Runs an engine from its beginning to its end.
  ///
  /// @throws HangException when it has none
  Summary deploy(List<Listener> listeners) throws InterruptedException {
    return deploy(time.life(), listeners);
  }

  /// The same for an engine that may die meanwhile.
  Summary deploy(VirtualTime.Life life, List<Listener> listeners) throws InterruptedException {
    try {
      Summary summary = new Engine(time, life, environment, wanted).deploy(listeners);
      refuseHang();
      return summary;
    } catch (InterruptedException e) { // so an engine that hangs is let go
      refuseHang();
      throw e;
    }
  }

  private void refuseHang() {
    if (!time.stopped().isEmpty()) {
      throw new HangException(time.stopped());
    }
  }

  @Override
  public void close() throws IOException {
    time.close();
    sandbox.close();
    scratch.close();
  }
}
