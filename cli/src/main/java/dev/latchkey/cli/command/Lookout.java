// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.azure.AzurePorts;
import dev.latchkey.azure.credential.Source;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.run.Runner;
import dev.latchkey.core.step.Steps;
import dev.latchkey.kubernetes.KubernetesPorts;
import java.util.List;

/// A look at Azure that changes nothing and leaves no record.
record Lookout(AzurePorts azure, KubernetesPorts kubernetes, Ports ports, Runner runner)
    implements AutoCloseable {

  static Lookout open(Surroundings around, CommonOptions options, Limits limits) {
    if (options.debug()) {
      Logging.speak();
    }
    RunId run = RunId.at(around.time().now());
    var agent = new Agent(around.version(), run.value());
    AzurePorts azure =
        AzurePorts.open(around.environment(), options.credential(), around.time(), limits, agent);
    var kubernetes =
        new KubernetesPorts(
            azure.clusterTokens()::forClusters,
            around.environment(),
            agent.toString(),
            around.time());
    if (azure.source() instanceof Source.Cli cli && !cli.warning().isEmpty()) {
      around.err().println(around.neutral().text(cli.warning()));
    }
    azure.caller(); // who cannot sign in is told so once, not cluster by cluster
    var ports = Session.ports(around.time(), azure, kubernetes, options.kept(azure.clusters()));
    var steps = new Steps(azure.cloud().authority().toString(), run.probe());
    return new Lookout(azure, kubernetes, ports, new Runner(ports, limits, steps, List.of()));
  }

  @Override
  public void close() {
    kubernetes.close();
    azure.close();
  }
}
