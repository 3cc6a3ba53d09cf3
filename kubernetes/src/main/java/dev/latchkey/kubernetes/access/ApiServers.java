// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Token;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Opens API servers. All clusters share one HTTP client, its threads and the serialisation; each
/// keeps its own authorities and certificates. May be used by many threads.
public final class ApiServers implements AutoCloseable {
  /// Requests to one cluster at a time; its API server has no documented limit to obey.
  private static final int REQUESTS_PER_CLUSTER_MAX = 8;

  /// Requests to all clusters at a time. More of them than a small machine can encrypt and read run
  /// into their time-outs; one that gets no answer at all holds its place for well under a minute.
  private static final int REQUESTS_MAX = 128;

  private static final int RETRIES_MAX = 3;
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /// A session holds its server's certificates, and by itself all of a thousand clusters would be
  /// kept for a day. It spares work where a cluster is soon asked again.
  private static final int SESSIONS_MAX = 256;

  private static final Duration SESSION_LIFE = Duration.ofMinutes(1);

  private final TrustByOrigin trust = new TrustByOrigin();
  private final KeysByOrigin keys = new KeysByOrigin();
  private final Map<Origin, Semaphore> permits = new ConcurrentHashMap<>();
  private final Semaphore permitsOfAll = new Semaphore(REQUESTS_MAX, true);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final Supplier<Token> entra;
  private final String userAgent;
  private final HttpClient http;

  /// Prepares to open clusters; asks nothing.
  ///
  /// @param entra gives a token for the AKS server application; asked anew for each request
  public ApiServers(Supplier<Token> entra, String userAgent) {
    this.entra = entra;
    this.userAgent = userAgent;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .sslContext(context(keys, trust))
            .executor(threads)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// A client for the cluster of the kubeconfig; asks nothing yet. The caller closes it.
  public Opened open(Kubeconfig kubeconfig) {
    ApiServer server = ApiServer.of(kubeconfig);
    Origin origin = Origin.of(server.server());
    register(origin, server);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config(server))
            .withHttpClientFactory(new SharedHttp(http))
            .withTaskExecutor(threads)
            .withKubernetesSerialization(serialization)
            .build();
    Semaphore permit =
        permits.computeIfAbsent(origin, _ -> new Semaphore(REQUESTS_PER_CLUSTER_MAX));
    return new Opened(client, permit, permitsOfAll);
  }

  /// The same access as a kubeconfig for Helm, with the Entra token of this moment in it.
  public String kubeconfigWithCredentials(Kubeconfig kubeconfig) {
    return ApiServer.of(kubeconfig).kubeconfigWithCredentials(entra);
  }

  /// A cluster's client.
  ///
  /// @param permits how many requests may run at the same time, over all clients of the cluster
  /// @param permitsOfAll the same over all clusters
  public record Opened(KubernetesClient client, Semaphore permits, Semaphore permitsOfAll)
      implements AutoCloseable {
    /// Runs one request when its turn comes.
    public <T extends @Nullable Object> T ask(Supplier<T> request) {
      permits.acquireUninterruptibly(); // each holder ends by its own time-out
      permitsOfAll.acquireUninterruptibly();
      try {
        return request.get();
      } finally {
        permitsOfAll.release();
        permits.release();
      }
    }

    /// Where the API server is.
    public String host() {
      return client.getMasterUrl().getHost();
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private void register(Origin origin, ApiServer server) {
    try {
      trust.put(origin, Pem.trust(server.authorities()));
      if (server.signIn() instanceof SignIn.Certificate(var certificate)) {
        keys.put(origin, certificate.keyManager());
      }
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new ProblemException(
          new AzureProblem.NotUnderstood(
              "Reading the certificates of the cluster's kubeconfig",
              String.valueOf(e.getMessage())),
          e);
    }
  }

  private Config config(ApiServer server) {
    ConfigBuilder config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.server().toString())
            .withUserAgent(userAgent)
            .withRequestTimeout((int) ANSWER_WITHIN.toMillis())
            // The only retries of one request to a cluster: 429, 5xx and broken connections.
            .withRequestRetryBackoffLimit(RETRIES_MAX)
            .withRequestRetryBackoffInterval((int) RETRY_AFTER.toMillis())
            .withOnlyHttpWatches(true);
    return switch (server.signIn()) {
      case SignIn.Certificate _ -> config.build();
      case SignIn.StaticToken(var token) ->
          config.withOauthTokenProvider(() -> token.use(text -> text)).build();
      case SignIn.Entra() ->
          config.withOauthTokenProvider(() -> entra.get().use(text -> text)).build();
    };
  }

  private static SSLContext context(KeyManager keys, TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
      SSLSessionContext sessions = context.getClientSessionContext();
      sessions.setSessionCacheSize(SESSIONS_MAX);
      sessions.setSessionTimeout((int) SESSION_LIFE.toSeconds());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /// Ends all connections.
  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
