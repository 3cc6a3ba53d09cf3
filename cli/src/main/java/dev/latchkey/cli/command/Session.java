// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.azure.AzurePorts;
import dev.latchkey.azure.credential.Caller;
import dev.latchkey.azure.credential.Source;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.run.Discovery;
import dev.latchkey.core.run.Interruption;
import dev.latchkey.core.run.Planning;
import dev.latchkey.core.run.Runner;
import dev.latchkey.core.step.Steps;
import dev.latchkey.kubernetes.KubernetesPorts;
import dev.latchkey.kubernetes.access.KeptKubeconfigs;
import dev.latchkey.kubernetes.helm.Signals;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One run against Azure: signed in, with all that it shows.
final class Session implements AutoCloseable {
  private final Surroundings around;
  private final AzurePorts azure;
  private final KubernetesPorts kubernetes;
  private final Ports ports;
  private final Show show;
  private final Runner runner;
  private final Interruption interruption;
  private final Interrupts interrupts;
  private final HeapWatch heap;

  private Session(
      Surroundings around,
      AzurePorts azure,
      KubernetesPorts kubernetes,
      Ports ports,
      Show show,
      Runner runner,
      Interruption interruption) {
    this.around = around;
    this.azure = azure;
    this.kubernetes = kubernetes;
    this.ports = ports;
    this.show = show;
    this.runner = runner;
    this.interruption = interruption;
    this.interrupts =
        Interrupts.on(interruption, around.time(), around.err(), kubernetes.signals());
    this.heap = HeapWatch.begun(around.time());
  }

  /// What a command does with the fleet of its file, once it is signed in.
  interface Job {
    Summary on(Runner runner, Fleet fleet) throws InterruptedException;
  }

  /// Reads the file, signs in, does the job, and shows it.
  ///
  /// @return the exit code
  static int run(Surroundings around, CommonOptions options, Job job) throws InterruptedException {
    return run(around, options, SelectionRule.ANY, job);
  }

  /// The same where the job minds which clusters the file selects.
  ///
  /// @return the exit code
  static int run(Surroundings around, CommonOptions options, SelectionRule rule, Job job)
      throws InterruptedException {
    return within(
        around,
        options,
        rule,
        Show::of,
        (session, fleet) -> session.close(job.on(session.runner, fleet)));
  }

  /// What a command makes of a plan: shows it, and says how to end.
  interface Look {
    int at(Planning planning);
  }

  /// Reads the file, signs in, looks at the fleet and plans; changes nothing.
  ///
  /// @return the exit code
  static int plan(Surroundings around, CommonOptions options, Look look)
      throws InterruptedException {
    return within(
        around,
        options,
        SelectionRule.ANY,
        Show::whoOnly,
        (session, fleet) -> look.at(session.runner.plan(fleet)));
  }

  private interface Within {
    int on(Session session, Fleet fleet) throws InterruptedException;
  }

  private static int within(
      Surroundings around, CommonOptions options, SelectionRule rule, Shows shows, Within work)
      throws InterruptedException {
    return switch (Wanted.read(around, options)) {
      case Reading.Refused refused -> Wanted.complain(around, refused);
      case Reading.Accepted wanted when wanted.fleet().targets().isEmpty() ->
          Wanted.nothing(around, options);
      case Reading.Accepted wanted -> {
        try (Session session = open(around, options, wanted.limits(), shows)) {
          yield session.orRefused(() -> work.on(session, wanted.fleet()));
        }
      }
      case Reading.Selecting selecting -> {
        try (Session session = open(around, options, selecting.limits(), shows)) {
          yield session.orRefused(() -> session.select(around, options, selecting, rule, work));
        }
      }
    };
  }

  private interface Work {
    int done() throws InterruptedException;
  }

  /// What ends the work before it began is told to the record too.
  private int orRefused(Work work) throws InterruptedException {
    try {
      return work.done();
    } catch (ProblemException e) {
      show.refused(e.problem());
      throw e;
    }
  }

  private int select(
      Surroundings around,
      CommonOptions options,
      Reading.Selecting selecting,
      SelectionRule rule,
      Within work)
      throws InterruptedException {
    var search = new FleetSearch(new Discovery(ports), around.time(), runner::tell);
    return switch (Wanted.cut(search.find(selecting.selection(), rule), around, options)) {
      case Reading.Refused refused -> Wanted.complain(around, refused);
      case Reading.Accepted wanted when wanted.fleet().targets().isEmpty() ->
          Wanted.nothing(around, options);
      case Reading.Accepted wanted -> work.on(this, wanted.fleet());
      case Reading.Selecting _ ->
          throw new IllegalStateException("a selection is complete once its clusters are known");
    };
  }

  private interface Shows {
    Show of(Surroundings around, CommonOptions options, RunId run);
  }

  private static Session open(
      Surroundings around, CommonOptions options, Limits limits, Shows shows) {
    var signals = new Signals();
    Interrupts.atOnce(around.err(), signals);
    try {
      return signedIn(around, options, limits, shows);
    } catch (RuntimeException e) {
      signals.endOrderly();
      throw e;
    }
  }

  /// Signs in and tells who that is.
  private static Session signedIn(
      Surroundings around, CommonOptions options, Limits limits, Shows shows) {
    if (options.debug()) {
      Logging.speak();
    }
    RunId run = RunId.at(around.time().now());
    var agent = new Agent(around.version(), run.value());
    var interruption = new Interruption(around.time());
    Time time = interruption.time();
    AzurePorts azure =
        AzurePorts.open(around.environment(), options.credential(), time, limits, agent);
    var kubernetes =
        new KubernetesPorts(
            azure.clusterTokens()::forClusters, around.environment(), agent.toString(), time);
    if (azure.source() instanceof Source.Cli cli && !cli.warning().isEmpty()) {
      around.err().println(around.neutral().text(cli.warning()));
    }
    Caller caller = azure.caller();
    var steps = new Steps(azure.cloud().authority().toString(), run.probe());
    Show show = shows.of(around, options, run);
    Optional<KeptKubeconfigs> kept = options.kept(azure.clusters());
    Ports ports = ports(time, azure, kubernetes, kept);
    List<Listener> listeners = Stream.concat(show.listeners().stream(), kept.stream()).toList();
    var runner = new Runner(ports, limits, steps, listeners, interruption);
    runner.tell(
        new Event.SignedIn(
            around.time().now(),
            caller.principal().value(),
            caller.tenant().value(),
            caller.source()));
    return new Session(around, azure, kubernetes, ports, show, runner, interruption);
  }

  /// Writes what is shown at the end.
  ///
  /// @return the exit code
  private int close(Summary summary) {
    show.end();
    if (interruption.isRequested()) {
      around
          .err()
          .println(
              "\nInterrupted. What was made stays; run the same command again, it goes on from"
                  + " there.");
      return Interrupts.EXIT;
    }
    return summary.complete() ? 0 : 1;
  }

  @Override
  public void close() {
    heap.close();
    interrupts.close();
    show.close();
    kubernetes.close();
    azure.close();
  }

  static Ports ports(
      Time time, AzurePorts azure, KubernetesPorts kubernetes, Optional<KeptKubeconfigs> kept) {
    Ports ports = Wiring.of(time, azure, kubernetes);
    return kept.map(ports::with).orElse(ports);
  }
}
