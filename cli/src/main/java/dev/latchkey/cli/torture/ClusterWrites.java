// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.sandbox.message.Ask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a deployment may write in a cluster.
final class ClusterWrites {
  private static final Pattern REVIEW =
      Pattern.compile("/apis/auth(?:orization|entication)\\.k8s\\.io/v1/[a-z]+reviews");
  private static final Pattern OBJECT =
      Pattern.compile("/api(?:s/[^/]+)?/[^/]+/namespaces/([^/]+)/([^/]+)(?:/([^/]+))?(?:/.+)?");

  /// What the workload chart makes.
  private static final Set<String> OF_CHART =
      Set.of("serviceaccounts", "services", "deployments", "poddisruptionbudgets");

  private final List<Target> targets;
  private final There there;

  ClusterWrites(List<Target> targets, There there) {
    this.targets = targets;
    this.there = there;
  }

  /// Why a write is wrong; empty when it may be.
  Optional<String> complaint(String clusterId, Ask ask) {
    Optional<Target> owner =
        targets.stream()
            .filter(target -> target.cluster().toString().equalsIgnoreCase(clusterId))
            .findFirst();
    if (owner.isEmpty()) {
      return Optional.of("the cluster is none of the fleet");
    }
    if (REVIEW.matcher(ask.path()).matches()) {
      return Optional.empty();
    }
    return foreign(owner.get(), ask).or(() -> place(owner.get(), ask));
  }

  /// Nothing of one cluster's identity gets into another cluster.
  private Optional<String> foreign(Target owner, Ask ask) {
    String text = new String(ask.body(), StandardCharsets.ISO_8859_1);
    return targets.stream()
        .filter(other -> !other.equals(owner))
        .filter(
            other -> {
              String client = there.identity(other).at("/properties/clientId").asString("");
              return !client.isEmpty() && text.contains(client);
            })
        .map(other -> "the identity of " + other.name().value() + " does not belong here")
        .findFirst();
  }

  private static Optional<String> place(Target target, Ask ask) {
    String namespace = target.serviceAccount().namespace();
    if (ask.path().equals("/api/v1/namespaces")) {
      return ask.text().contains("\"" + namespace + "\"")
          ? Optional.empty()
          : Optional.of("another namespace than " + namespace);
    }
    Matcher object = OBJECT.matcher(ask.path());
    if (!object.matches() || !object.group(1).equals(namespace)) {
      return Optional.of("nothing is written outside of the namespace " + namespace);
    }
    String kind = object.group(2);
    String name = Optional.ofNullable(object.group(3)).orElse("");
    String release = target.chart().release();
    boolean fits =
        switch (kind) {
          case "secrets" -> isRecord(release, name, ask);
          case "pods" ->
              isTried(ask) || (ask.method().equals("DELETE") && name.startsWith(release + "-"));
          default ->
              OF_CHART.contains(kind)
                  && !ask.method().equals("DELETE")
                  && (name.isEmpty() || name.equals(release) || isAccount(target, name));
        };
    return fits ? Optional.empty() : Optional.of("nothing that a deployment writes");
  }

  private static boolean isTried(Ask ask) {
    return ask.method().equals("POST") && ask.parameter("dryRun").isPresent();
  }

  private static boolean isAccount(Target target, String name) {
    return name.equals(target.serviceAccount().name());
  }

  /// Helm's record of the release; its body is not JSON.
  private static boolean isRecord(String release, String name, Ask ask) {
    String record = "sh.helm.release.v1." + release + ".v";
    return name.isEmpty()
        ? new String(ask.body(), StandardCharsets.ISO_8859_1).contains(record)
        : name.startsWith(record);
  }
}
