// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what services answer when they refuse, and translates it once.
///
/// ARM wraps its errors in `error`; AKS often does not; Key Vault adds an inner code, which is the
/// telling one; Entra's `error` is a word and its number stands in `error_codes`.
final class Refusal {
  /// Stands for the code of an error that has none.
  static final String NO_CODE = "NoErrorCode";

  private static final Pattern NOT_AUTHORIZED =
      Pattern.compile("perform action '([^']+)' (?:over|on) scope '([^']+)'");

  /// The action that is granted stands first, so the one on the linked scope is looked for.
  private static final Pattern NOT_LINKED =
      Pattern.compile(
          "perform (?:the following )?action(?:s|\\(s\\))? '([^']+)' on the linked scope\\(s\\)"
              + " '([^']+)'");

  private Refusal() {}

  static AzureAnswer read(int status, HttpHeaders headers, String body) {
    JsonNode tree = tree(body);
    if (tree.path("error").isString()) {
      return ofEntra(status, headers, tree);
    }
    JsonNode error = tree.path("error").isObject() ? tree.path("error") : tree;
    String code = error.path("code").asString(NO_CODE);
    String telling = error.path("innererror").path("code").asString(code);
    String message = error.path("message").asString("").strip();
    return new AzureAnswer(status, telling, message, correlation(headers));
  }

  static AzureProblem problem(String what, AzureAnswer answer, Duration waited) {
    if (answer.status() == 429) {
      return new AzureProblem.Throttled(what, answer, waited);
    }
    if (answer.status() != 403) {
      return new AzureProblem.Refused(what, answer);
    }
    Pattern pattern =
        answer.code().equals("LinkedAuthorizationFailed") ? NOT_LINKED : NOT_AUTHORIZED;
    Matcher words = pattern.matcher(answer.message());
    return words.find()
        ? new AzureProblem.NotAllowed(what, words.group(1), words.group(2), answer)
        : new AzureProblem.Refused(what, answer);
  }

  private static AzureAnswer ofEntra(int status, HttpHeaders headers, JsonNode tree) {
    JsonNode number = tree.path("error_codes").path(0);
    String code = number.isNumber() ? "AADSTS" + number.asLong() : tree.path("error").asString();
    String description = tree.path("error_description").asString("");
    return new AzureAnswer(
        status,
        code,
        description.replaceFirst("(?s)\\s*Trace ID:.*", "").strip(),
        tree.path("correlation_id").asString(correlation(headers)));
  }

  private static String correlation(HttpHeaders headers) {
    return headers
        .firstValue("x-ms-correlation-request-id")
        .or(() -> headers.firstValue("x-ms-request-id"))
        .orElse("");
  }

  /// The body as a tree, an empty one if it is no JSON.
  static JsonNode tree(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException notJson) { // a gateway's page: nothing in it that could be named
      return JsonMapper.shared().createObjectNode();
    }
  }
}
