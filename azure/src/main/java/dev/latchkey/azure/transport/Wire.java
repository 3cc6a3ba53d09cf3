// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Sends one attempt of a request: the JDK's client, or a table of answers in a test.
@FunctionalInterface
public interface Wire {
  /// Waits for the answer; the body handler decides whether its body is read at all.
  HttpResponse<String> send(HttpRequest request, HttpResponse.BodyHandler<String> body)
      throws IOException, InterruptedException;
}
