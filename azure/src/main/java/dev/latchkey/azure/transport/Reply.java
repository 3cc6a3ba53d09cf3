// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a service answered at last. Hidden from formatters, since bodies hold tokens.
public final class Reply {
  private final String what;
  private final int status;
  private final HttpHeaders headers;
  private final String body;
  private final Duration waited;

  Reply(String what, int status, HttpHeaders headers, String body, Duration waited) {
    this.what = what;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.waited = waited;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// The first value of a header, whatever the capitals of its name.
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /// All headers.
  HttpHeaders headers() {
    return headers;
  }

  /// The body as it came.
  String body() {
    return body;
  }

  /// The body as a tree.
  ///
  /// @throws ProblemException when it is not JSON
  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException broken) { // its message quotes the body, so it is not passed on
      throw notUnderstood("the body is not JSON (HTTP " + status + ")");
    }
  }

  /// The error that the body tells, in one form whatever the service.
  public AzureAnswer refusal() {
    return Refusal.read(status, headers, body);
  }

  /// This reply, if it is a success; the failure that it is, otherwise.
  ///
  /// @throws ProblemException when the status is 400 or more
  public Reply expectSuccess() {
    if (status >= 400) {
      throw failure();
    }
    return this;
  }

  /// This reply as the failure that it is.
  public ProblemException failure() {
    return new ProblemException(Refusal.problem(what, refusal(), waited));
  }

  /// A failure since the answer has not the form that is documented.
  public ProblemException notUnderstood(String detail) {
    return new ProblemException(new AzureProblem.NotUnderstood(what, detail));
  }

  @Override
  public String toString() {
    return "Reply[" + status + ", hidden]";
  }
}
