// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.entra.Fetch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Fetches documents of issuers over HTTPS from the front port, and from nowhere else: the sandbox
/// never leaves this machine.
final class LoopbackFetch implements Fetch, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int port;
  private final HttpClient client;

  LoopbackFetch(int port, CertificateAuthority authority) {
    this.port = port;
    this.client =
        HttpClient.newBuilder()
            .sslContext(authority.client())
            .connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public String read(URI url) throws IOException {
    if (!"https".equals(url.getScheme())
        || !"localhost".equals(url.getHost())
        || url.getPort() != port) {
      throw new IOException("not an issuer of this sandbox: " + url);
    }
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(url).timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(url + " answered " + answer.statusCode());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the sandbox stops", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
