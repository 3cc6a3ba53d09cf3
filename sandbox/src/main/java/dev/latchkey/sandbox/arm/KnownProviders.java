// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The resource providers that exist on Azure, whether simulated or not.
final class KnownProviders {
  /// What is known of a type that is not simulated.
  enum Standing {
    /// Azure has it.
    NOT_SIMULATED,
    /// Its provider refuses it: below a type whose provider is asked about everything there.
    REFUSED_BY_PROVIDER,
    /// Its provider has no such type.
    NO_TYPE,
    /// There is no such provider.
    NO_PROVIDER
  }

  /// A provider.
  ///
  /// @param namespace in canonical casing
  /// @param types that exist and are not simulated; of a provider without any every type exists
  record Provider(String namespace, Set<String> types) {}

  private final Map<String, Provider> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  KnownProviders() {
    TextTable.lines(KnownProviders.class, "providers.txt").stream()
        .map(KnownProviders::provider)
        .forEach(provider -> all.put(provider.namespace(), provider));
  }

  private static Provider provider(String line) {
    String[] words = line.split(":? +", -1);
    var types = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    types.addAll(Arrays.asList(words).subList(1, words.length));
    return new Provider(words[0], types);
  }

  Optional<Provider> find(String namespace) {
    return Optional.ofNullable(all.get(namespace));
  }

  Collection<Provider> all() {
    return all.values();
  }

  Standing standing(Target target) {
    Provider provider = all.get(target.namespace());
    if (provider == null) {
      return Standing.NO_PROVIDER;
    }
    String type = String.join("/", target.types());
    boolean exists = provider.types().isEmpty() || provider.types().contains(type);
    if (exists) {
      return Standing.NOT_SIMULATED;
    }
    return target.types().size() > 1 && provider.types().contains(target.types().getFirst())
        ? Standing.REFUSED_BY_PROVIDER
        : Standing.NO_TYPE;
  }
}
