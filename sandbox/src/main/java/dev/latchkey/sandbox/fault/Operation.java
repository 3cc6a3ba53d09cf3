// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.message.Ask;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A method, and the type or the path that it is sent to, as `PUT Microsoft.KeyVault/vaults` or
/// `GET /secrets/*`.
///
/// @param method upper case, or `*` for every one
/// @param target of a type in ARM, or a path beginning with `/` in which `*` stands for one segment
///   and `**` for any number; compared without case
public record Operation(String method, String target) {
  /// The methods that a rule may name.
  static final Set<String> METHODS = Set.of("*", "GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

  private static final String PROVIDERS = "/providers/";

  /// Reads the two words; empty when they are none.
  static Optional<Operation> of(String text) {
    String[] words = text.strip().split("\\s+", 2);
    boolean fits =
        words.length == 2
            && METHODS.contains(words[0])
            && words[1].matches("/\\S*|[A-Za-z.]+(/[A-Za-z]+)+|\\*");
    return fits ? Optional.of(new Operation(words[0], words[1])) : Optional.empty();
  }

  /// Whether a request is one of these.
  boolean isAskedBy(Ask ask) {
    return (method.equals("*") || method.equals(ask.method())) && isAt(ask.path());
  }

  /// Whether a path is one of these, whatever the method.
  boolean isAt(String path) {
    if (target.equals("*")) {
      return true;
    }
    return target.startsWith("/")
        ? pattern(target).matcher(path).matches()
        : target.equalsIgnoreCase(type(path));
  }

  private static Pattern pattern(String target) {
    String regex =
        Stream.of(target.split("/", -1)).map(Operation::segment).collect(Collectors.joining("/"));
    return Pattern.compile(regex + "/?", Pattern.CASE_INSENSITIVE);
  }

  private static String segment(String segment) {
    if (segment.equals("**")) {
      return ".*";
    }
    return Stream.of(segment.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("[^/]*"));
  }

  /// The type in a path of ARM, an action's word included; empty for other paths.
  private static String type(String path) {
    int start = path.toLowerCase(Locale.ROOT).lastIndexOf(PROVIDERS);
    if (start < 0) {
      return "";
    }
    String[] words = path.substring(start + PROVIDERS.length()).split("/", -1);
    var type = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i += 2) {
      type.append('/').append(words[i]);
    }
    return type.toString();
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
