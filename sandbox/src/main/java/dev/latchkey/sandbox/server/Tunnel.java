// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP proxy that leads to the front port and nowhere else.
///
/// Vaults have host names of their own, `NAME.vault.localhost`, and not every machine resolves them
/// to loopback as RFC 6761 wants. A client that is told of a proxy (`HTTPS_PROXY`) does not resolve
/// names itself. TLS passes through untouched, so the client still sees the sandbox's certificate.
final class Tunnel implements AutoCloseable {
  private static final Pattern CONNECT =
      Pattern.compile("CONNECT ([^\\s:]+|\\[::1]):(\\d{1,5}) HTTP/1\\.[01]\r\n");
  private static final int HEAD_BYTES_MAX = 16 << 10;
  private static final int BACKLOG = 128;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerSocket entrance;
  private final int exit;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// A tunnel to this port of the loopback address, at any port of its own.
  static Tunnel to(int frontPort) {
    try {
      var tunnel =
          new Tunnel(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(Wire.IPV4)), frontPort);
      tunnel.threads.execute(tunnel::accept);
      return tunnel;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a port for the tunnel", e);
    }
  }

  private Tunnel(ServerSocket entrance, int exit) {
    this.entrance = entrance;
    this.exit = exit;
  }

  /// What `HTTPS_PROXY` is set to.
  URI url() {
    return URI.create("http://" + Wire.IPV4 + ":" + entrance.getLocalPort());
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      client.setSoTimeout((int) PATIENCE.toMillis());
      if (leadsHere(head(client.getInputStream()))) {
        connect(client);
      } else {
        tell(client, "403 Forbidden");
      }
    } catch (IOException e) {
      // the client has gone, or the sandbox stops: nobody is left to tell
    } finally {
      open.remove(client);
    }
  }

  /// The request's head; nothing of what follows is read, because that is TLS already.
  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.length() < HEAD_BYTES_MAX && !head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client ended before its request did");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private boolean leadsHere(String head) {
    Matcher line = CONNECT.matcher(head);
    if (!line.lookingAt() || Integer.parseInt(line.group(2)) != exit) {
      return false;
    }
    String host = line.group(1).toLowerCase(Locale.ROOT);
    return Set.of("localhost", Wire.IPV4, "[::1]").contains(host) || host.endsWith(".localhost");
  }

  private void connect(Socket client) throws IOException {
    try (var front = new Socket(InetAddress.ofLiteral(Wire.IPV4), exit)) {
      open.add(front);
      client.setSoTimeout(0);
      tell(client, "200 Connection established");
      threads.execute(() -> pass(front, client));
      pass(client, front);
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side has closed; the other is closed with it
    } finally {
      open.remove(from);
    }
  }

  private static void tell(Socket client, String status) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() {
    try {
      entrance.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the tunnel", e);
    }
    threads.shutdownNow();
  }
}
