// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.cli.render.PlanDocument;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.run.Approval;
import dev.latchkey.core.run.Planning;
import dev.latchkey.core.step.Premises;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan in a file, with all that it depends on; described in `docs/output.md`.
///
/// Approves a later plan only when both what is wanted and what was seen are the same, cluster by
/// cluster, and when it would do the same.
public final class SavedPlan implements Approval {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FORMAT = "latchkey-plan";
  private static final int VERSION = 1;
  private static final String FINGERPRINT = "[0-9a-f]{16}";

  private final Path file;
  private final Map<String, JsonNode> changes;
  private final Map<String, Premises> premises;

  private SavedPlan(Path file, Map<String, JsonNode> changes, Map<String, Premises> premises) {
    this.file = file;
    this.changes = changes;
    this.premises = premises;
  }

  /// Writes a plan.
  public static void write(Path file, Planning planning, String latchkey, Instant now)
      throws IOException {
    ObjectNode document = JSON.createObjectNode();
    document.put("format", FORMAT).put("version", VERSION);
    document.put("latchkey", latchkey).put("madeAt", now.toString());
    document.put("application", planning.plan().fleet().application());
    document.set("clusters", PlanDocument.clusters(planning.plan()));
    ArrayNode all = document.putArray("premises");
    premises(planning)
        .forEach(
            (cluster, premises) -> {
              ObjectNode node = all.addObject().put("cluster", cluster);
              ObjectNode wanted = node.putObject("wanted");
              premises.wanted().forEach(wanted::put);
              ObjectNode observed = node.putObject("observed");
              premises.observed().forEach(observed::put);
            });
    Files.writeString(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
  }

  /// Reads a plan; ends in a [SavedPlanProblem].
  public static SavedPlan read(Path file) {
    JsonNode document = document(file);
    if (!document.path("format").asString("").equals(FORMAT)) {
      throw unreadable(file, "JSON without \"format\": \"%s\"".formatted(FORMAT));
    }
    if (document.path("version").asInt(0) != VERSION) {
      String seen = document.path("version").asString("(none)");
      throw new ProblemException(new SavedPlanProblem.OfOtherVersion(file, seen, VERSION));
    }
    Map<String, JsonNode> changes = new LinkedHashMap<>();
    for (JsonNode cluster : document.path("clusters")) {
      changes.put(cluster.path("name").asString(""), cluster);
    }
    Map<String, Premises> premises = new LinkedHashMap<>();
    for (JsonNode node : document.path("premises")) {
      premises.put(
          node.path("cluster").asString(""),
          new Premises(texts(node.path("wanted")), texts(node.path("observed"))));
    }
    if (changes.isEmpty() || !changes.keySet().equals(premises.keySet())) {
      throw unreadable(file, "a plan of which a part is missing");
    }
    return new SavedPlan(file, changes, premises);
  }

  private static JsonNode document(Path file) {
    try {
      String text = Files.readString(file);
      if (text.isBlank()) {
        throw unreadable(file, "an empty file");
      }
      return JSON.readTree(text);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file");
    } catch (IOException e) {
      throw unreadable(file, "it cannot be read: " + e.getMessage());
    } catch (JacksonException e) {
      throw unreadable(file, "no JSON");
    }
  }

  private static ProblemException unreadable(Path file, String detail) {
    return new ProblemException(new SavedPlanProblem.Unreadable(file, detail));
  }

  private static SortedMap<String, String> texts(JsonNode node) {
    var texts = new TreeMap<String, String>();
    node.properties().forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
    return texts;
  }

  @Override
  public void of(Planning planning) {
    Map<String, Premises> now = premises(planning);
    Map<String, JsonNode> planned = new LinkedHashMap<>();
    PlanDocument.clusters(planning.plan())
        .forEach(cluster -> planned.put(cluster.path("name").asString(""), cluster));
    Set<String> names = new LinkedHashSet<>(premises.keySet());
    names.addAll(now.keySet());
    SequencedMap<String, List<String>> differences = new LinkedHashMap<>();
    for (String name : names) {
      List<String> found = differences(name, now, planned);
      if (!found.isEmpty()) {
        differences.put(name, found);
      }
    }
    if (!differences.isEmpty()) {
      throw new ProblemException(new SavedPlanProblem.Outdated(file, differences));
    }
  }

  private List<String> differences(
      String cluster, Map<String, Premises> now, Map<String, JsonNode> planned) {
    Premises then = premises.get(cluster);
    Premises today = now.get(cluster);
    if (then == null) {
      return List.of("is not in the saved plan");
    }
    if (today == null) {
      return List.of("is in the saved plan, and not in this run");
    }
    var differences = new ArrayList<String>();
    for (String part : keys(then.wanted(), today.wanted())) {
      if (!text(then.wanted(), part).equals(text(today.wanted(), part))) {
        differences.add("the file, or a variable that it uses: " + part);
      }
    }
    for (String thing : keys(then.observed(), today.observed())) {
      String before = text(then.observed(), thing);
      String after = text(today.observed(), thing);
      if (!before.equals(after)) {
        differences.add(words(thing, before, after));
      }
    }
    if (differences.isEmpty() && !Objects.equals(planned.get(cluster), changes.get(cluster))) {
      differences.add(
          "other changes than this version plans, though they depend on the same: the file was"
              + " edited, or saved by another version");
    }
    return differences;
  }

  /// Fingerprints tell people nothing but that something differs.
  static String words(String thing, String before, String after) {
    boolean hidden = before.matches(FINGERPRINT) || after.matches(FINGERPRINT);
    return hidden
        ? thing + " changed"
        : thing + ": " + difference(before, after).replaceAll(" " + FINGERPRINT + "\\b", "");
  }

  /// Of things that are told by several words, those that differ.
  private static String difference(String before, String after) {
    List<String> one = List.of(before.split(", "));
    List<String> other = List.of(after.split(", "));
    if (one.size() != other.size()) {
      return "%s → %s".formatted(before, after);
    }
    return IntStream.range(0, one.size())
        .filter(i -> !one.get(i).equals(other.get(i)))
        .mapToObj(i -> "%s → %s".formatted(one.get(i), other.get(i)))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> keys(Map<String, String> one, Map<String, String> other) {
    var keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }

  private static String text(Map<String, String> texts, String key) {
    return texts.getOrDefault(key, "none");
  }

  private static Map<String, Premises> premises(Planning planning) {
    Map<ClusterName, String> waves = waves(planning.plan().fleet());
    Map<String, Premises> premises = new LinkedHashMap<>();
    for (Target target : planning.plan().fleet().targets()) {
      premises.put(
          target.name().value(),
          Premises.of(target, planning.snapshot().of(target.name()))
              .and("rollout", waves.getOrDefault(target.name(), "")));
    }
    return premises;
  }

  /// When each cluster is done, and what happens when too many fail.
  private static Map<ClusterName, String> waves(Fleet fleet) {
    Map<ClusterName, String> waves = new HashMap<>();
    int number = 0;
    for (Group group :
        fleet.rollout().groups(fleet.targets().stream().map(Target::name).toList())) {
      number++;
      Wave wave = group.wave();
      String text =
          "wave %d %s, %d at once, %s, soak %s, %s"
              .formatted(
                  number,
                  wave.name(),
                  wave.maxParallel(),
                  wave.budget(),
                  wave.soak(),
                  fleet.rollout().onFailure());
      group.clusters().forEach(cluster -> waves.put(cluster, text));
    }
    return waves;
  }
}
