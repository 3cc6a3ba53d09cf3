// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.Workloads.Patience;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.kubernetes.access.ApiServers.Opened;
import dev.latchkey.kubernetes.workload.RolloutPicture.Progress;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Follows a rollout by watches until it is done, stuck, or its bound has passed.
///
/// fabric8's informers list once, then watch; they list again after 410 Gone and after a connection
/// that broke. This class only looks at what they know, which costs the cluster nothing.
final class RolloutWatch implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Opened server;
  private final List<WorkloadRef> awaited;
  private final Map<WorkloadRef.Kind, SharedIndexInformer<? extends HasMetadata>> workloads =
      new EnumMap<>(WorkloadRef.Kind.class);
  private final List<SharedIndexInformer<?>> opened = new ArrayList<>();
  private final SharedIndexInformer<ReplicaSet> replicaSets;
  private final SharedIndexInformer<Pod> pods;
  private final Optional<SharedIndexInformer<Event>> events;

  /// Starts the watches; each has its first list when this returns.
  RolloutWatch(Opened server, String namespace, List<WorkloadRef> awaited) {
    this.server = server;
    this.awaited = awaited;
    KubernetesClient client = server.client();
    try {
      awaited.stream()
          .map(WorkloadRef::kind)
          .distinct()
          .forEach(kind -> workloads.put(kind, start(workloads(client, namespace, kind))));
      replicaSets = start(client.apps().replicaSets().inNamespace(namespace));
      pods = start(client.pods().inNamespace(namespace));
      events = events(client, namespace);
    } catch (KubernetesClientException e) {
      close();
      throw e;
    }
  }

  private <T> SharedIndexInformer<T> start(Informable<T> source) {
    SharedIndexInformer<T> informer = server.ask(source::inform);
    opened.add(informer);
    return informer;
  }

  private static Informable<? extends HasMetadata> workloads(
      KubernetesClient client, String namespace, WorkloadRef.Kind kind) {
    return switch (kind) {
      case DEPLOYMENT -> client.apps().deployments().inNamespace(namespace);
      case STATEFUL_SET -> client.apps().statefulSets().inNamespace(namespace);
      case DAEMON_SET -> client.apps().daemonSets().inNamespace(namespace);
    };
  }

  /// Events only explain: who may not read them gets the verdict without.
  private Optional<SharedIndexInformer<Event>> events(KubernetesClient client, String namespace) {
    try {
      return Optional.of(start(client.v1().events().inNamespace(namespace)));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// Waits for the end.
  Rollout await(Time time, Duration bound, Patience patience) throws InterruptedException {
    Instant end = time.now().plus(bound);
    var since = new HashMap<String, Instant>();
    var shown = Optional.<Shown>empty();
    while (true) {
      RolloutPicture picture = picture();
      Progress progress = picture.progress(awaited);
      if (progress.done()) {
        return new Rollout.Ready(progress.ready());
      }
      List<Obstacle> obstacles = picture.obstacles();
      var now = new Shown(progress, obstacles.stream().map(Obstacle::reason).findFirst());
      if (!Optional.of(now).equals(shown)) {
        patience.seen(progress.ready(), progress.wanted(), now.reason());
        shown = Optional.of(now);
      }
      Optional<Obstacle> lasting = lasting(obstacles, since, time.now(), patience);
      if (lasting.isPresent()) {
        return stuck(lasting.get(), picture);
      }
      if (!time.now().isBefore(end)) {
        return new Rollout.TimedOut(progress.ready(), progress.wanted(), picture.latestWarnings());
      }
      patience.goesOn();
      time.pause(LOOK_AGAIN);
    }
  }

  /// What the listener was told last.
  private record Shown(Progress progress, Optional<String> reason) {}

  /// The first obstacle that nothing removes any more; remembers since when each is seen.
  static Optional<Obstacle> lasting(
      List<Obstacle> obstacles, Map<String, Instant> since, Instant now, Patience patience) {
    since.keySet().retainAll(obstacles.stream().map(RolloutWatch::key).toList());
    obstacles.forEach(obstacle -> since.putIfAbsent(key(obstacle), now));
    boolean lagsAreOver = patience.crashesAreFinal();
    return obstacles.stream()
        .filter(
            obstacle ->
                obstacle.isFinal(
                    Duration.between(since.getOrDefault(key(obstacle), now), now), lagsAreOver))
        .findFirst();
  }

  private static String key(Obstacle obstacle) {
    return obstacle.object() + " " + obstacle.reason();
  }

  private static Rollout stuck(Obstacle obstacle, RolloutPicture picture) {
    return new Rollout.Stuck(
        obstacle.object(), obstacle.reason(), obstacle.message(), picture.latestWarnings());
  }

  private RolloutPicture picture() {
    var seen = new HashMap<WorkloadRef, HasMetadata>();
    workloads.forEach(
        (kind, informer) ->
            informer
                .getStore()
                .list()
                .forEach(
                    object -> {
                      var ref = new WorkloadRef(kind, object.getMetadata().getName());
                      if (awaited.contains(ref)) {
                        seen.put(ref, object);
                      }
                    }));
    List<Event> warnings =
        events.stream()
            .flatMap(informer -> informer.getStore().list().stream())
            .filter(Warnings::isWarning)
            .toList();
    return new RolloutPicture(
        seen, replicaSets.getStore().list(), pods.getStore().list(), warnings);
  }

  @Override
  public void close() {
    opened.forEach(SharedIndexInformer::stop);
  }
}
