// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import dev.latchkey.sandbox.clock.SandboxClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What Entra was told of credentials, with dates. Safe for use by several threads.
final class CredentialHistory implements Credentials {
  private final SandboxClock clock;
  private final ConcurrentMap<String, List<Credential>> byIdentity = new ConcurrentHashMap<>();

  CredentialHistory(SandboxClock clock) {
    this.clock = clock;
  }

  @Override
  public List<Credential> of(String identityId) {
    return byIdentity.getOrDefault(key(identityId), List.of()).stream()
        .filter(credential -> credential.effectiveUntil().isAfter(clock.now()))
        .toList();
  }

  /// A new one counts from its date; the one it replaces counts until then.
  void written(String identityId, Credential credential) {
    byIdentity.merge(
        key(identityId),
        List.of(credential),
        (before, added) ->
            joined(ended(before, credential.name(), credential.effectiveFrom()), added));
  }

  void deleted(String identityId, String name, Instant until) {
    byIdentity.computeIfPresent(key(identityId), (_, before) -> ended(before, name, until));
  }

  void forgotten(String identityId) {
    byIdentity.remove(key(identityId));
  }

  /// What Entra honours or will honour, by identity.
  SortedMap<String, List<Credential>> saved() {
    var all = new TreeMap<String, List<Credential>>();
    byIdentity.keySet().forEach(identity -> all.put(identity, of(identity)));
    all.values().removeIf(List::isEmpty);
    return all;
  }

  void restore(Map<String, List<Credential>> saved) {
    saved.forEach(
        (identity, credentials) -> byIdentity.put(key(identity), List.copyOf(credentials)));
  }

  private static List<Credential> ended(List<Credential> before, String name, Instant end) {
    return before.stream()
        .map(
            credential ->
                credential.name().equalsIgnoreCase(name) && credential.effectiveUntil().isAfter(end)
                    ? credential.endingAt(end)
                    : credential)
        .toList();
  }

  private static List<Credential> joined(List<Credential> before, List<Credential> added) {
    var all = new ArrayList<>(before);
    all.addAll(added);
    return List.copyOf(all);
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
