// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.step.Facts;
import dev.latchkey.core.step.Known;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The only thing that the steps of one cluster share: one future per fact. A fact is settled once,
/// or lost.
final class SettledFacts implements Facts {
  private final Map<Fact, CompletableFuture<Optional<Known>>> facts = new EnumMap<>(Fact.class);

  SettledFacts() {
    for (Fact fact : Fact.values()) {
      facts.put(fact, new CompletableFuture<>());
    }
  }

  @Override
  public void settle(Known known) {
    future(known.fact()).complete(Optional.of(known));
  }

  /// What was not made known never will be.
  void lose(Set<Fact> unsettled) {
    unsettled.forEach(fact -> future(fact).complete(Optional.empty()));
  }

  /// Waits until the fact is settled or lost; true when it is known.
  boolean await(Fact fact) throws InterruptedException {
    try {
      return future(fact).get().isPresent();
    } catch (ExecutionException e) {
      throw new IllegalStateException("facts are settled or lost, never failed", e);
    }
  }

  @Override
  public Issuer issuer() {
    return known(Fact.ISSUER, Known.Announced.class).issuer();
  }

  @Override
  public Known.ClusterUpdated cluster() {
    return known(Fact.CLUSTER_UPDATED, Known.ClusterUpdated.class);
  }

  @Override
  public Known.Identity identity() {
    return known(Fact.IDENTITY, Known.Identity.class);
  }

  @Override
  public Known.Credential credential() {
    return known(Fact.CREDENTIAL, Known.Credential.class);
  }

  @Override
  public Known.Access access() {
    return known(Fact.ACCESS, Known.Access.class);
  }

  @Override
  public Known.Deployed release() {
    return known(Fact.RELEASE, Known.Deployed.class);
  }

  /// The release, if this run came to know it.
  Optional<Release> knownRelease() {
    return future(Fact.RELEASE)
        .getNow(Optional.empty())
        .map(known -> ((Known.Deployed) known).release());
  }

  private <T extends Known> T known(Fact fact, Class<T> type) {
    return future(fact)
        .getNow(Optional.empty())
        .map(type::cast)
        .orElseThrow(() -> new IllegalStateException("not needed by this step: " + fact));
  }

  private CompletableFuture<Optional<Known>> future(Fact fact) {
    CompletableFuture<Optional<Known>> future = facts.get(fact);
    if (future == null) {
      throw new IllegalStateException("every fact has a future: " + fact);
    }
    return future;
  }
}
