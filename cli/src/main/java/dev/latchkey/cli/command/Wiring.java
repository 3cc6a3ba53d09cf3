// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.azure.AzurePorts;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Time;
import dev.latchkey.kubernetes.KubernetesPorts;

/// Puts the adapters into the hand of the engine.
public final class Wiring {
  private Wiring() {}

  /// All ports, as these adapters serve them.
  public static Ports of(Time time, AzurePorts azure, KubernetesPorts kubernetes) {
    return new Ports(
        time,
        azure.clusters(),
        azure.identities(),
        azure.roles(),
        azure.vaults(),
        azure.locks(),
        azure.rights(),
        azure.providers(),
        azure.issuers(),
        azure.exchange(),
        azure.secrets(),
        kubernetes.workloads(),
        kubernetes.releases());
  }
}
