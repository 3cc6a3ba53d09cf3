// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\n\r\n";

  private final ServerSocket front = new ServerSocket(0, 1, LOOPBACK);
  private final Tunnel tunnel = Tunnel.to(front.getLocalPort());

  TunnelTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    tunnel.close();
    front.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "kv-shared.vault.localhost", "127.0.0.1", "[::1]"})
  void leadsToTheFrontPortUnderEachOfItsNames(String host) throws IOException {
    try (Socket client = asking("CONNECT " + host + ":" + front.getLocalPort() + " HTTP/1.1")) {
      assertThat(read(client, ESTABLISHED.length())).isEqualTo(ESTABLISHED);

      try (Socket server = front.accept()) {
        client.getOutputStream().write("to the server".getBytes(StandardCharsets.UTF_8));
        server.getOutputStream().write("to the client".getBytes(StandardCharsets.UTF_8));

        assertThat(read(server, 13)).isEqualTo("to the server");
        assertThat(read(client, 13)).isEqualTo("to the client");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT pypi.org:443", "CONNECT localhost:1", "GET http://localhost/"})
  void leadsNowhereElse(String request) throws IOException {
    try (Socket client = asking(request + " HTTP/1.1")) {
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo(FORBIDDEN);
    }
  }

  @Test
  void endsTheOtherSideWhenOneEnds() throws IOException {
    Socket client = asking("CONNECT localhost:" + front.getLocalPort() + " HTTP/1.1");
    try (Socket server = front.accept()) {
      client.close();

      assertThat(server.getInputStream().readAllBytes()).isEmpty();
    }
  }

  private Socket asking(String line) throws IOException {
    var client = new Socket(LOOPBACK, tunnel.url().getPort());
    client
        .getOutputStream()
        .write((line + "\r\nHost: any\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static String read(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }
}
