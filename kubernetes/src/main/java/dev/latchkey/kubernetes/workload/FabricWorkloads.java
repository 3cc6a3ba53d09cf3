// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.Workloads;
import dev.latchkey.kubernetes.access.ApiServers;

/// Asks clusters through the fabric8 client.
public final class FabricWorkloads implements Workloads {
  private final ApiServers servers;
  private final Time time;

  /// Uses these API servers.
  public FabricWorkloads(ApiServers servers, Time time) {
    this.servers = servers;
    this.time = time;
  }

  @Override
  public Cluster open(Kubeconfig kubeconfig) {
    return new FabricCluster(kubeconfig.cluster(), servers.open(kubeconfig), time);
  }
}
