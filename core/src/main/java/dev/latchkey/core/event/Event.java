// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.event;

import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/// What happened, in the order in which it happened. Carries data, never finished sentences but
/// those that a cluster or a plan found.
public sealed interface Event {
  /// When it happened.
  Instant at();

  /// Somebody signed in.
  ///
  /// @param source how, such as `workload identity federation`
  record SignedIn(Instant at, String principal, String tenant, String source) implements Event {}

  /// The file's selections found clusters; told before anything is planned.
  ///
  /// @param clusters all that they found, in the fleet's order
  /// @param managed how many the application has already where they look; empty when nobody may
  ///   know
  /// @param added found and not managed yet
  /// @param gone managed and found no more
  /// @param idle the places of selections that found none
  /// @param turn whether more came or went than the file lets at once
  record Selected(
      Instant at,
      List<ResourceId> clusters,
      OptionalInt managed,
      List<ResourceId> added,
      List<ResourceId> gone,
      List<String> idle,
      Turn turn)
      implements Event {
    /// How much a selection changed.
    public enum Turn {
      /// No more than may at once, as far as anybody can tell.
      GRADUAL,
      /// More.
      SUDDEN
    }

    public Selected {
      clusters = List.copyOf(clusters);
      added = List.copyOf(added);
      gone = List.copyOf(gone);
      idle = List.copyOf(idle);
    }
  }

  /// The fleet was looked at, and this is what will be done.
  record Planned(Instant at, Plan plan) implements Event {}

  /// A step began to act.
  record StepStarted(Instant at, ClusterName cluster, Step step) implements Event {}

  /// A step waits for one of Azure's known delays.
  record Waiting(
      Instant at, ClusterName cluster, Step step, Lag lag, Duration usual, Duration bound)
      implements Event {}

  /// A wait that was told is over.
  ///
  /// @param took from the first refusal or look to the last
  record Waited(Instant at, ClusterName cluster, Step step, Lag lag, Duration took, WaitEnd end)
      implements Event {}

  /// How a wait is going, for people: `1 of 2 pods ready`.
  record Progress(Instant at, ClusterName cluster, Step step, String words) implements Event {}

  /// Something is different now.
  record Changed(Instant at, ClusterName cluster, Step step, Change change) implements Event {}

  /// Something that people should know and latchkey does not change.
  record Found(Instant at, ClusterName cluster, Step step, String words) implements Event {}

  /// A hop of the trust chain was tried.
  record Proved(Instant at, ClusterName cluster, Proof proof) implements Event {}

  /// A step ended.
  ///
  /// @param took from the moment it began to act
  record StepEnded(Instant at, ClusterName cluster, Step step, Outcome outcome, Duration took)
      implements Event {}

  /// A wave of the rollout began.
  ///
  /// @param number from 1
  /// @param waves how many there are
  /// @param clusters how many of this run belong to it
  record WaveStarted(Instant at, String wave, int number, int waves, int clusters)
      implements Event {}

  /// A wave is done and is watched until then, before the next one begins.
  record Soaking(Instant at, String wave, int clusters, Instant until) implements Event {}

  /// A wave is over.
  ///
  /// @param failures how many of its clusters failed
  /// @param budget how many were allowed to
  record WaveEnded(Instant at, String wave, int failures, int budget, WaveVerdict verdict)
      implements Event {}

  /// A cluster is not begun in this run.
  record Withheld(Instant at, ClusterName cluster, String because) implements Event {}

  /// A cluster's release goes back to its last good revision.
  record RollBackStarted(Instant at, ClusterName cluster) implements Event {}

  /// It did, or could not.
  record RolledBack(Instant at, ClusterName cluster, Outcome outcome, Duration took)
      implements Event {}

  /// Somebody ended the run: nothing new is begun.
  record Interrupted(Instant at) implements Event {}

  /// All is over.
  record RunEnded(Instant at, Summary summary) implements Event {}
}
