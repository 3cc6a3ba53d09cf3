// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Step 2: the cluster has a managed identity of its own for this application.
final class ManagedIdentityStep implements ClusterStep {
  @Override
  public Step step() {
    return Step.MANAGED_IDENTITY;
  }

  @Override
  public StepPlan plan(Target target, Seen seen) {
    Optional<Problem> blind = Optional.ofNullable(seen.problems().get(Seen.Part.IDENTITY));
    if (blind.isPresent()) {
      return StepPlan.blocked(step(), blind.get());
    }
    ObservedCluster cluster = seen.cluster().orElseThrow();
    ResourceId id = target.identity().id(cluster.location());
    if (id.resourceGroup().equalsIgnoreCase(cluster.nodeResourceGroup())) {
      return StepPlan.blocked(step(), new StepProblem.NodeResourceGroup(id));
    }
    return seen.identity()
        .map(identity -> reuse(target, seen, identity))
        .orElseGet(() -> create(target, id, location(target, cluster)));
  }

  @Override
  public String apply(StepPlan plan, Work work) {
    Change change = plan.changes().getFirst();
    if (!change.changes()) {
      work.facts().settle(new Known.Identity(work.seen().identity().orElseThrow()));
      return "";
    }
    ManagedIdentity made =
        work.seen().identity().isPresent()
            ? mark(work, work.seen().identity().get().id())
            : create(work);
    work.changed(change);
    work.facts().settle(new Known.Identity(made));
    return "";
  }

  /// A write replaces all tags, so they are read again right before: somebody may have set one
  /// since the plan.
  private static ManagedIdentity mark(Work work, ResourceId id) {
    Optional<ManagedIdentity> now = work.ports().identities().find(id);
    now.flatMap(identity -> refusal(work.target(), identity))
        .ifPresent(
            problem -> {
              throw new ProblemException(problem);
            });
    return now.isPresent()
        ? work.ports()
            .identities()
            .put(id, now.get().location(), now.get().tags().with(wanted(work.target())))
        : create(work);
  }

  /// Without another look: a name of ours that nobody had when the plan was made is taken meanwhile
  /// by another run of ours at most, which sets the same tags.
  private static ManagedIdentity create(Work work) {
    ObservedCluster cluster = work.seen().cluster().orElseThrow();
    ResourceId id = work.target().identity().id(cluster.location());
    String location = location(work.target(), cluster);
    return work.ports().identities().put(id, location, wanted(work.target()));
  }

  /// The tags that tell whose the identity is.
  static Tags marks(Target target) {
    return new Tags(
        Map.of(Tags.APPLICATION, target.application(), Tags.CLUSTER, target.cluster().text()));
  }

  private static Tags wanted(Target target) {
    return target.identity().tags().with(marks(target));
  }

  private StepPlan create(Target target, ResourceId id, String location) {
    Thing thing = new Thing(Kind.IDENTITY, id.name());
    if (target.manage().identity() == Duty.REQUIRE) {
      return StepPlan.blocked(
          step(),
          new StepProblem.Required(
              thing,
              "a user-assigned managed identity of this name in " + id.resourceGroup(),
              "az identity create --name %s --resource-group %s --subscription %s --location %s"
                  .formatted(id.name(), id.resourceGroup(), id.subscription(), location)));
    }
    Settings settings =
        Settings.of("resource group", Value.of(id.resourceGroup()))
            .and("location", Value.of(location));
    return StepPlan.of(step(), List.of(new Change.Create(thing, settings)));
  }

  private StepPlan reuse(Target target, Seen seen, ManagedIdentity identity) {
    Optional<Problem> refusal = refusal(target, identity);
    if (refusal.isPresent()) {
      return StepPlan.blocked(step(), refusal.get());
    }
    Thing thing = new Thing(Kind.IDENTITY, identity.id().name());
    List<String> findings = findings(target, seen, identity);
    if (missing(target, identity).equals(Tags.none())
        || target.manage().identity() == Duty.REQUIRE) {
      return StepPlan.of(step(), List.of(new Change.Keep(thing))).with(findings);
    }
    return StepPlan.of(step(), List.of(tag(target, identity))).with(findings);
  }

  /// The tags that are not as wanted. Our own are compared without case, as ids are.
  private static Tags missing(Target target, ManagedIdentity identity) {
    Map<String, String> missing = new TreeMap<>(wanted(target).values());
    missing
        .entrySet()
        .removeIf(
            tag ->
                identity
                    .tags()
                    .value(tag.getKey())
                    .filter(
                        present ->
                            present.equals(tag.getValue())
                                || (isMark(tag.getKey())
                                    && present.equalsIgnoreCase(tag.getValue())))
                    .isPresent());
    return new Tags(missing);
  }

  private static boolean isMark(String tag) {
    return tag.equalsIgnoreCase(Tags.APPLICATION) || tag.equalsIgnoreCase(Tags.CLUSTER);
  }

  private static Change tag(Target target, ManagedIdentity identity) {
    Settings before = Settings.none();
    Settings after = Settings.none();
    for (var tag : missing(target, identity).values().entrySet()) {
      String present = identity.tags().value(tag.getKey()).orElse("(none)");
      before = before.and("tag " + tag.getKey(), Value.of(present));
      after = after.and("tag " + tag.getKey(), Value.of(tag.getValue()));
    }
    Thing thing = new Thing(Kind.IDENTITY, identity.id().name());
    return new Change.Update(thing, before, after, halfMarked(target, identity), "");
  }

  /// latchkey writes both of its tags at once, so one alone tells that the other was taken away.
  private static Because halfMarked(Target target, ManagedIdentity identity) {
    List<String> missing =
        marks(target).values().keySet().stream()
            .filter(mark -> identity.tags().value(mark).isEmpty())
            .toList();
    return missing.size() == 1
        ? Because.drift("somebody removed the tag " + missing.getFirst())
        : Because.wanted();
  }

  private static Optional<Problem> refusal(Target target, ManagedIdentity identity) {
    Optional<String> revoked = identity.tags().value(Tags.REVOKED);
    if (revoked.isPresent()) {
      return Optional.of(new StepProblem.Revoked(identity.id(), revoked.get()));
    }
    // Resource ids are compared without case; an application's name in upper case is the same one.
    return marks(target).values().entrySet().stream()
        .filter(
            mark ->
                identity
                    .tags()
                    .value(mark.getKey())
                    .filter(value -> !value.equalsIgnoreCase(mark.getValue()))
                    .isPresent())
        .findFirst()
        .map(
            mark ->
                new StepProblem.IdentityOfOthers(
                    identity.id(),
                    mark.getKey(),
                    mark.getValue(),
                    identity.tags().value(mark.getKey()).orElseThrow()));
  }

  private static List<String> findings(Target target, Seen seen, ManagedIdentity identity) {
    String ours = FederatedCredentialStep.name(target);
    String subject = target.serviceAccount().subject();
    Stream<String> trusted =
        seen.credentials().stream()
            .filter(credential -> !credential.name().equalsIgnoreCase(ours))
            .filter(credential -> !credential.subject().equals(subject))
            .map(
                credential ->
                    "%s also trusts %s of %s (credential %s)"
                        .formatted(
                            identity.id().name(),
                            credential.subject(),
                            credential.issuer(),
                            credential.name()));
    Stream<String> allowed =
        seen.assignments().stream()
            .filter(held -> held.principal().value().equalsIgnoreCase(identity.principal().value()))
            .filter(
                held ->
                    target.vault().names().stream()
                        .noneMatch(
                            secret ->
                                target.vault().scope(secret).text().equalsIgnoreCase(held.scope())))
            .filter(held -> !SecretsUser.isOfLatchkey(target, held)) // those are the access step's
            .map(
                held ->
                    "%s also has a role on %s (assignment %s)"
                        .formatted(identity.id().name(), held.scope(), held.name()));
    return Stream.concat(trusted, allowed).toList();
  }

  private static String location(Target target, ObservedCluster cluster) {
    return target.identity().location().orElse(cluster.location());
  }
}
