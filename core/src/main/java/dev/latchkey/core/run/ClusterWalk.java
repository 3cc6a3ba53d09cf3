// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.step.ClusterStep;
import dev.latchkey.core.step.Observed;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.trust.Proof;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// What a run does on one cluster, and what came of it so far.
///
/// Its steps act on threads of their own; the result is guarded by a lock, since a run that gives
/// up reads it while they still act.
final class ClusterWalk {
  private static final System.Logger LOG = System.getLogger(ClusterWalk.class.getName());

  private final Equipment with;
  private final Target target;
  private final Seen seen;
  private final List<Step> expected;
  private final TokenBoard board;
  private final SettledFacts facts = new SettledFacts();
  private final Lock lock = new ReentrantLock();
  private final Map<Step, StepResult> ended = new EnumMap<>(Step.class);
  private final Set<Step> begun = EnumSet.noneOf(Step.class);
  private final List<Proof> proofs = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private Optional<StepResult> rollBack = Optional.empty();

  /// @param expected the steps that its result has
  ClusterWalk(Equipment with, Target target, Seen seen, List<Step> expected, TokenBoard board) {
    this.with = with;
    this.target = target;
    this.seen = seen;
    this.expected = expected;
    this.board = board;
  }

  Target target() {
    return target;
  }

  /// Takes the six steps, side by side where the graph allows it.
  void deploy(ClusterPlan plan) {
    Optional<Thread> early =
        isLookedIntoLater(plan)
            ? Optional.of(with.kubeconfigs().fetchEarly(target.cluster()))
            : Optional.empty();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ClusterStep step : with.steps().all()) {
        threads.execute(
            () -> {
              perform(step, plan);
              facts.lose(step.step().given());
            });
      }
    }
    early.ifPresent(Thread::interrupt);
  }

  private boolean isLookedIntoLater(ClusterPlan plan) {
    return seen.inside().isEmpty()
        && plan.step(Step.HELM_RELEASE).filter(step -> step.obstacle().isEmpty()).isPresent();
  }

  /// Walks the trust chain of what is there, and changes nothing.
  void prove() {
    ClusterStep proof = with.steps().proof();
    try {
      Observed.facts(target, seen).forEach(facts::settle);
    } catch (ProblemException e) {
      end(proof.step(), new Outcome.Failed(e.problem(), List.of()), Duration.ZERO);
      return;
    }
    act(proof, StepPlan.of(proof.step(), List.of()));
  }

  /// Looks whether the application still serves; if not, step 6 counts as failed.
  ///
  /// @return whether it serves, as far as anybody can tell
  boolean check() {
    ClusterWork work = work(Step.VERIFICATION);
    try {
      Optional<Problem> wrong = with.steps().healthCheck().look(work);
      if (wrong.isEmpty() || with.interruption().isRequested()) {
        return true;
      }
      List<Change> made = changes(Step.VERIFICATION);
      end(Step.VERIFICATION, new Outcome.Failed(wrong.get(), made), Duration.ZERO);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  /// Brings the release back that this walk changed.
  void rollBack() {
    Instant start = with.now();
    with.bulletin().post(new Event.RollBackStarted(start, target.name()));
    ClusterWork work = work(Step.HELM_RELEASE);
    Outcome outcome =
        outcome(
            Step.HELM_RELEASE,
            work,
            () -> with.steps().rollBack().apply(changes(Step.HELM_RELEASE), work));
    Duration took = Duration.between(start, with.now());
    lock.lock();
    try {
      if (outcome instanceof Outcome.Changed) {
        proofs.clear(); // they were of the revision that is gone
      }
      proofs.addAll(work.proofs());
      findings.addAll(work.findings());
      if (outcome instanceof Outcome.Unchanged(var note)) {
        findings.add("not rolled back: " + note);
      }
      rollBack = Optional.of(new StepResult(outcome, took));
    } finally {
      lock.unlock();
    }
    with.bulletin().post(new Event.RolledBack(with.now(), target.name(), outcome, took));
  }

  /// Nothing is done on this cluster.
  void withhold(String because) {
    with.bulletin().post(new Event.Withheld(with.now(), target.name(), because));
    for (Step step : expected) {
      put(step, new StepResult(new Outcome.Withheld(because), Duration.ZERO));
    }
  }

  /// What came of it; steps that have not ended were interrupted.
  ClusterResult result() {
    lock.lock();
    try {
      Map<Step, StepResult> steps = new EnumMap<>(Step.class);
      expected.forEach(step -> steps.put(step, ended.getOrDefault(step, cut(step))));
      return new ClusterResult(target, steps, proofs, findings, rollBack);
    } finally {
      lock.unlock();
    }
  }

  private StepResult cut(Step step) {
    Problem problem =
        begun.contains(step) ? new StepProblem.InterruptedAtWork() : new StepProblem.Interrupted();
    return new StepResult(new Outcome.Failed(problem, List.of()), Duration.ZERO);
  }

  /// The release that serves, if it is known, and whether this walk wrote it.
  Optional<Release> release() {
    return facts.knownRelease();
  }

  boolean wroteRelease() {
    return changes(Step.HELM_RELEASE).stream()
        .anyMatch(change -> change.thing().kind() == Kind.RELEASE);
  }

  private List<Change> changes(Step step) {
    lock.lock();
    try {
      return Optional.ofNullable(ended.get(step))
          .map(result -> result.outcome().changes())
          .orElse(List.of());
    } finally {
      lock.unlock();
    }
  }

  private void perform(ClusterStep step, ClusterPlan plan) {
    if (plan.skipped().isPresent()) {
      end(step.step(), new Outcome.Skipped(plan.skipped().get()), Duration.ZERO);
      return;
    }
    Optional<StepPlan> mine = plan.step(step.step());
    if (mine.isEmpty()) {
      end(step.step(), new Outcome.NotStarted(Fact.CLUSTER_UPDATED), Duration.ZERO);
      return;
    }
    Optional<Problem> obstacle = mine.get().obstacle();
    if (obstacle.isPresent()) {
      end(step.step(), new Outcome.Failed(obstacle.get(), List.of()), Duration.ZERO);
      return;
    }
    try {
      for (Fact fact : step.step().needed()) {
        if (!facts.await(fact)) {
          end(step.step(), new Outcome.NotStarted(fact), Duration.ZERO);
          return;
        }
      }
    } catch (InterruptedException e) {
      end(step.step(), interrupted(List.of()), Duration.ZERO);
      return;
    }
    act(step, mine.get());
  }

  private void act(ClusterStep step, StepPlan plan) {
    if (with.interruption().isRequested()) {
      end(step.step(), interrupted(List.of()), Duration.ZERO);
      return;
    }
    begin(step.step());
    Instant start = with.now();
    with.bulletin().post(new Event.StepStarted(start, target.name(), step.step()));
    ClusterWork work = work(step.step());
    plan.findings().forEach(work::found);
    Outcome outcome = outcome(step.step(), work, () -> step.apply(plan, work));
    lock.lock();
    try {
      proofs.addAll(work.proofs());
      findings.addAll(work.findings());
    } finally {
      lock.unlock();
    }
    end(step.step(), outcome, Duration.between(start, with.now()));
  }

  private void begin(Step step) {
    lock.lock();
    try {
      begun.add(step);
    } finally {
      lock.unlock();
    }
  }

  /// Something that changes a cluster and tells how it went in one line.
  private interface Action {
    String act() throws InterruptedException;
  }

  private Outcome outcome(Step step, ClusterWork work, Action action) {
    try {
      String note = action.act();
      return work.changes().isEmpty()
          ? new Outcome.Unchanged(note)
          : new Outcome.Changed(work.changes(), note);
    } catch (ProblemException e) {
      LOG.log(Level.DEBUG, () -> "step " + step + " failed", e);
      boolean cut = Thread.interrupted() && with.interruption().isRequested();
      return cut ? interrupted(work.changes()) : new Outcome.Failed(e.problem(), work.changes());
    } catch (InterruptedException e) {
      return interrupted(work.changes());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "step " + step + " failed in a way nobody expected", e);
      return new Outcome.Failed(new StepProblem.Bug(e.toString()), work.changes());
    }
  }

  private static Outcome interrupted(List<Change> made) {
    return new Outcome.Failed(new StepProblem.Interrupted(), made);
  }

  private ClusterWork work(Step step) {
    return new ClusterWork(
        target,
        seen,
        step,
        with.ports(),
        with.limits(),
        facts,
        with.watch(),
        board,
        with.bulletin());
  }

  private void end(Step step, Outcome outcome, Duration took) {
    put(step, new StepResult(outcome, took));
    with.bulletin().post(new Event.StepEnded(with.now(), target.name(), step, outcome, took));
  }

  private void put(Step step, StepResult result) {
    lock.lock();
    try {
      ended.put(step, result);
    } finally {
      lock.unlock();
    }
  }
}
