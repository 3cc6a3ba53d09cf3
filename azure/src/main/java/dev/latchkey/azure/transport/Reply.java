// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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

  /// Reads the body as one page of a list, one item at a time, so that of a page of thousands no
  /// more than one item is a tree at any moment.
  ///
  /// @return where the next page is, if there is one
  /// @throws ProblemException when it is not a page of a list
  public Optional<String> page(Consumer<JsonNode> reader) {
    boolean listed = false;
    Optional<String> next = Optional.empty();
    try (JsonParser parser = JsonMapper.shared().createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("value") && value == JsonToken.START_ARRAY) {
          listed = true;
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode item = parser.readValueAsTree();
            reader.accept(item);
          }
        } else if (name.equals("nextLink") && value == JsonToken.VALUE_STRING) {
          next = Optional.of(parser.getString()).filter(link -> !link.isEmpty());
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException broken) { // its message quotes the body, so it is not passed on
      throw notUnderstood("the body is not JSON (HTTP " + status + ")");
    }
    if (!listed) {
      throw notUnderstood("the list has no `value`");
    }
    return next;
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
    AzureAnswer refusal = refusal();
    return new ProblemException(
        PolicyRefusal.of(what, refusal, Refusal.tree(body))
            .orElseGet(() -> Refusal.problem(what, refusal, waited)));
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
