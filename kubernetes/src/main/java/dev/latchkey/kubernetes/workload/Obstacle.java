// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;

/// What stands in the way of a rollout.
///
/// @param object kind and name
/// @param reason Kubernetes' word
/// @param message what Kubernetes says to that
record Obstacle(String object, String reason, String message, Hope hope) {
  /// Whether waiting may help.
  enum Hope {
    /// No waiting helps.
    NONE(ZERO),
    /// The next attempt follows at once; what is left after it is lasting.
    NEXT_ATTEMPT(ofSeconds(20)),
    /// A new node may come; an autoscaler needs some minutes for it.
    NEW_NODE(ofMinutes(5)),
    /// It goes with a lag of Azure's; the caller knows whether one is still possible.
    WHILE_LAGS_LAST(ZERO),
    /// It passes, or another obstacle takes its place.
    ALWAYS(ofMinutes(60));

    private final Duration patience;

    Hope(Duration patience) {
      this.patience = patience;
    }
  }

  /// An obstacle of a pod, by the reason that its status gives.
  static Obstacle ofPod(String name, String reason, String message) {
    return new Obstacle("Pod/" + name, reason, message, hope(reason));
  }

  /// Pods cannot even be made: the text tells why.
  static Obstacle ofCreation(String object, String message) {
    // the webhook may not serve yet, and the service account comes in the same release
    boolean passes =
        message.contains("failed calling webhook") || message.contains("error looking up service");
    return new Obstacle(object, "FailedCreate", message, passes ? Hope.WHILE_LAGS_LAST : Hope.NONE);
  }

  /// Whether it has lasted too long to hope.
  ///
  /// @param lasted since when it was seen
  boolean isFinal(Duration lasted, boolean lagsAreOver) {
    return switch (hope) {
      case NONE -> true;
      case WHILE_LAGS_LAST -> lagsAreOver;
      case NEXT_ATTEMPT, NEW_NODE, ALWAYS -> lasted.compareTo(hope.patience) >= 0;
    };
  }

  private static Hope hope(String reason) {
    return switch (reason) {
      case "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError" ->
          Hope.NONE;
      case "ErrImagePull", "CreateContainerError" -> Hope.NEXT_ATTEMPT;
      case "Unschedulable" -> Hope.NEW_NODE;
      case "CrashLoopBackOff", "RunContainerError" -> Hope.WHILE_LAGS_LAST;
      default -> Hope.ALWAYS; // the kubelet's words are an open list
    };
  }
}
