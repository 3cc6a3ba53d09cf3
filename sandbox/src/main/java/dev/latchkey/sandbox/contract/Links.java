// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Compares addresses that clients are told to follow, and remembers where ours leads.
///
/// @param bindings what is bound so far
record Links(Bindings bindings) {
  /// Parameters whose values only the server understands: the signature of a poll's address, and
  /// the place in a list.
  private static final Set<String> SERVERS_OWN = Set.of("t", "c", "s", "h", "$skiptoken");

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
    return parameters;
  }

  private static String beforeQuery(String url) {
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
