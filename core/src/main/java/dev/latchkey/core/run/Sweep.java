// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ResourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// One look at many things by as few requests as the caller's rights allow: one list of their
/// subscription; where that is forbidden, one of each resource group; where that is forbidden too,
/// or nothing else is wanted there, a read of its own.
///
/// A list is asked for by whoever needs it first; the others wait for its answer. Any thread may
/// call.
final class Sweep<T> {
  private static final int FORBIDDEN = 403;

  /// What one list shows.
  ///
  /// @param group empty for the whole subscription
  record Scope(String subscription, String group) {
    static Scope subscription(ResourceId id) {
      return new Scope(id.subscription().toLowerCase(Locale.ROOT), "");
    }

    static Scope group(ResourceId id) {
      return new Scope(
          id.subscription().toLowerCase(Locale.ROOT), id.resourceGroup().toLowerCase(Locale.ROOT));
    }
  }

  private final Reads<T> reads;
  private final Set<Scope> forbidden;
  private final Map<Scope, Integer> wanted = new HashMap<>();
  private final Map<Scope, FutureTask<Optional<Map<ResourceId, T>>>> lists =
      new ConcurrentHashMap<>();

  /// @param forbidden lists that were refused before; more are added
  /// @param wanted all that will be looked for; only subscriptions and groups are read of them
  Sweep(Reads<T> reads, Set<Scope> forbidden, Collection<ResourceId> wanted) {
    this.reads = reads;
    this.forbidden = forbidden;
    for (ResourceId id : wanted) {
      this.wanted.merge(Scope.subscription(id), 1, Integer::sum);
      this.wanted.merge(Scope.group(id), 1, Integer::sum);
    }
  }

  /// The thing of this id; empty when there is none.
  Optional<T> find(ResourceId id) throws InterruptedException {
    for (Scope scope : List.of(Scope.subscription(id), Scope.group(id))) {
      boolean alone = wanted.getOrDefault(scope, 0) <= 1; // a list could show thousands of others
      Optional<Map<ResourceId, T>> list = alone ? Optional.empty() : list(scope);
      if (list.isPresent()) {
        Optional<T> listed = Optional.ofNullable(list.get().get(id));
        return listed.isPresent() ? listed : reads.unlisted().apply(id);
      }
    }
    return reads.one().apply(id);
  }

  /// What the list shows; empty when the caller may not see it.
  private Optional<Map<ResourceId, T>> list(Scope scope) throws InterruptedException {
    while (!forbidden.contains(scope)) {
      var mine = new FutureTask<>(() -> ask(scope));
      FutureTask<Optional<Map<ResourceId, T>>> earlier = lists.putIfAbsent(scope, mine);
      if (earlier == null) {
        mine.run();
      }
      FutureTask<Optional<Map<ResourceId, T>>> task = earlier == null ? mine : earlier;
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (earlier == null || task.equals(lists.get(scope))) {
          throw failure(e);
        } // who asked was interrupted, which is not our failure: somebody else asks
      }
    }
    return Optional.empty();
  }

  private Optional<Map<ResourceId, T>> ask(Scope scope) {
    try {
      List<T> all =
          scope.group().isEmpty()
              ? reads.ofSubscription().apply(scope.subscription())
              : reads.ofGroup().apply(scope.subscription(), scope.group());
      Map<ResourceId, T> listed = new HashMap<>();
      all.forEach(thing -> listed.put(reads.id().apply(thing), thing));
      return Optional.of(listed);
    } catch (ProblemException e) {
      if (Thread.currentThread().isInterrupted()) {
        lists.remove(scope);
      }
      if (e.problem()
          .answer()
          .map(AzureAnswer::status)
          .filter(status -> status == FORBIDDEN)
          .isEmpty()) {
        throw e;
      }
      forbidden.add(scope);
      return Optional.empty();
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException("a list ends in a problem, never otherwise", e.getCause());
  }
}
