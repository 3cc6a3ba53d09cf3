// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One question to a container: over HTTP or TCP, at the port that stands for its own.
record Probe(JsonNode definition, int port) {

  Duration delay() {
    return Duration.ofSeconds(Trees.number(definition, 0, "initialDelaySeconds"));
  }

  Duration period() {
    return Duration.ofSeconds(Math.max(1, Trees.number(definition, 10, "periodSeconds")));
  }

  long failureThreshold() {
    return Trees.number(definition, 3, "failureThreshold");
  }

  /// Why the container failed it; empty when it passed. Blocks up to the time-out.
  Optional<String> ask() {
    int millis = (int) Trees.number(definition, 1, "timeoutSeconds") * 1000;
    try {
      if (definition.path("httpGet").isObject()) {
        return askHttp(millis);
      }
      if (definition.path("tcpSocket").isObject()) {
        return askTcp(millis);
      }
      return Optional.of("the sandbox asks probes of httpGet and tcpSocket only");
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> askHttp(int millis) throws IOException {
    String scheme = Trees.text(definition, "httpGet", "scheme").equals("HTTPS") ? "https" : "http";
    String path = Trees.text(definition, "httpGet", "path");
    URI uri = URI.create(scheme + "://127.0.0.1:" + port + path);
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setRequestProperty("User-Agent", "kube-probe/1.34");
    try {
      int status = connection.getResponseCode();
      return status >= 200 && status < 400
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + status);
    } finally {
      connection.disconnect();
    }
  }

  private Optional<String> askTcp(int millis) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      return Optional.empty();
    }
  }
}
