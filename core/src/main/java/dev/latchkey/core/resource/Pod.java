// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pod as its API server reports it.
///
/// @param environment variables that stand in its containers with plain values; later containers
///   lose
/// @param tokenAudiences audiences of the service account tokens that are projected into it
/// @param reason why it is not ready, in Kubernetes' word: `ImagePullBackOff`, `CrashLoopBackOff` …
/// @param message what Kubernetes says to that
public record Pod(
    String namespace,
    String name,
    String uid,
    String serviceAccount,
    Map<String, String> labels,
    Map<String, String> environment,
    List<String> tokenAudiences,
    Readiness readiness,
    Instant created,
    Optional<String> reason,
    Optional<String> message) {
  /// Whether the pod serves.
  public enum Readiness {
    /// All its containers are ready.
    READY,
    /// Not yet, or no more.
    NOT_READY
  }

  public Pod {
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
    tokenAudiences = List.copyOf(tokenAudiences);
  }
}
