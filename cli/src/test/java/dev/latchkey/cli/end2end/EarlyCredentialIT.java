// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Federation does not wait for the minutes of an AKS update.
class EarlyCredentialIT {
  @TempDir Path root;

  @Test
  void theCredentialIsWrittenWhileTheClusterIsStillUpdating() throws Exception {
    var options = Options.defaults().withClusters(1).withProfile(Profile.AZURE.at(14));
    try (World world = World.start(root, options)) {
      Ended ended = world.console().latchkey("deploy", "-f", world.fleet());

      assertThat(ended.code()).as(ended.all()).isZero();
      List<Request> requests = world.requests();
      Instant begun = time(requests, request -> request.is("arm", "PUT", "/managedClusters/"));
      Instant trusted =
          time(requests, request -> request.is("arm", "PUT", "/federatedIdentityCredentials/"));
      // the last look at the cluster is the one that finds it updated
      Instant updated =
          time(requests.reversed(), request -> request.is("arm", "GET", "/managedClusters"));
      assertThat(trusted).isBetween(begun, updated.minusSeconds(1));
    }
  }

  private static Instant time(List<Request> requests, Predicate<Request> wanted) {
    return requests.stream().filter(wanted).map(Request::time).findFirst().orElseThrow();
  }
}
