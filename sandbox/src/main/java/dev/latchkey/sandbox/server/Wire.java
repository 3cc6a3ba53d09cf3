// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/// The sockets of one sandbox. It binds loopback addresses and no other.
final class Wire implements AutoCloseable {
  static final String IPV4 = "127.0.0.1";
  static final String IPV6 = "::1";
  private static final int ATTEMPTS = 10;
  private static final long BODY_BYTES_MAX = 16L << 20;

  // loggers that nobody holds forget their level
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("io.undertow"),
          Logger.getLogger("org.xnio"),
          Logger.getLogger("org.jboss.threads"));

  private final XnioWorker worker;
  private final List<Undertow> listeners = new CopyOnWriteArrayList<>();

  Wire() {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    try {
      this.worker =
          Xnio.getInstance(Wire.class.getClassLoader())
              .createWorker(
                  OptionMap.builder()
                      .set(Options.WORKER_IO_THREADS, 2)
                      .set(Options.WORKER_TASK_CORE_THREADS, 2)
                      .set(Options.WORKER_TASK_MAX_THREADS, 8)
                      .set(Options.TCP_NODELAY, true)
                      .set(Options.THREAD_DAEMON, true)
                      .getMap());
    } catch (IOException e) {
      throw new IllegalStateException("cannot start network threads", e);
    }
  }

  /// Listens on 127.0.0.1, and on ::1 where this machine has it, at one port.
  ///
  /// @param port 0 for any
  /// @return the port
  int listen(int port, SSLContext tls, HttpHandler handler) {
    if (!hasIpv6()) {
      return open(IPV4, port, tls, handler);
    }
    RuntimeException last = new IllegalStateException("no port tried");
    for (int attempt = 0; attempt < (port == 0 ? ATTEMPTS : 1); attempt++) {
      int bound = open(IPV4, port, tls, handler);
      try {
        open(IPV6, bound, tls, handler);
        return bound;
      } catch (RuntimeException e) {
        last = e; // somebody holds this port of the other address: take another port of both
        listeners.removeLast().stop();
      }
    }
    throw last;
  }

  /// Listens on 127.0.0.1 alone, at any port.
  int listenIpv4(SSLContext tls, HttpHandler handler) {
    return open(IPV4, 0, tls, handler);
  }

  private int open(String address, int port, SSLContext tls, HttpHandler handler) {
    if (!new InetSocketAddress(address, port).getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException("the sandbox serves loopback addresses only: " + address);
    }
    Undertow listener =
        Undertow.builder()
            .setWorker(worker)
            .addHttpsListener(port, address, tls)
            .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, BODY_BYTES_MAX)
            .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
            .setHandler(handler)
            .build();
    listener.start();
    listeners.add(listener);
    return ((InetSocketAddress) listener.getListenerInfo().getFirst().getAddress()).getPort();
  }

  private static boolean hasIpv6() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    } catch (SocketException e) {
      return false;
    }
  }

  @Override
  public void close() {
    listeners.forEach(Undertow::stop);
    worker.shutdownNow();
  }
}
