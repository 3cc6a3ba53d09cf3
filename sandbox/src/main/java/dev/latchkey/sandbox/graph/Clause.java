// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.graph;

import dev.latchkey.sandbox.access.Principal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `$filter` on service principals, as far as `az` writes them: one comparison.
sealed interface Clause {
  Pattern ANY = Pattern.compile("servicePrincipalNames/any\\((\\w+):\\1 eq '((?:[^']|'')*)'\\)");
  Pattern EQUAL =
      Pattern.compile("(appId|id|displayName|servicePrincipalType) eq '((?:[^']|'')*)'");
  Pattern STARTS = Pattern.compile("startswith\\(displayName,\\s*'((?:[^']|'')*)'\\)");

  /// No filter at all.
  record Everyone() implements Clause {}

  /// One of the names that a principal has: its client id, or a URI of its application.
  record Named(String name) implements Clause {}

  /// A member has this value.
  record Equal(String member, String value) implements Clause {}

  /// The display name begins so.
  record Begins(String prefix) implements Clause {}

  static Clause of(String filter) throws GraphRefused {
    if (filter.isBlank()) {
      return new Everyone();
    }
    Matcher any = ANY.matcher(filter.strip());
    if (any.matches()) {
      return new Named(unquoted(any.group(2)));
    }
    Matcher equal = EQUAL.matcher(filter.strip());
    if (equal.matches()) {
      return new Equal(equal.group(1), unquoted(equal.group(2)));
    }
    Matcher starts = STARTS.matcher(filter.strip());
    if (starts.matches()) {
      return new Begins(unquoted(starts.group(1)));
    }
    throw new GraphRefused(
        400,
        "Request_UnsupportedQuery",
        "Unsupported or invalid query filter clause specified: " + filter);
  }

  private static String unquoted(String text) {
    return text.replace("''", "'");
  }

  default boolean accepts(Principal principal) {
    return switch (this) {
      case Everyone() -> true;
      case Named(String name) -> ServicePrincipals.names(principal).contains(name);
      case Equal(String member, String value) ->
          ServicePrincipals.tree(principal).path(member).asString("").equalsIgnoreCase(value);
      case Begins(String prefix) ->
          principal
              .displayName()
              .toLowerCase(Locale.ROOT)
              .startsWith(prefix.toLowerCase(Locale.ROOT));
    };
  }
}
