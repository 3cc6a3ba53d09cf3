// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.core.resource.ManifestObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A field that differs as people read it: one line for each value, and no digest.
final class ShownField {
  private static final int LONGEST = 120;
  private static final Pattern SETTING =
      Pattern.compile("[^=:]*?(?<name>[^\\s=:\"']+)[\"']?\\s*[=:]\\s*");

  private ShownField() {}

  /// @param wanted with digests for values that may be secrets, as `live` has them
  static FieldDrift of(String path, Object wanted, @Nullable Object live) {
    if (wanted instanceof String text && live instanceof String there && isLong(text, there)) {
      return firstLine(path, lines(text), lines(there));
    }
    return new FieldDrift(path, Optional.ofNullable(live).map(ShownField::words), words(wanted));
  }

  private static boolean isLong(String one, String other) {
    return one.contains("\n") || other.contains("\n");
  }

  /// Of files, such as a ConfigMap holds them, the first line that differs tells enough.
  private static FieldDrift firstLine(String path, List<String> wanted, List<String> live) {
    int at = 0;
    while (at < Math.min(wanted.size(), live.size()) && wanted.get(at).equals(live.get(at))) {
      at++;
    }
    return new FieldDrift(
        "%s, line %d".formatted(path, at + 1), line(live, at), line(wanted, at).orElse("(none)"));
  }

  /// All of them, so that a line break at the end is seen as well.
  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }

  private static Optional<String> line(List<String> lines, int at) {
    return at < lines.size() ? Optional.of(words(withoutSecret(lines.get(at)))) : Optional.empty();
  }

  /// In files a value stands behind its name.
  private static String withoutSecret(String line) {
    Matcher setting = SETTING.matcher(line);
    return setting.lookingAt() && ShownObjects.isSecret(setting.group("name"))
        ? setting.group() + "(hidden)"
        : line;
  }

  private static String words(Object value) {
    String text =
        switch (value) {
          case Map<?, ?> _, List<?> _ -> JsonMapper.shared().writeValueAsString(value);
          case String empty when empty.isEmpty() -> "\"\"";
          default -> String.valueOf(value);
        };
    String line = ManifestObject.shown(text).replaceAll("\\R", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
