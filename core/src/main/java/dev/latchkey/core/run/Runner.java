// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Snapshot;
import dev.latchkey.core.step.ClusterStep;
import dev.latchkey.core.step.Observed;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import dev.latchkey.core.trust.Proof;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Carries out a plan: clusters side by side, and the steps of each side by side where the graph
/// allows it. A failure stays in its cluster.
public final class Runner {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());

  private final Kubeconfigs kubeconfigs;
  private final Ports ports;
  private final Limits limits;
  private final Steps steps;
  private final ClusterWatch watch;
  private final Bulletin bulletin;

  /// An engine that asks these ports, waits by these limits and tells these listeners.
  public Runner(Ports ports, Limits limits, Steps steps, List<Listener> listeners) {
    this.kubeconfigs = new Kubeconfigs(ports.clusters());
    this.ports = ports.with(kubeconfigs);
    this.limits = limits;
    this.steps = steps;
    this.watch = new ClusterWatch(ports.time(), limits, ports.clusters());
    this.bulletin = new Bulletin(listeners);
  }

  /// Tells the listeners something that happened outside of the engine.
  public void tell(Event event) {
    bulletin.post(event);
  }

  /// Looks at the fleet and says what would be done; changes nothing.
  public Planning plan(Fleet fleet) throws InterruptedException {
    Snapshot snapshot = new Observer(ports, limits, steps).look(fleet);
    Plan plan = new Room(ports.roles()).within(steps.plan(fleet, snapshot));
    bulletin.post(new Event.Planned(ports.time().now(), plan));
    return new Planning(plan, snapshot);
  }

  /// Looks at the fleet, plans and does it.
  public Summary deploy(Fleet fleet) throws InterruptedException {
    return deploy(fleet, Approval.ALWAYS);
  }

  /// Looks at the fleet, plans, and does it if that is approved.
  public Summary deploy(Fleet fleet, Approval approval) throws InterruptedException {
    Instant start = ports.time().now();
    Planning planning = plan(fleet);
    approval.of(planning);
    Plan plan = planning.plan();
    Snapshot snapshot = planning.snapshot();
    var board = new TokenBoard(plan.clusters().size());
    List<ClusterResult> results =
        sideBySide(
            plan.clusters(), cluster -> walk(cluster, snapshot.of(cluster.target().name()), board));
    return ended(results, start);
  }

  /// Looks at the fleet and walks the trust chain of each cluster; changes nothing.
  public Summary verify(Fleet fleet) throws InterruptedException {
    Instant start = ports.time().now();
    Snapshot snapshot = new Observer(ports, limits, steps).look(fleet);
    bulletin.post(new Event.Planned(ports.time().now(), new Plan(fleet, List.of())));
    var board = new TokenBoard(fleet.targets().size());
    List<ClusterResult> results =
        sideBySide(fleet.targets(), target -> prove(target, snapshot.of(target.name()), board));
    return ended(results, start);
  }

  private Summary ended(List<ClusterResult> results, Instant start) {
    Instant end = ports.time().now();
    var summary = new Summary(results, Duration.between(start, end));
    bulletin.post(new Event.RunEnded(end, summary));
    return summary;
  }

  /// Walks the six steps of one cluster, side by side where the graph allows it.
  private ClusterResult walk(ClusterPlan plan, Seen seen, TokenBoard board) {
    Target target = plan.target();
    var facts = new SettledFacts();
    Optional<Thread> early =
        isLookedIntoLater(plan, seen)
            ? Optional.of(kubeconfigs.fetchEarly(target.cluster()))
            : Optional.empty();
    List<Ended> ended =
        sideBySide(
            steps.all(),
            step -> {
              Ended end = perform(step, plan, seen, facts, board);
              facts.lose(step.step().given());
              return end;
            });
    early.ifPresent(Thread::interrupt);
    board.over(target.name());
    return result(target, ended);
  }

  private static boolean isLookedIntoLater(ClusterPlan plan, Seen seen) {
    return seen.inside().isEmpty()
        && plan.step(Step.HELM_RELEASE).filter(step -> step.obstacle().isEmpty()).isPresent();
  }

  private ClusterResult prove(Target target, Seen seen, TokenBoard board) {
    var facts = new SettledFacts();
    ClusterStep proof = steps.proof();
    Ended end;
    try {
      Observed.facts(target, seen).forEach(facts::settle);
      end = act(proof, StepPlan.of(proof.step(), List.of()), target, seen, facts, board);
    } catch (ProblemException e) {
      Outcome failed = new Outcome.Failed(e.problem(), List.of());
      end = end(target, proof.step(), failed, Duration.ZERO);
    }
    board.over(target.name());
    return result(target, List.of(end));
  }

  private Ended perform(
      ClusterStep step, ClusterPlan plan, Seen seen, SettledFacts facts, TokenBoard board) {
    Target target = plan.target();
    if (plan.skipped().isPresent()) {
      return end(target, step.step(), new Outcome.Skipped(plan.skipped().get()), Duration.ZERO);
    }
    Optional<StepPlan> mine = plan.step(step.step());
    if (mine.isEmpty()) {
      return end(target, step.step(), new Outcome.NotStarted(Fact.CLUSTER_UPDATED), Duration.ZERO);
    }
    Optional<Problem> obstacle = mine.get().obstacle();
    if (obstacle.isPresent()) {
      return end(target, step.step(), new Outcome.Failed(obstacle.get(), List.of()), Duration.ZERO);
    }
    try {
      for (Fact fact : step.step().needed()) {
        if (!facts.await(fact)) {
          return end(target, step.step(), new Outcome.NotStarted(fact), Duration.ZERO);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Outcome interrupted = new Outcome.Failed(new StepProblem.Interrupted(), List.of());
      return end(target, step.step(), interrupted, Duration.ZERO);
    }
    return act(step, mine.get(), target, seen, facts, board);
  }

  private Ended act(
      ClusterStep step,
      StepPlan plan,
      Target target,
      Seen seen,
      SettledFacts facts,
      TokenBoard board) {
    Instant start = ports.time().now();
    bulletin.post(new Event.StepStarted(start, target.name(), step.step()));
    var work =
        new ClusterWork(target, seen, step.step(), ports, limits, facts, watch, board, bulletin);
    plan.findings().forEach(work::found);
    Outcome outcome = outcome(step, plan, work);
    Duration took = Duration.between(start, ports.time().now());
    bulletin.post(
        new Event.StepEnded(ports.time().now(), target.name(), step.step(), outcome, took));
    return new Ended(step.step(), new StepResult(outcome, took), work.proofs(), work.findings());
  }

  private static Outcome outcome(ClusterStep step, StepPlan plan, ClusterWork work) {
    try {
      String note = step.apply(plan, work);
      return work.changes().isEmpty()
          ? new Outcome.Unchanged(note)
          : new Outcome.Changed(work.changes(), note);
    } catch (ProblemException e) {
      LOG.log(Level.DEBUG, () -> "step " + step.step() + " failed", e);
      return new Outcome.Failed(e.problem(), work.changes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed(new StepProblem.Interrupted(), work.changes());
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "step " + step.step() + " failed in a way nobody expected", e);
      return new Outcome.Failed(new StepProblem.Bug(e.toString()), work.changes());
    }
  }

  private Ended end(Target target, Step step, Outcome outcome, Duration took) {
    bulletin.post(new Event.StepEnded(ports.time().now(), target.name(), step, outcome, took));
    return new Ended(step, new StepResult(outcome, took), List.of(), List.of());
  }

  private static ClusterResult result(Target target, List<Ended> ended) {
    Map<Step, StepResult> results = new EnumMap<>(Step.class);
    var proofs = new ArrayList<Proof>();
    var findings = new ArrayList<String>();
    for (Ended end : ended) {
      results.put(end.step(), end.result());
      proofs.addAll(end.proofs());
      findings.addAll(end.findings());
    }
    return new ClusterResult(target, results, proofs, findings);
  }

  /// Does something for each, on a thread of its own, and waits for all of them.
  private static <A, B> List<B> sideBySide(List<A> items, Function<A, B> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<B>> running =
          items.stream().map(item -> threads.submit(() -> work.apply(item))).toList();
      return running.stream().map(Runner::result).toList();
    }
  }

  private static <B> B result(Future<B> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("steps return outcomes, they do not throw", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new StepProblem.Interrupted(), e);
    }
  }

  private record Ended(Step step, StepResult result, List<Proof> proofs, List<String> findings) {}
}
