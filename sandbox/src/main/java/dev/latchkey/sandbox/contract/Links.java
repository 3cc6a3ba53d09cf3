// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Compares addresses that clients are told to follow, and remembers where ours leads.
///
/// @param bindings what is bound so far
record Links(Bindings bindings) {
  /// The signature of a poll's address: ARM signs since November 2023, whatever the api-version.
  private static final Set<String> SIGNATURE = Set.of("t", "c", "s", "h");

  /// Parameters whose values only the server understands.
  private static final Set<String> SERVERS_OWN = Set.of("$skiptoken");

  /// Whether a text is an address with a query.
  static boolean isLink(String text) {
    return text.startsWith("https://") && text.contains("?") && !text.contains(" ");
  }

  boolean agree(String wanted, String seen) {
    bindings.follow(wanted, seen);
    if (!bindings.agree(beforeQuery(wanted), beforeQuery(seen))) {
      return false;
    }
    var recorded = parameters(wanted);
    var ours = parameters(seen);
    return recorded.keySet().equals(ours.keySet())
        && recorded.entrySet().stream()
            .allMatch(
                one ->
                    SERVERS_OWN.contains(one.getKey())
                        || bindings.agree(
                            one.getValue().getFirst(),
                            ours.getOrDefault(one.getKey(), List.of("")).getFirst()));
  }

  private static TreeMap<String, List<String>> parameters(String url) {
    var parameters = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    parameters.putAll(Url.of(url).query());
    parameters.keySet().removeAll(SIGNATURE);
    return parameters;
  }

  private static String beforeQuery(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
