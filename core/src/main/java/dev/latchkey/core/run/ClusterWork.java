// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.step.Facts;
import dev.latchkey.core.step.Neighbours;
import dev.latchkey.core.step.Pace;
import dev.latchkey.core.step.Watch;
import dev.latchkey.core.step.Work;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What one step has in its hands on one cluster; used by that step's thread alone.
final class ClusterWork implements Work {
  private final Target target;
  private final Seen seen;
  private final Step step;
  private final Ports ports;
  private final Facts facts;
  private final Neighbours neighbours;
  private final Bulletin bulletin;
  private final Pace pace;
  private final Watch watch;
  private final List<Change> changes = new ArrayList<>();
  private final List<Proof> proofs = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  ClusterWork(
      Target target,
      Seen seen,
      Step step,
      Ports ports,
      Limits limits,
      Facts facts,
      ClusterWatch clusters,
      Neighbours neighbours,
      Bulletin bulletin) {
    this.target = target;
    this.seen = seen;
    this.step = step;
    this.ports = ports;
    this.facts = facts;
    this.neighbours = neighbours;
    this.bulletin = bulletin;
    this.pace = new RealPace(ports.time(), limits, new Told(limits));
    this.watch = clusters.of(target.cluster(), pace);
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Seen seen() {
    return seen;
  }

  @Override
  public Ports ports() {
    return ports;
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public Watch watch() {
    return watch;
  }

  @Override
  public Neighbours neighbours() {
    return neighbours;
  }

  @Override
  public void changed(Change change) {
    changes.add(change);
    bulletin.post(new Event.Changed(now(), target.name(), step, change));
  }

  @Override
  public void found(String words) {
    findings.add(words);
    bulletin.post(new Event.Found(now(), target.name(), step, words));
  }

  @Override
  public void progress(String words) {
    bulletin.post(new Event.Progress(now(), target.name(), step, words));
  }

  @Override
  public void proved(Proof proof) {
    proofs.add(proof);
    bulletin.post(new Event.Proved(now(), target.name(), proof));
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  List<Proof> proofs() {
    return List.copyOf(proofs);
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  /// Tells the listeners.
  private final class Told implements Waits {
    private final Limits limits;

    Told(Limits limits) {
      this.limits = limits;
    }

    @Override
    public void begin(Lag lag) {
      Limits.Wait wait = limits.wait(lag);
      bulletin.post(new Event.Waiting(now(), target.name(), step, lag, wait.usual(), wait.bound()));
    }

    @Override
    public void end(Lag lag, Duration took, WaitEnd end) {
      bulletin.post(new Event.Waited(now(), target.name(), step, lag, took, end));
    }
  }

  private Instant now() {
    return ports.time().now();
  }
}
