// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/// What somebody might send to a port instead of a request: each number gives one, always the same.
record MalformedBytes(long seed) {
  private static final List<String> STARTS =
      List.of(
          "GET /subscriptions?api-version=2022-12-01 HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /%zz%00%c0%af HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
          "GET http://localhost/subscriptions HTTP/1.1\r\nHost: rebound.example\r\n\r\n",
          "PUT /subscriptions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n{}",
          "PUT /subscriptions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
          "POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
          "POST /x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\n folded: line\r\n\r\n",
          "GET / HTTP/1.1\r\nHost:\r\nAuthorization: Bearer \u0001\u0002\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n",
          "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "\r\n\r\n\r\n",
          "\u0000\u0001\u0002\u0003");

  byte[] number(int index) {
    var random = new SplittableRandom(seed * 1_000_003 + index);
    String start = STARTS.get(random.nextInt(STARTS.size()));
    String text =
        switch (random.nextInt(5)) {
          case 0 -> start;
          case 1 -> start.substring(0, random.nextInt(start.length() + 1));
          case 2 ->
              start.replaceFirst("\r\n", "\r\nX: " + "y".repeat(random.nextInt(20_000)) + "\r\n");
          default -> Malformed.bent(random, start);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
