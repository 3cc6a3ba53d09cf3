// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/// Asks Azure which clusters there are, before the fleet is known: one list for each subscription.
public final class Discovery {
  private final Ports ports;

  /// A look through these ports.
  public Discovery(Ports ports) {
    this.ports = ports;
  }

  /// All clusters of some subscriptions.
  public List<ObservedCluster> clusters(Collection<String> subscriptions)
      throws InterruptedException {
    return sideBySide(subscriptions, ports.clusters()::list);
  }

  /// The clusters that have a managed identity of this application, by its tags; empty when the
  /// caller may not list identities.
  public Optional<List<ResourceId>> managed(String application, Collection<String> subscriptions)
      throws InterruptedException {
    try {
      return Optional.of(
          sideBySide(subscriptions, ports.identities()::list).stream()
              .filter(identity -> isOf(application, identity))
              .flatMap(identity -> identity.tags().value(Tags.CLUSTER).stream())
              .flatMap(Discovery::id)
              .toList());
    } catch (ProblemException e) {
      return switch (e.problem()) {
        case AzureProblem.NotAllowed _ -> Optional.empty();
        default -> throw e;
      };
    }
  }

  private static boolean isOf(String application, ManagedIdentity identity) {
    return identity.tags().value(Tags.APPLICATION).filter(application::equals).isPresent();
  }

  /// Anybody may write tags.
  private static Stream<ResourceId> id(String tag) {
    try {
      return Stream.of(new ResourceId(tag));
    } catch (IllegalArgumentException notAnId) {
      return Stream.empty();
    }
  }

  private static <T> List<T> sideBySide(
      Collection<String> subscriptions, Function<String, List<T>> list)
      throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<T>>> looks =
          subscriptions.stream().map(id -> threads.submit(() -> list.apply(id))).toList();
      List<T> all = new ArrayList<>();
      for (Future<List<T>> look : looks) {
        all.addAll(Looks.result(look));
      }
      return all;
    }
  }
}
