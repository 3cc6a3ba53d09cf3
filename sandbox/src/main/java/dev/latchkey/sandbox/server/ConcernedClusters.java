// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which cluster a request concerns: one to its API server, its issuer, or its resource in ARM.
///
/// @param all asked at the first request for an issuer's documents, not before
record ConcernedClusters(Supplier<Clusters> all) {
  private static final Pattern IN_ARM = Pattern.compile("(?i)/managedClusters/([^/]+)");

  /// The cluster's name.
  Optional<String> of(Ask ask) {
    return switch (ask.origin()) {
      case Origin.Cluster(String id) -> Optional.of(id.substring(id.lastIndexOf('/') + 1));
      case Origin.Vault _ -> Optional.empty();
      case Origin.Front() -> inArm(ask.path()).or(() -> ofIssuer(ask.path()));
    };
  }

  private static Optional<String> inArm(String path) {
    Matcher found = IN_ARM.matcher(path);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private Optional<String> ofIssuer(String path) {
    return all.get().all().stream()
        .filter(
            cluster ->
                cluster
                    .issuer()
                    .filter(url -> path.startsWith(URI.create(url).getPath()))
                    .isPresent())
        .map(ClusterView::name)
        .findFirst();
  }
}
