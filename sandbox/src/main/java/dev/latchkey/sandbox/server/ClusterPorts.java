// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.cluster.ApiServers;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Origin;
import io.undertow.server.HttpServerExchange;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/// The API servers' ports: one per cluster with a CA of its own, opened when first asked for.
///
/// While an API server is down its port takes connections and closes them without a word, which to
/// a client is the same as none listening; its streams are cut.
final class ClusterPorts implements ApiServers, AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final SandboxClock clock;
  private final Wire wire;
  private final Reception reception;
  private final CompletableFuture<Clusters> clusters = new CompletableFuture<>();
  private final ConcurrentMap<String, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final ScheduledExecutorService guard =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sandbox-api-servers").factory());

  ClusterPorts(SandboxClock clock, Wire wire, Reception reception) {
    this.clock = clock;
    this.wire = wire;
    this.reception = reception;
  }

  /// Begins to serve these clusters.
  void serve(Clusters known) {
    clusters.complete(known);
    var _ =
        guard.scheduleWithFixedDelay(
            this::cutStreams, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// The clusters that it serves; waits until it does.
  Clusters clusters() {
    return clusters.join();
  }

  @Override
  public Endpoint endpoint(String clusterId) {
    return endpoints.computeIfAbsent(clusterId.toLowerCase(Locale.ROOT), this::open);
  }

  private Endpoint open(String clusterId) {
    var authority = new CertificateAuthority("sandbox " + nameOf(clusterId), clock.source());
    int port =
        wire.listenIpv4(
            authority.server(List.of("localhost", "kubernetes"), List.of(Wire.IPV4)),
            exchange -> take(exchange, clusterId));
    CertificateAuthority.Leaf admin = authority.client("masterclient", "system:masters");
    try {
      return new Endpoint(
          "https://" + Wire.IPV4 + ":" + port,
          authority.pem(),
          admin.certificatePem(),
          admin.keyPem());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }

  private static String nameOf(String clusterId) {
    return clusterId.substring(clusterId.lastIndexOf('/') + 1);
  }

  private void take(HttpServerExchange exchange, String clusterId) {
    if (isDown(clusterId)) {
      IoUtils.safeClose(exchange.getConnection());
      return;
    }
    reception.take(exchange, _ -> Optional.of(new Origin.Cluster(clusterId)));
  }

  private boolean isDown(String clusterId) {
    Instant now = clock.instant();
    return clusters.join().find(clusterId).map(cluster -> isDown(cluster, now)).orElse(true);
  }

  private static boolean isDown(ClusterView cluster, Instant now) {
    return switch (cluster.power()) {
      case STOPPED -> true;
      case RUNNING -> cluster.apiServerDownUntil().filter(now::isBefore).isPresent();
    };
  }

  private void cutStreams() {
    for (Origin origin : reception.streaming()) {
      if (origin instanceof Origin.Cluster(String id) && isDown(id)) {
        reception.cut(origin::equals);
      }
    }
  }

  @Override
  public void close() {
    guard.shutdownNow();
  }
}
