// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The parameters of a policy: what the assignment says, else the definition's default.
///
/// @param given by the assignment: `{"name": {"value": …}}`
/// @param defined by the definition: `{"name": {"defaultValue": …}}`
record Parameters(JsonNode given, JsonNode defined) {
  private static final Pattern PARAMETER = Pattern.compile("parameters\\('([^']*)'\\)");
  private static final Pattern CONCAT = Pattern.compile("\\[concat\\((.*)\\)\\]");

  /// A value of a rule, its parameters filled in.
  JsonNode value(JsonNode written) {
    String text = written.asString("");
    Matcher whole = PARAMETER.matcher(inner(text));
    return isExpression(text) && whole.matches() ? of(whole.group(1)) : written;
  }

  /// A text of a rule, its parameters filled in: alone, or joined by `concat`.
  String text(String written) {
    Matcher concat = CONCAT.matcher(written);
    if (concat.matches()) {
      return Stream.of(concat.group(1).split(",(?=(?:[^']*'[^']*')*[^']*$)", -1))
          .map(part -> part(part.strip()))
          .collect(Collectors.joining());
    }
    return isExpression(written) ? part(inner(written)) : written;
  }

  private String part(String part) {
    Matcher parameter = PARAMETER.matcher(part);
    return parameter.matches()
        ? of(parameter.group(1)).asString("")
        : part.startsWith("'") && part.length() > 1 ? part.substring(1, part.length() - 1) : part;
  }

  private JsonNode of(String name) {
    JsonNode value = given.path(name).path("value");
    return value.isMissingNode() ? defined.path(name).path("defaultValue") : value;
  }

  private static boolean isExpression(String text) {
    return text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
  }

  private static String inner(String text) {
    return isExpression(text) ? text.substring(1, text.length() - 1) : text;
  }
}
