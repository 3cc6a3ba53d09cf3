// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/// The JDK's HTTP client, one for the whole run.
public final class JdkWire implements Wire, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// How long one attempt may take; a read of a whole subscription is slow.
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client;

  /// A client that trusts whom the context trusts.
  public JdkWire(SSLContext trust) {
    this.client = HttpClient.newBuilder().sslContext(trust).connectTimeout(CONNECT).build();
  }

  @Override
  public HttpResponse<String> send(HttpRequest request, HttpResponse.BodyHandler<String> body)
      throws IOException, InterruptedException {
    HttpRequest bounded =
        HttpRequest.newBuilder(request, (name, value) -> true).timeout(ANSWER).build();
    return client.send(bounded, body);
  }

  /// Ends all connections; requests that run are cut.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
