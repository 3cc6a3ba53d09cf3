// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.fault.FaultRule;
import dev.latchkey.sandbox.node.Program;
import dev.latchkey.sandbox.state.SavedWorld;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a sandbox is to be.
///
/// @param port of the front; 0 for any
/// @param size how many clusters, and where they lie
/// @param seed decides every generated id, lag and fault
/// @param programs real pods: by the beginning of an image's name what runs for it as a child
///   process; without them pods become ready by themselves
/// @param chart the chart that the fleet's file names; without it the file's own `charts/workload`
/// @param requestLog the file that gets one line per request
/// @param faults what fails beside what the profile has
/// @param time a test's clock; the machine's when empty
/// @param saved the world to begin with; the default fleet when empty
public record Options(
    int port,
    Size size,
    long seed,
    Profile profile,
    Optional<Map<String, Program>> programs,
    Optional<Path> chart,
    Optional<Path> requestLog,
    List<FaultRule> faults,
    Optional<InstantSource> time,
    Optional<SavedWorld> saved) {

  /// How many clusters there are, and where they lie.
  ///
  /// @param clusters from 1 to 10,000
  /// @param perSubscription how many lie in each subscription, at least 1
  public record Size(int clusters, int perSubscription) {
    public Size {
      if (clusters < 1 || clusters > 10_000) {
        throw new IllegalArgumentException("between 1 and 10,000 clusters, not " + clusters);
      }
      if (perSubscription < 1) {
        throw new IllegalArgumentException("at least one cluster lies in a subscription");
      }
    }

    Size of(int other) {
      return new Size(other, perSubscription);
    }
  }

  /// How fast, how patient, how reliable and how strict the simulated Azure is.
  ///
  /// @param pace divides durations and lags
  public record Profile(
      Pace pace, Throttling throttling, Faults faults, UnknownSecretScopes unknownSecretScopes) {
    /// No durations, no limits, no faults.
    public static final Profile INSTANT =
        new Profile(Pace.INSTANT, Throttling.OFF, Faults.NONE, UnknownSecretScopes.ACCEPTED);

    /// Azure's own durations and limits.
    public static final Profile AZURE =
        new Profile(Pace.AZURE, Throttling.AZURE, Faults.NONE, UnknownSecretScopes.ACCEPTED);

    /// Azure's durations and limits, and one request in fifty fails.
    public static final Profile STORMY =
        new Profile(Pace.AZURE, Throttling.AZURE, Faults.ROUGH, UnknownSecretScopes.ACCEPTED);

    /// The same at another pace, such as 14 for the demo.
    public Profile at(double divisor) {
      return new Profile(new Pace(divisor), throttling, faults, unknownSecretScopes);
    }

    /// The same with lags as long as they may be.
    public Profile withLongestLags() {
      return new Profile(pace.withLongestLags(), throttling, faults, unknownSecretScopes);
    }

    /// The same with another answer to roles at secrets that do not exist.
    public Profile withUnknownSecretScopes(UnknownSecretScopes other) {
      return new Profile(pace, throttling, faults, other);
    }
  }

  /// Whether callers are held to Azure's request limits.
  public enum Throttling {
    /// They are not.
    OFF,
    /// They are.
    AZURE
  }

  /// How often the wire fails, and whether replicas differ.
  public enum Faults {
    /// Never, and they do not.
    NONE,
    /// One request in fifty, and they do.
    ROUGH;

    List<FaultRule> rules() {
      return switch (this) {
        case NONE -> List.of();
        case ROUGH -> Storm.RULES;
      };
    }
  }

  public Options {
    faults = List.copyOf(faults);
  }

  /// Three clusters at any port, at once and without limits.
  public static Options defaults() {
    return new Options(
        0,
        new Size(3, 100),
        1,
        Profile.INSTANT,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /// How many clusters there are.
  public int clusters() {
    return size.clusters();
  }

  /// The same with another port.
  public Options withPort(int other) {
    return new Options(
        other, size, seed, profile, programs, chart, requestLog, faults, time, saved);
  }

  /// The same with another number of clusters.
  public Options withClusters(int other) {
    return new Options(
        port, size.of(other), seed, profile, programs, chart, requestLog, faults, time, saved);
  }

  /// The same with another number of clusters in each subscription.
  public Options withPerSubscription(int other) {
    return new Options(
        port,
        new Size(size.clusters(), other),
        seed,
        profile,
        programs,
        chart,
        requestLog,
        faults,
        time,
        saved);
  }

  /// The same with another seed.
  public Options withSeed(long other) {
    return new Options(
        port, size, other, profile, programs, chart, requestLog, faults, time, saved);
  }

  /// The same with another profile.
  public Options withProfile(Profile other) {
    return new Options(port, size, seed, other, programs, chart, requestLog, faults, time, saved);
  }

  /// The same with a request log.
  public Options withRequestLog(Path file) {
    return new Options(
        port, size, seed, profile, programs, chart, Optional.of(file), faults, time, saved);
  }

  /// The same with other faults.
  public Options withFaults(List<FaultRule> other) {
    return new Options(port, size, seed, profile, programs, chart, requestLog, other, time, saved);
  }

  /// The same with a clock.
  public Options withTime(InstantSource other) {
    return new Options(
        port, size, seed, profile, programs, chart, requestLog, faults, Optional.of(other), saved);
  }

  /// The same with a saved world, whose seed and number of clusters count. Without a port of its
  /// own the sandbox takes the world's, and any if that is taken.
  public Options withSaved(SavedWorld world) {
    return new Options(
        port,
        size.of(world.clusters()),
        world.seed(),
        profile,
        programs,
        chart,
        requestLog,
        faults,
        time,
        Optional.of(world));
  }

  /// The same with real pods.
  public Options withPrograms(Map<String, Program> real) {
    return new Options(
        port,
        size,
        seed,
        profile,
        Optional.of(Map.copyOf(real)),
        chart,
        requestLog,
        faults,
        time,
        saved);
  }

  /// The same with a chart for the fleet's file.
  public Options withChart(Path folder) {
    return new Options(
        port, size, seed, profile, programs, Optional.of(folder), requestLog, faults, time, saved);
  }
}
