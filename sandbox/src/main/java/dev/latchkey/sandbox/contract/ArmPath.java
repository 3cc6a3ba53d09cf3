// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the words of a path to ARM say.
final class ArmPath {
  private static final String PROVIDERS = "/providers/";

  private ArmPath() {}

  /// `Microsoft.KeyVault/vaults` of a path with such a provider; otherwise the words that are no
  /// names, such as `Microsoft.Resources/subscriptions/resourceGroups`.
  static String type(String path) {
    int providers = path.toLowerCase(Locale.ROOT).lastIndexOf(PROVIDERS);
    boolean ofProvider = providers >= 0 && isProvider(path, providers);
    String rest = ofProvider ? path.substring(providers + PROVIDERS.length()) : path.substring(1);
    List<String> words = Arrays.asList(rest.split("/", -1));
    var type = new StringBuilder(ofProvider ? words.getFirst() : "Microsoft.Resources");
    for (int i = ofProvider ? 1 : 0; i < words.size(); i += 2) {
      type.append('/').append(words.get(i));
    }
    return type.toString();
  }

  /// `/subscriptions/{id}/providers/{namespace}` names a provider as a resource.
  private static boolean isProvider(String path, int providers) {
    String rest = path.substring(providers + PROVIDERS.length());
    return rest.matches("[^/]+\\.[^/]+/.*") && !rest.matches("[^/]+/(register|unregister)");
  }

  /// `/subscriptions/{id}` of a path inside one.
  static Optional<String> subscription(String path) {
    return first(path, 3, "subscriptions", 1);
  }

  /// `/subscriptions/{id}/resourceGroups/{name}` of a path inside one.
  static Optional<String> group(String path) {
    return first(path, 5, "resourceGroups", 3);
  }

  /// The resource at the top of its provider that a path lies at or below.
  static Optional<String> topResource(String path) {
    return first(path, 9, "providers", 5);
  }

  private static Optional<String> first(String path, int words, String word, int at) {
    String[] all = path.split("/", -1);
    return all.length >= words && all[at].equalsIgnoreCase(word)
        ? Optional.of(String.join("/", Arrays.copyOf(all, words)))
        : Optional.empty();
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
