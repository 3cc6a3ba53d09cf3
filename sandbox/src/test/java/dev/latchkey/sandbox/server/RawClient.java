// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/// Sends bytes over TLS, HTTP or not.
record RawClient(SSLSocketFactory sockets, int port) {
  private static final int PATIENCE_MILLIS = 500;

  static RawClient of(Sandbox sandbox) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    byte[] pem = sandbox.authorityPem().getBytes(StandardCharsets.UTF_8);
    store.setCertificateEntry(
        "sandbox",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return new RawClient(tls.getSocketFactory(), URI.create(sandbox.url()).getPort());
  }

  /// The status when it is a failure of the server; a server may also wait for the rest, or hang
  /// up.
  Optional<Integer> failure(byte[] bytes) {
    return Optional.of(exchange(bytes)).filter(status -> status >= 500);
  }

  /// The status of a request without further headers.
  int status(String requestLine) {
    return exchange((requestLine + "Host: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /// The status; 0 when the connection was ended instead, or nothing came.
  private int exchange(byte[] bytes) {
    try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return status(socket.getInputStream());
    } catch (IOException e) {
      return 0;
    }
  }

  private static int status(InputStream in) throws IOException {
    String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    return line.matches("HTTP/1\\.[01] \\d{3}") ? Integer.parseInt(line.substring(9)) : 0;
  }
}
