// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The condition of a role assignment at a vault that lets exactly some secrets be read.
///
/// Compared letter by letter: a role's condition knows no operator for names of secrets that passes
/// over case.
///
/// @see <a href="https://learn.microsoft.com/azure/key-vault/general/rbac-abac">conditions for Key
///   Vault, a preview</a>
public final class SecretCondition {
  /// Azure takes no longer text.
  public static final int LONGEST = 8192;

  private static final String NAME = "@Resource[Microsoft.KeyVault/vaults/secrets:name]";
  private static final String UNLESS_READ =
      "!(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'})"
          + " AND !(ActionMatches{'Microsoft.KeyVault/vaults/secrets/readMetadata/action'})";
  private static final Pattern EQUALS = Pattern.compile("StringEquals\\s*'([^']*)'");

  private SecretCondition() {}

  /// The condition in words of version 2.0; the order of the names does not matter.
  public static String of(List<SecretName> secrets) {
    return secrets.stream()
        .map(SecretName::value)
        .sorted(Comparator.naturalOrder())
        .map(name -> "%s StringEquals '%s'".formatted(NAME, name))
        .collect(Collectors.joining(" OR ", "((" + UNLESS_READ + ") OR (", "))"));
  }

  /// The secrets that a condition of this form names; empty for a condition of any other form.
  public static Optional<List<SecretName>> secrets(String condition) {
    List<SecretName> names =
        EQUALS
            .matcher(condition)
            .results()
            .map((MatchResult found) -> new SecretName(found.group(1)))
            .toList();
    return names.isEmpty() || !bare(of(names)).equals(bare(condition))
        ? Optional.empty()
        : Optional.of(names);
  }

  /// Azure keeps the text as it was sent, the portal breaks it into lines.
  private static String bare(String condition) {
    return condition.replaceAll("\\s+", "");
  }
}
