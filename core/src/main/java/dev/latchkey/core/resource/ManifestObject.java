// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.regex.Pattern;

/// One object of a rendered chart, laid out alike wherever it comes from, so that its lines can be
/// compared.
///
/// A value that may be a secret stands as a digest in the text: it can be told from another one,
/// but must not be shown. [#shown(String)] is for people.
///
/// @param title kind and name, as people write it: `Deployment/orders`
/// @param text lines of YAML
public record ManifestObject(String title, String text) {
  private static final Pattern DIGEST = Pattern.compile("\\(hidden [0-9a-f]+\\)");

  /// What stands for a value that must not be shown.
  public static String hidden(String digest) {
    return "(hidden " + digest + ")";
  }

  /// A line of such a text without any digest.
  public static String shown(String line) {
    return DIGEST.matcher(line).replaceAll("(hidden)");
  }

  @Override
  public String toString() {
    return "ManifestObject[" + title + "]";
  }
}
