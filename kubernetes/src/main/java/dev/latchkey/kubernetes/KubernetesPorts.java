// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes;

import dev.latchkey.core.port.Releases;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.Workloads;
import dev.latchkey.core.resource.Token;
import dev.latchkey.kubernetes.access.ApiServers;
import dev.latchkey.kubernetes.helm.HelmJavaReleases;
import dev.latchkey.kubernetes.helm.Signals;
import dev.latchkey.kubernetes.workload.FabricWorkloads;
import java.util.Map;
import java.util.function.Supplier;

/// The engine's ports to clusters, over one shared HTTP client.
public final class KubernetesPorts implements AutoCloseable {
  private final ApiServers servers;
  private final FabricWorkloads workloads;
  private final HelmJavaReleases releases;

  /// Makes both ports; asks nothing.
  ///
  /// @param entra gives a token for the AKS server application, fresh enough for one request
  /// @param environment of this process
  /// @param userAgent `latchkey/{version} {run}`
  public KubernetesPorts(
      Supplier<Token> entra, Map<String, String> environment, String userAgent, Time time) {
    servers = new ApiServers(entra, userAgent);
    workloads = new FabricWorkloads(servers, time);
    releases = new HelmJavaReleases(servers, environment);
  }

  /// What is asked of a cluster's API server.
  public Workloads workloads() {
    return workloads;
  }

  /// What is asked of Helm.
  public Releases releases() {
    return releases;
  }

  /// What happens at Ctrl-C: Helm's code, in this process, would take it over.
  public Signals signals() {
    return releases.signals();
  }

  /// Ends all connections; a call into Helm that runs goes on until its own end.
  @Override
  public void close() {
    releases.close();
    servers.close();
  }
}
