// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.azure.AzurePorts;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.cli.command.Wiring;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.run.Runner;
import dev.latchkey.core.step.Steps;
import dev.latchkey.kubernetes.KubernetesPorts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of the engine in virtual time, wired as the commands wire it. It is new for each run.
record Engine(
    VirtualTime world,
    VirtualTime.Life time,
    Map<String, String> environment,
    Reading.Accepted wanted) {
  private static final String NO_SECRET = "latchkey-probe-0a1b2c";

  Summary deploy(List<Listener> listeners) throws InterruptedException {
    var agent = new Agent("0", "torture");
    try (AzurePorts azure =
            AzurePorts.open(environment, Optional.empty(), time, wanted.limits(), agent);
        var kubernetes =
            new KubernetesPorts(
                azure.clusterTokens()::forClusters, environment, agent.toString(), time)) {
      Ports ports = CountedPorts.of(Wiring.of(time, azure, kubernetes), world);
      var steps = new Steps(azure.cloud().authority().toString(), NO_SECRET);
      return new Runner(ports, wanted.limits(), steps, listeners).deploy(wanted.fleet());
    }
  }
}
