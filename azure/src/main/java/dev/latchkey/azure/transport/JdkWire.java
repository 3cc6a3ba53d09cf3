// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;

/// The JDK's HTTP client, one for the whole run.
public final class JdkWire implements Wire, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// How long one attempt may take; a read of a whole subscription is slow.
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /// Requests on their way at a time. Azure's limits let fewer through for long; at the beginning
  /// of a large fleet they would be a thousand, each on a connection of its own where a server
  /// speaks HTTP/1.1, and an agent behind network address translation has few ports.
  private static final int AT_A_TIME_MAX = 128;

  private final HttpClient client;
  private final Semaphore turns = new Semaphore(AT_A_TIME_MAX);

  /// A client that trusts whom the context trusts.
  public JdkWire(SSLContext trust) {
    this.client = HttpClient.newBuilder().sslContext(trust).connectTimeout(CONNECT).build();
  }

  @Override
  public HttpResponse<String> send(HttpRequest request, HttpResponse.BodyHandler<String> body)
      throws IOException, InterruptedException {
    HttpRequest bounded =
        HttpRequest.newBuilder(request, (name, value) -> true).timeout(ANSWER).build();
    turns.acquire();
    try {
      return client.send(bounded, body);
    } finally {
      turns.release();
    }
  }

  /// Ends all connections; requests that run are cut.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
