// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.cli.render.LastDeploy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads in the records of this directory when each cluster was deployed last, and how that ended.
public final class LastDeploys {
  private static final int STEPS = 6;

  private final String application;
  private final Set<String> wanted;
  private final Map<String, LastDeploy> found = new HashMap<>();

  private LastDeploys(String application, Collection<String> clusters) {
    this.application = application;
    this.wanted = new HashSet<>();
    clusters.forEach(id -> wanted.add(id.toLowerCase(Locale.ROOT)));
  }

  /// The last deployment of each cluster that has one, by the cluster's id in lower case.
  ///
  /// Looks at the newest records first and no further than needed. A record that cannot be read, or
  /// whose last line was cut off, is taken as far as it goes.
  public static Map<String, LastDeploy> of(
      RunFolders folders, String application, Collection<String> clusters) {
    var last = new LastDeploys(application, clusters);
    for (Path folder : folders.newestFirst()) {
      if (last.found.keySet().containsAll(last.wanted)) {
        break;
      }
      last.read(folder);
    }
    return Map.copyOf(last.found);
  }

  private void read(Path folder) {
    var run = new Run();
    try (Stream<String> lines = Files.lines(folder.resolve("events.jsonl"))) {
      lines
          .filter(LastDeploys::matters)
          .forEach(line -> run.take(JsonMapper.shared().readTree(line)));
    } catch (IOException | UncheckedIOException | JacksonException e) {
      // what was read before counts
    }
    run.ids.forEach(
        (name, id) -> {
          if (run.acted.contains(name) && wanted.contains(id)) {
            found.putIfAbsent(
                id,
                new LastDeploy(
                    folder.getFileName().toString(),
                    run.at,
                    ending(run.outcomes.getOrDefault(name, List.of()))));
          }
        });
  }

  private static boolean matters(String line) {
    return line.contains("\"event\":\"planned\"")
        || line.contains("\"event\":\"stepStarted\"")
        || line.contains("\"event\":\"stepEnded\"");
  }

  private static String ending(List<String> outcomes) {
    for (String word : List.of("failed", "skipped", "notStarted")) {
      if (outcomes.contains(word)) {
        return word;
      }
    }
    if (outcomes.size() < STEPS) {
      return "cut";
    }
    return outcomes.contains("changed") ? "changed" : "unchanged";
  }

  /// One record; the plan of a proof has no clusters, so that `verify` is no deployment.
  private final class Run {
    private Instant at = Instant.EPOCH;
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> acted = new HashSet<>();
    private final Map<String, List<String>> outcomes = new HashMap<>();

    void take(JsonNode line) {
      String cluster = line.path("cluster").asString("");
      switch (line.path("event").asString("")) {
        case "planned" -> plan(line);
        case "stepStarted" -> acted.add(cluster);
        case "stepEnded" -> {
          acted.add(cluster);
          outcomes.merge(
              cluster,
              List.of(line.path("outcome").asString("")),
              (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
        }
        default -> {} // the other events tell nothing of how a cluster ended
      }
    }

    private void plan(JsonNode line) {
      if (line.path("application").asString("").equals(application)) {
        at = Instant.parse(line.path("at").asString(""));
        line.path("clusters")
            .valueStream()
            .forEach(
                each ->
                    ids.put(
                        each.path("name").asString(""),
                        each.path("id").asString("").toLowerCase(Locale.ROOT)));
      }
    }
  }
}
