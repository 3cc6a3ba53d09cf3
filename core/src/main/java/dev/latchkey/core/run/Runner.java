// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Halt;
import dev.latchkey.core.snapshot.Snapshot;
import dev.latchkey.core.step.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Carries out a plan: waves one after the other, the clusters of a wave side by side, and the
/// steps of each side by side where the graph allows it. A failure stays in its cluster.
public final class Runner {
  private static final List<Step> ALL_STEPS = List.of(Step.values());
  private static final List<Step> PROOF = List.of(Step.VERIFICATION);

  private final Equipment with;

  /// An engine that nobody interrupts.
  public Runner(Ports ports, Limits limits, Steps steps, List<Listener> listeners) {
    this(ports, limits, steps, listeners, new Interruption(ports.time()));
  }

  /// An engine that asks these ports, waits by these limits and tells these listeners.
  ///
  /// @param ports with the time of the interruption, so that every wait ends with the run
  public Runner(
      Ports ports,
      Limits limits,
      Steps steps,
      List<Listener> listeners,
      Interruption interruption) {
    var kubeconfigs = new Kubeconfigs(ports.clusters());
    this.with =
        new Equipment(
            ports.with(kubeconfigs),
            limits,
            steps,
            kubeconfigs,
            new ClusterWatch(ports.time(), limits, ports.clusters()),
            new Bulletin(listeners),
            interruption);
  }

  /// Tells the listeners something that happened outside of the engine.
  public void tell(Event event) {
    with.bulletin().post(event);
  }

  /// Looks at the fleet and says what would be done; changes nothing.
  ///
  /// @throws LookInterrupted when somebody ends the run meanwhile
  public Planning plan(Fleet fleet) throws InterruptedException {
    Planning planning = during(fleet, observer -> planned(fleet, observer));
    with.bulletin().post(new Event.Planned(with.now(), planning.plan()));
    return planning;
  }

  private Planning planned(Fleet fleet, Observer observer) throws InterruptedException {
    Snapshot snapshot = lookClosely(fleet, observer);
    Plan wanted = with.steps().plan(fleet, snapshot);
    Plan permitted = new Permits(with.ports(), snapshot).within(wanted);
    Plan possible = new Barriers(with.ports(), snapshot).within(permitted);
    Plan plan = new Room(with.ports().roles()).within(possible);
    return new Planning(plan, snapshot, with.limits());
  }

  /// Looks at the fleet, plans and does it.
  public Summary deploy(Fleet fleet) throws InterruptedException {
    return deploy(fleet, Approval.ALWAYS);
  }

  /// Looks at the fleet, plans, and does it if that is approved.
  public Summary deploy(Fleet fleet, Approval approval) throws InterruptedException {
    Instant start = with.now();
    Planning planning;
    try {
      planning = plan(fleet);
    } catch (InterruptedException e) {
      return untouched(fleet, ALL_STEPS, start, e);
    }
    approval.of(planning);
    Map<ClusterName, ClusterPlan> plans =
        planning.plan().clusters().stream()
            .collect(Collectors.toMap(each -> each.target().name(), Function.identity()));
    Job job =
        Job.deployment(
            walk ->
                walk.deploy(Optional.ofNullable(plans.get(walk.target().name())).orElseThrow()));
    return roll(fleet, fleet.rollout(), planning.snapshot(), job, start);
  }

  /// Looks at the fleet and walks the trust chain of each cluster; changes nothing.
  public Summary verify(Fleet fleet) throws InterruptedException {
    Instant start = with.now();
    Snapshot snapshot;
    try {
      snapshot = during(fleet, observer -> observer.look(fleet));
    } catch (InterruptedException e) {
      return untouched(fleet, PROOF, start, e);
    }
    with.bulletin().post(new Event.Planned(with.now(), new Plan(fleet, List.of())));
    return roll(fleet, RolloutWish.sideBySide(), snapshot, Job.proof(), start);
  }

  /// What is there, and what others changed in releases that are as wanted otherwise.
  private Snapshot lookClosely(Fleet fleet, Observer observer) throws InterruptedException {
    var live = new LiveLook(with.ports().workloads(), with.steps());
    return live.over(fleet, observer.look(fleet));
  }

  /// A look that somebody ends may itself end in several ways, as far as it had come.
  private <T> T during(Fleet fleet, Look<T> look) throws InterruptedException {
    var seen = new AtomicReference<@Nullable T>();
    var observer = new Observer(with.ports(), with.limits(), with.steps());
    try {
      with.interruption().during(() -> seen.set(look.by(observer)));
    } catch (InterruptedException | IllegalStateException | ProblemException e) {
      if (with.interruption().isRequested()) {
        throw new LookInterrupted(observer.looked(), fleet.targets().size());
      }
      throw e;
    }
    return Optional.ofNullable(seen.get()).orElseThrow();
  }

  /// Looks at a fleet, and makes something of what it saw.
  private interface Look<T> {
    T by(Observer observer) throws InterruptedException;
  }

  private Summary roll(Fleet fleet, RolloutWish order, Snapshot snapshot, Job job, Instant start)
      throws InterruptedException {
    var board = new TokenBoard(with.ports().time());
    List<ClusterWalk> walks =
        fleet.targets().stream()
            .map(
                target ->
                    new ClusterWalk(with, target, snapshot.of(target.name()), job.steps(), board))
            .toList();
    return ended(new RolloutRun(with, order, walks, board, job).run(), start);
  }

  /// The end of a run that was interrupted before anything began.
  private Summary untouched(
      Fleet fleet, List<Step> steps, Instant start, InterruptedException cause)
      throws InterruptedException {
    if (!with.interruption().isRequested()) {
      throw cause;
    }
    with.bulletin().post(new Event.Planned(with.now(), new Plan(fleet, List.of())));
    with.bulletin().post(new Event.Interrupted(with.now()));
    String because = new Halt.Interrupted().words();
    Map<Step, StepResult> none = new EnumMap<>(Step.class);
    steps.forEach(
        step -> none.put(step, new StepResult(new Outcome.Withheld(because), Duration.ZERO)));
    for (Target target : fleet.targets()) {
      with.bulletin().post(new Event.Withheld(with.now(), target.name(), because));
    }
    return ended(
        fleet.targets().stream()
            .map(target -> new ClusterResult(target, none, List.of(), List.of()))
            .toList(),
        start);
  }

  private Summary ended(List<ClusterResult> results, Instant start) {
    Instant end = with.now();
    var summary = new Summary(results, Duration.between(start, end));
    var told = new Event.RunEnded(end, summary);
    if (with.interruption().isRequested()) {
      with.bulletin().postLast(told);
    } else {
      with.bulletin().post(told);
    }
    return summary;
  }
}
