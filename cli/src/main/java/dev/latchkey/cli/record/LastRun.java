// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The last run of an application, read from the events that it left in the working folder.
///
/// A run that was killed counts as well: what it did not bring to an end failed.
///
/// @param run its id
/// @param failed the clusters that failed, went back, or were not begun
public record LastRun(String run, Set<ClusterName> failed) {
  private static final Set<String> GOOD = Set.of("changed", "unchanged", "skipped");

  public LastRun {
    failed = Set.copyOf(failed);
  }

  /// The newest run that deployed or verified the application.
  ///
  /// @param folder the working folder
  public static Optional<LastRun> of(Path folder, String application) {
    return new RunFolders(folder)
        .newestFirst().stream()
            .filter(run -> Files.isRegularFile(run.resolve("events.jsonl")))
            .flatMap(run -> read(run, application).stream())
            .findFirst();
  }

  private static Optional<LastRun> read(Path run, String application) {
    List<JsonNode> events = events(run.resolve("events.jsonl"));
    boolean ours =
        events.stream()
            .filter(event -> event.path("event").asString().equals("planned"))
            .anyMatch(event -> event.path("application").asString().equals(application));
    boolean acted =
        events.stream()
            .map(event -> event.path("event").asString())
            .anyMatch(
                name ->
                    name.equals("stepStarted")
                        || name.equals("stepEnded")
                        || name.equals("withheld"));
    return ours && acted ? Optional.of(new LastRun(name(run), failed(events))) : Optional.empty();
  }

  private static Set<ClusterName> failed(List<JsonNode> events) {
    var failed = new LinkedHashSet<ClusterName>();
    for (JsonNode event : events) {
      event
          .path("clusters")
          .forEach(cluster -> failed.add(new ClusterName(cluster.path("name").asString())));
      if (event.has("cluster")) {
        var cluster = new ClusterName(event.path("cluster").asString());
        if (provesSuccess(event)) {
          failed.remove(cluster);
        } else {
          failed.add(cluster);
        }
      }
    }
    return failed;
  }

  /// Step 6 is the last one: a cluster on which it ended well is as wanted, until another event
  /// tells otherwise.
  private static boolean provesSuccess(JsonNode event) {
    return event.path("event").asString().equals("stepEnded")
        && event.path("step").asString().equals(Step.VERIFICATION.key())
        && GOOD.contains(event.path("outcome").asString());
  }

  /// The events of a run; a line that was cut off when the run was killed is left out.
  private static List<JsonNode> events(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.flatMap(line -> event(line).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<JsonNode> event(String line) {
    try {
      return Optional.of(JsonMapper.shared().readTree(line));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static String name(Path run) {
    return String.valueOf(run.getFileName());
  }
}
