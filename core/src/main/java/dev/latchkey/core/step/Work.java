// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.trust.Proof;

/// What a step has in its hands while it acts on one cluster.
public interface Work {
  /// What is wanted.
  Target target();

  /// What was seen before the run.
  Seen seen();

  /// The world outside.
  Ports ports();

  /// What the steps share.
  Facts facts();

  /// Bounded waits.
  Pace pace();

  /// The cluster while it is busy.
  Watch watch();

  /// The other clusters of the run.
  Neighbours neighbours();

  /// Tells that something is different now; called right after it was done.
  void changed(Change change);

  /// Tells what people should know.
  void found(String words);

  /// Tells how a wait is going.
  void progress(String words);

  /// Tells what a trial of the trust chain showed.
  void proved(Proof proof);
}
