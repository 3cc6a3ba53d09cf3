// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.arm.Veto;
import dev.latchkey.sandbox.message.Answer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Replicas of ARM that learn late of a new identity: until then its first credentials find no
/// parent. Safe for use by several threads.
///
/// @see <a href="https://github.com/openshift/cloud-credential-operator/pull/878">a client that
///   waits for it</a>
public final class NewIdentities implements Veto {
  private final Lags lags;
  private final ConcurrentMap<String, Instant> knownFrom = new ConcurrentHashMap<>();
  private volatile boolean late;

  /// Replicas that know all at once.
  public NewIdentities(Store store, Lags lags) {
    this.lags = lags;
    store.onArrival(this::arrive);
    store.onFarewell(this::leave);
  }

  /// From now on they learn late.
  public void letReplicasDiffer() {
    late = true;
  }

  /// A change of an identity that is there makes it no newer.
  private void arrive(Stored resource) {
    if (resource.type().equals(UserAssignedIdentities.NAME)) {
      knownFrom.computeIfAbsent(
          key(resource.id()), _ -> lags.noticed(Lags.Lag.IDENTITY, resource.id()));
    }
  }

  /// When all replicas know each identity.
  public SortedMap<String, Instant> saved() {
    return new TreeMap<>(knownFrom);
  }

  /// Takes the moments that were saved for those of the arrivals just seen.
  public void restore(Map<String, Instant> saved) {
    knownFrom.putAll(saved);
  }

  private void leave(Stored gone) {
    knownFrom.remove(key(gone.id()));
  }

  @Override
  public Optional<Answer> refusal(ResourceType type, Call call) {
    boolean writes =
        type.name().equals(FederatedCredentials.NAME) && call.ask().method().equals("PUT");
    return late && writes
        ? call.target()
            .parent()
            .filter(identity -> !isKnown(identity, call.now()))
            .map(identity -> Answers.parentNotFound(type, call, identity))
        : Optional.empty();
  }

  private boolean isKnown(String identity, Instant now) {
    return !now.isBefore(knownFrom.getOrDefault(key(identity), Instant.MIN));
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
