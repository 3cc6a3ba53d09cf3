// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Clusters whose plans are the same but for what is each cluster's own: its name and that of its
/// group, identity and credential, its location, the number of its release's revision.
///
/// What the plan says of vaults, secrets, charts and of values that others changed is compared
/// letter by letter, so that nothing that matters hides behind the first of a group.
record PlanGroup(List<ClusterPlan> clusters) {
  PlanGroup {
    clusters = List.copyOf(clusters);
  }

  /// The groups, in the order of their first clusters.
  static List<PlanGroup> of(Plan plan) {
    var groups = new LinkedHashMap<List<String>, List<ClusterPlan>>();
    for (ClusterPlan cluster : plan.clusters()) {
      groups.computeIfAbsent(key(cluster), _ -> new ArrayList<>()).add(cluster);
    }
    return groups.values().stream().map(PlanGroup::new).toList();
  }

  /// Each cluster for itself.
  static List<PlanGroup> each(Plan plan) {
    return plan.clusters().stream().map(cluster -> new PlanGroup(List.of(cluster))).toList();
  }

  /// The cluster that stands for all of them.
  ClusterPlan first() {
    return clusters.getFirst();
  }

  List<String> names() {
    return clusters.stream().map(cluster -> cluster.target().name().value()).toList();
  }

  /// Whether there is nothing to say but that all is as wanted.
  boolean isQuiet() {
    return first().skipped().isEmpty()
        && first().inOrder().stream()
            .allMatch(
                step ->
                    step.obstacle().isEmpty()
                        && step.findings().isEmpty()
                        && !step.changesSomething());
  }

  private static List<String> key(ClusterPlan cluster) {
    var key = new ArrayList<String>();
    var own = new Own(cluster.target());
    cluster.skipped().ifPresent(reason -> key.add("skipped " + reason));
    for (StepPlan step : cluster.inOrder()) {
      step.changes().forEach(change -> key.add(own.key(change)));
      step.obstacle().ifPresent(problem -> key.add(step.step() + own.key(problem)));
      step.findings().forEach(words -> key.add(step.step() + " ! " + own.without(words)));
    }
    return key;
  }

  /// What is one cluster's own, taken out of texts.
  private record Own(Target target) {
    String key(Change change) {
      Kind kind = change.thing().kind();
      String name =
          switch (kind) {
            case CLUSTER, IDENTITY, CREDENTIAL -> "";
            case ROLE_ASSIGNMENT, ACCESS_POLICY, NAMESPACE, RELEASE, PODS -> change.thing().name();
          };
      String reason = change.reason().isDrift() + change.reason().words();
      return String.join("|", change.verb(), kind.title(), name, reason, values(change));
    }

    private String values(Change change) {
      return switch (change) {
        case Change.Keep _, Change.Delete _ -> "";
        case Change.Create create -> texts(create.wanted(), change).toString();
        case Change.Update update ->
            changed(update.before(), update.after(), change) + objects(update.objects());
        case Change.Replace replace -> changed(replace.before(), replace.after(), change);
      };
    }

    /// Client ids stand in every chart.
    private String objects(ManifestDiff diff) {
      return diff.objects().stream()
          .map(object -> object.fate() + object.object() + object.lines())
          .map(text -> text.replaceAll(GUID, "{}"))
          .toList()
          .toString();
    }

    private String changed(Settings before, Settings after, Change change) {
      return texts(before, change) + " -> " + texts(after, change);
    }

    private Map<String, String> texts(Settings settings, Change change) {
      var texts = new LinkedHashMap<String, String>();
      settings.values().forEach((name, value) -> texts.put(name, text(name, value, change)));
      return texts;
    }

    private String text(String name, Value value, Change change) {
      return switch (name) {
        case "location", "resource group", "revision" -> "";
        // of a cluster that was made anew both are its own; what somebody wrote there is shown
        case "issuer" ->
            value instanceof Value.Known && !change.reason().isDrift() ? "" : value.words();
        default -> value.words().equalsIgnoreCase(target.cluster().text()) ? "" : value.words();
      };
    }

    String key(Problem problem) {
      Text text = problem.text();
      return without(problem.code() + text.what() + text.seen() + text.why() + text.next());
    }

    /// Longer texts first, since they hold the shorter ones.
    String without(String text) {
      var own = new TreeSet<String>((one, other) -> order(one, other));
      own.addAll(
          List.of(
              target.cluster().text(),
              target.cluster().name(),
              target.name().value(),
              target.cluster().resourceGroup(),
              target.identity().resourceGroup(),
              target.identity().nameTemplate()));
      String rest = text;
      for (String each : own) {
        rest = rest.replace(each, "{}");
      }
      return rest.replaceAll("-[0-9a-f]{12}\\b", "-{}").replaceAll(GUID, "{}");
    }

    private static final String GUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static int order(String one, String other) {
      return one.length() == other.length()
          ? one.compareTo(other)
          : Integer.compare(other.length(), one.length());
    }
  }
}
