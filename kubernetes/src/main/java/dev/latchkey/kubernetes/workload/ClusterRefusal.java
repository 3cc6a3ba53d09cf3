// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.kubernetes.workload.ClusterProblem.Authority;
import dev.latchkey.kubernetes.workload.ClusterProblem.Right;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Translates what an API server or the way to it answered into a problem.
public final class ClusterRefusal {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "User \"(?<user>[^\"]*)\" cannot (?<verb>\\S+) resource \"(?<resource>[^\"]*)\""
              + "(?: in API group \"[^\"]*\")?(?: in the namespace \"(?<namespace>[^\"]*)\")?");

  private ClusterRefusal() {}

  /// The problem behind an exception of the Kubernetes client.
  ///
  /// @param host of the cluster's API server
  /// @param what the attempt, as the beginning of a sentence: `Listing the pods`
  public static ProblemException of(
      ResourceId cluster, String host, String what, KubernetesClientException refusal) {
    return new ProblemException(problem(cluster, host, what, refusal), refusal);
  }

  private static Problem problem(
      ResourceId cluster, String host, String what, KubernetesClientException refusal) {
    AzureAnswer answer = answer(refusal);
    return switch (refusal.getCode()) {
      // no answer came; which of the two it is depends on the operation
      case 0, -1 -> new AzureProblem.Unreachable(what, cluster.name(), network(host, refusal));
      case 401 -> new ClusterProblem.Unauthorized(cluster, answer);
      case 403 ->
          forbidden(cluster, answer.message())
              .<Problem>map(problem -> problem)
              .orElseGet(() -> new AzureProblem.Refused(what, answer));
      case 429 -> new AzureProblem.Throttled(what, answer, Duration.ZERO);
      default -> new AzureProblem.Refused(what, answer);
    };
  }

  /// Reads Kubernetes' sentence about a missing right, wherever it stands in a text.
  public static Optional<ClusterProblem> forbidden(ResourceId cluster, String text) {
    Matcher matcher = FORBIDDEN.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String namespace = matcher.group("namespace");
    return Optional.of(
        new ClusterProblem.Forbidden(
            cluster,
            new Right(
                matcher.group("user"),
                matcher.group("verb"),
                matcher.group("resource"),
                namespace == null ? "" : namespace),
            // the sentence that AKS's authorizer adds; Kubernetes' own never has it
            text.contains("does not have access to the resource in Azure")
                ? Authority.AZURE_RBAC
                : Authority.KUBERNETES_RBAC,
            new AzureAnswer(403, "Forbidden", text, "")));
  }

  private static AzureAnswer answer(KubernetesClientException refusal) {
    Status status = refusal.getStatus();
    boolean told = status != null && status.getMessage() != null;
    return new AzureAnswer(
        refusal.getCode(),
        status != null && status.getReason() != null ? status.getReason() : "no reason",
        told ? status.getMessage() : String.valueOf(refusal.getMessage()),
        "");
  }

  /// Java tells of an unknown name without the name.
  private static String network(String host, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "no such host: " + host;
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
