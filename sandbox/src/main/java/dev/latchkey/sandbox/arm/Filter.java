// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little of OData's `$filter` that ARM's lists know: comparisons and functions joined by
/// `and`.
///
/// @param text as sent
public record Filter(String text) {
  /// The value of `name eq 'value'`.
  public Optional<String> equal(String name) {
    return first(Pattern.quote(name) + "\\s+eq\\s+'([^']*)'");
  }

  /// The argument of `name('argument')`.
  public Optional<String> argument(String name) {
    return first(Pattern.quote(name) + "\\(\\s*'([^']*)'\\s*\\)");
  }

  /// Whether `name()` stands in it.
  public boolean calls(String name) {
    return text.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT) + "()");
  }

  private Optional<String> first(String expression) {
    Matcher matcher =
        Pattern.compile("(?:^|\\s|\\()" + expression, Pattern.CASE_INSENSITIVE).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
