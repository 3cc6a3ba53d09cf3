// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What Helm, which reads YAML 1.1, takes for numbers, truths and nothing, and YAML 1.2 for texts:
/// `defaultMode: 0400`, `readOnly: yes`, `nodeSelector: ~`.
final class OldYaml {
  private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");
  private static final Set<String> NULL = Set.of("~", "null");

  private OldYaml() {}

  static boolean same(Object wanted, Object live) {
    if (!(wanted instanceof String text)) {
      return false;
    }
    return switch (live) {
      case Number number ->
          OCTAL.matcher(text).matches()
              && new BigDecimal(new BigInteger(text, 8))
                      .compareTo(new BigDecimal(number.toString()))
                  == 0;
      case Boolean truth -> (truth ? TRUE : FALSE).contains(text.toLowerCase(Locale.ROOT));
      default -> false;
    };
  }

  static boolean isTruth(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return TRUE.contains(word) || FALSE.contains(word);
  }

  static boolean isFalse(Object wanted) {
    return wanted instanceof String text && FALSE.contains(text.toLowerCase(Locale.ROOT));
  }

  static boolean isNull(Object wanted) {
    return wanted instanceof String text && NULL.contains(text.toLowerCase(Locale.ROOT));
  }
}
