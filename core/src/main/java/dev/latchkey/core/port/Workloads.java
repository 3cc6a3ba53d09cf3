// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.resource.Token;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What latchkey asks of a cluster's API server, Helm apart.
public interface Workloads {
  /// Opens the API server of the kubeconfig. Asks nothing yet. Closing it ends its connections.
  Cluster open(Kubeconfig kubeconfig);

  /// One cluster's API server.
  interface Cluster extends AutoCloseable {
    /// Whether the namespace is there.
    NamespaceState namespace(String name);

    /// Makes the namespace.
    void createNamespace(String name);

    /// The annotations of a service account; empty when there is none.
    Optional<Map<String, String>> annotations(ServiceAccount account);

    /// What the workload identity webhook would do to a pod that is made in the namespace now.
    /// Asked by a dry run, so none is made.
    Webhook webhook(String namespace);

    /// The pods that use the service account, newest first.
    List<Pod> pods(ServiceAccount account);

    /// How the live objects differ from what a release rendered. What may not be read, or cannot be
    /// now, is told as not compared and is no failure.
    ///
    /// @param namespace of the release
    /// @param manifest the rendered objects, hooks left out
    LiveDrift drift(String namespace, String manifest) throws InterruptedException;

    /// The live objects that an upgrade would have to change where Kubernetes lets nobody change
    /// them. Asks only for objects that differ so in the two manifests; one that may not be read is
    /// left out.
    ///
    /// @param namespace of the release
    /// @param before the rendered objects of the revision that an upgrade starts from
    /// @param wanted the rendered objects that it would bring
    List<FixedObject> fixed(String namespace, String before, String wanted);

    /// Watches the workloads that a release rendered until each is rolled out, or cannot be.
    ///
    /// @param manifest the rendered objects
    /// @param bound how long at the most
    /// @param patience decides whether what a pod suffers may still pass
    Rollout awaitRollout(String namespace, String manifest, Duration bound, Patience patience)
        throws InterruptedException;

    /// A token of the service account for the audience of Entra's exchange, bound to the pod.
    ///
    /// @param life at least ten minutes
    Token token(ServiceAccount account, Pod boundTo, Duration life);

    /// Deletes the pods, so that their controller makes new ones.
    void restart(List<Pod> pods);

    @Override
    void close();
  }

  /// Whether a namespace is there.
  enum NamespaceState {
    /// It is.
    PRESENT,
    /// It is not.
    ABSENT,
    /// We may not look (403), which is no error: others may have made it.
    HIDDEN
  }

  /// Whether the workload identity webhook gives new pods their variables and their token.
  enum Webhook {
    /// It does.
    SERVES,
    /// It does not: pods that should have them are made without, or are refused.
    SILENT,
    /// We may not make pods there (403), or others refuse the pod that we try.
    HIDDEN
  }

  /// Whether a crashing pod may still recover, and a listener for progress.
  interface Patience {
    /// Called when the picture changes, with what is ready and what a pod that is not ready
    /// suffers.
    void seen(int ready, int wanted, Optional<String> reason);

    /// Called again and again while it is waited for, by the thread that waits.
    void goesOn();

    /// Whether pods that crash are a failure now; otherwise it is waited for.
    boolean crashesAreFinal();
  }

  /// How a rollout ended.
  sealed interface Rollout {
    /// All pods of the newest revision serve.
    record Ready(int pods) implements Rollout {}

    /// No waiting can cure it.
    ///
    /// @param object kind and name of what is stuck
    /// @param reason Kubernetes' word: `ImagePullBackOff`, `CreateContainerConfigError` …
    /// @param message what Kubernetes says to that
    /// @param events the latest warnings, one a line
    record Stuck(String object, String reason, String message, List<String> events)
        implements Rollout {}

    /// The bound passed.
    record TimedOut(int ready, int wanted, List<String> events) implements Rollout {}
  }
}
