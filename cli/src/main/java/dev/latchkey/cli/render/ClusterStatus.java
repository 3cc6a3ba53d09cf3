// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import dev.latchkey.core.snapshot.Seen.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How one cluster of the fleet is, compared with what the file wants: a function of what was seen
/// and of what `deploy` would do.
///
/// @param secrets how many of the declared secrets the identity may read
/// @param release empty when there is none, or nobody could look
/// @param pods empty when nobody could look
/// @param reasons why it is not as wanted, for people
public record ClusterStatus(
    Target target,
    Condition condition,
    Setup setup,
    Optional<Integer> secrets,
    Optional<Release> release,
    Optional<Pods> pods,
    Optional<LastDeploy> last,
    List<String> reasons) {

  /// A cluster's condition, in one word.
  public enum Condition {
    /// `deploy` would change nothing, and all pods are ready.
    AS_WANTED("as wanted", "asWanted", Symbol.DONE),
    /// Others changed what latchkey had made.
    DRIFT("drift", "drift", Symbol.FAILED),
    /// The file wants something else than what was deployed.
    OUTDATED("outdated", "outdated", Symbol.FAILED),
    /// Something has never been made, or is gone.
    MISSING("missing", "missing", Symbol.FAILED),
    /// It cannot be deployed, or does not run.
    BROKEN("broken", "broken", Symbol.FAILED),
    /// The cluster is stopped.
    STOPPED("stopped", "stopped", Symbol.SKIPPED),
    /// Some of it could not be looked at.
    UNKNOWN("unknown", "unknown", Symbol.WARNING);

    private final String words;
    private final String key;
    private final Symbol symbol;

    Condition(String words, String key, Symbol symbol) {
      this.words = words;
      this.key = key;
      this.symbol = symbol;
    }

    String words() {
      return words;
    }

    String key() {
      return key;
    }

    Symbol symbol() {
      return symbol;
    }
  }

  /// How one of the first three things is.
  public enum Thing {
    /// As wanted.
    RIGHT("right", Symbol.DONE),
    /// There, and not as wanted.
    DIFFERS("differs", Symbol.FAILED),
    /// Not there.
    MISSING("missing", Symbol.FAILED),
    /// Nobody could look, or it cannot be decided.
    UNKNOWN("unknown", Symbol.IDLE);

    private final String word;
    private final Symbol symbol;

    Thing(String word, Symbol symbol) {
      this.word = word;
      this.symbol = symbol;
    }

    String word() {
      return word;
    }

    Symbol symbol() {
      return symbol;
    }
  }

  /// The cluster's switches, its identity, and the identity's credential.
  public record Setup(Thing workloadIdentity, Thing identity, Thing credential) {}

  /// The application's pods.
  public record Pods(int ready, int all) {}

  public ClusterStatus {
    reasons = List.copyOf(reasons);
  }

  /// The status of a cluster.
  public static ClusterStatus of(
      ClusterPlan plan, Seen seen, Optional<List<Pod>> pods, Optional<LastDeploy> last) {
    Optional<Pods> counted =
        pods.map(
            all ->
                new Pods(
                    (int)
                        all.stream().filter(pod -> pod.readiness() == Pod.Readiness.READY).count(),
                    all.size()));
    Optional<Release> release = seen.inside().flatMap(Inside::release);
    return new ClusterStatus(
        plan.target(),
        condition(plan, seen, release, counted),
        new Setup(
            workloadIdentity(seen),
            thing(plan, Step.MANAGED_IDENTITY, seen, Part.IDENTITY),
            thing(plan, Step.FEDERATED_CREDENTIAL, seen, Part.IDENTITY)),
        secrets(plan, seen),
        release,
        counted,
        last,
        reasons(plan, seen, release, counted, pods.orElse(List.of())));
  }

  /// Whether the fleet is complete as far as this cluster goes.
  public boolean isFine() {
    return switch (condition) {
      case AS_WANTED -> true;
      case STOPPED -> target.presence() == Target.Presence.OPTIONAL;
      case DRIFT, OUTDATED, MISSING, BROKEN, UNKNOWN -> false;
    };
  }

  private static Condition condition(
      ClusterPlan plan, Seen seen, Optional<Release> release, Optional<Pods> pods) {
    if (!seen.problems().isEmpty()) {
      return Condition.UNKNOWN;
    }
    if (seen.cluster().isEmpty()) {
      return Condition.MISSING;
    }
    if (plan.skipped().isPresent() || seen.cluster().get().power() == Power.STOPPED) {
      return Condition.STOPPED;
    }
    if (obstacles(plan).findAny().isPresent()) {
      return Condition.BROKEN;
    }
    if (changes(plan).anyMatch(change -> change.reason().isDrift())) {
      return Condition.DRIFT;
    }
    if (changes(plan).anyMatch(Change.Create.class::isInstance)) {
      return Condition.MISSING;
    }
    if (release.filter(there -> there.status().equals("deployed")).isEmpty()
        || pods.filter(count -> count.ready() == count.all()).isEmpty()) {
      return Condition.BROKEN;
    }
    return changes(plan).findAny().isPresent() ? Condition.OUTDATED : Condition.AS_WANTED;
  }

  private static Stream<Change> changes(ClusterPlan plan) {
    return Stream.of(Step.values())
        .flatMap(step -> plan.step(step).stream())
        .flatMap(step -> step.changes().stream())
        .filter(Change::changes);
  }

  private static Stream<Problem> obstacles(ClusterPlan plan) {
    return Stream.of(Step.values())
        .flatMap(step -> plan.step(step).stream())
        .flatMap(step -> step.obstacle().stream());
  }

  private static Thing workloadIdentity(Seen seen) {
    if (seen.problems().containsKey(Part.CLUSTER)) {
      return Thing.UNKNOWN;
    }
    Optional<ObservedCluster> cluster = seen.cluster();
    if (cluster.isEmpty() || cluster.get().issuer().isEmpty()) {
      return Thing.MISSING;
    }
    return cluster.get().workloadIdentity() == Feature.ON ? Thing.RIGHT : Thing.DIFFERS;
  }

  private static Thing thing(ClusterPlan plan, Step step, Seen seen, Part part) {
    if (seen.problems().containsKey(part) || seen.cluster().isEmpty()) {
      return Thing.UNKNOWN;
    }
    Optional<StepPlan> mine = plan.step(step);
    if (mine.isEmpty() || mine.get().obstacle().isPresent()) {
      return seen.identity().isEmpty() ? Thing.MISSING : Thing.UNKNOWN;
    }
    List<Change> changes = mine.get().changes().stream().filter(Change::changes).toList();
    if (changes.isEmpty()) {
      return Thing.RIGHT;
    }
    return changes.stream().anyMatch(Change.Create.class::isInstance)
        ? Thing.MISSING
        : Thing.DIFFERS;
  }

  private static Optional<Integer> secrets(ClusterPlan plan, Seen seen) {
    if (seen.problems().containsKey(Part.VAULT) || seen.problems().containsKey(Part.IDENTITY)) {
      return Optional.empty();
    }
    VaultAccess access = plan.target().vault();
    return plan.step(Step.KEY_VAULT_ACCESS)
        .filter(step -> step.obstacle().isEmpty())
        .map(
            step -> {
              int missing = (int) step.changes().stream().filter(Change::changes).count();
              int all = access.names().size();
              boolean each = access.means() == VaultAccess.Means.ROLES;
              return missing == 0 ? all : each ? Math.max(0, all - missing) : 0;
            });
  }

  private static List<String> reasons(
      ClusterPlan plan, Seen seen, Optional<Release> release, Optional<Pods> pods, List<Pod> all) {
    Set<String> reasons = new LinkedHashSet<>();
    plan.skipped().ifPresent(reasons::add);
    seen.problems().values().forEach(problem -> reasons.add(problem.text().what()));
    obstacles(plan).forEach(problem -> reasons.add(problem.text().what()));
    if (seen.cluster().isPresent() && seen.problems().isEmpty()) {
      changes(plan).forEach(change -> reasons.add(reason(change)));
      release
          .filter(there -> !there.status().equals("deployed"))
          .ifPresent(there -> reasons.add("the release is " + there.status()));
      pods.filter(count -> release.isPresent() && count.ready() < count.all())
          .ifPresent(
              count -> reasons.add("%d of %d pods ready".formatted(count.ready(), count.all())));
      pods.filter(count -> release.isPresent() && count.all() == 0)
          .ifPresent(_ -> reasons.add("no pod uses the service account"));
      all.forEach(pod -> pod.reason().ifPresent(reasons::add));
    }
    return new ArrayList<>(reasons);
  }

  private static String reason(Change change) {
    String kind = change.thing().kind().title();
    String why = change.reason().words();
    String words =
        switch (change) {
          case Change.Keep _ -> kind;
          case Change.Create _ -> kind + " is missing";
          case Change.Update _, Change.Replace _ -> kind + " differs";
          case Change.Delete _ -> kind + " is one too many";
        };
    return why.isEmpty() ? words : words + ": " + why;
  }
}
