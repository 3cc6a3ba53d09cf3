// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.step.Steps;
import java.time.Instant;

/// What all clusters of a run share.
record Equipment(
    Ports ports,
    Limits limits,
    Steps steps,
    Kubeconfigs kubeconfigs,
    ClusterWatch watch,
    Bulletin bulletin,
    Interruption interruption) {
  Instant now() {
    return ports.time().now();
  }
}
