// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// A program for pods: it answers 200 once it sees its token, and ends with its standard input.
final class SmallServer {
  private SmallServer() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      System.exit(Integer.parseInt(arguments[0]));
    }
    int port = Integer.parseInt(System.getenv("PORT"));
    Path token = Path.of(System.getenv("AZURE_FEDERATED_TOKEN_FILE"));
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(Files.isReadable(token) ? 200 : 503, -1);
          exchange.close();
        });
    server.start();
    System.out.println("listening");
    while (System.in.read() >= 0) {
      // nothing is ever sent: the end of the input is what counts
    }
    System.exit(0);
  }
}
