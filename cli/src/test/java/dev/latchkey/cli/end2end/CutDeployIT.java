// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A deploy that is cut goes on when it is run again, and ends like one that nobody disturbed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutDeployIT {
  private static final Options WORLD =
      Options.defaults().withClusters(1).withProfile(Profile.AZURE.at(20));

  /// When the deploy is killed: as soon as such a request has been answered.
  enum Moment {
    IDENTITY_WRITTEN(request -> request.is("arm", "PUT", "/userAssignedIdentities/")),
    UPDATE_BEGUN(request -> request.is("arm", "PUT", "/managedClusters/")),
    CREDENTIAL_WRITTEN(request -> request.is("arm", "PUT", "/federatedIdentityCredentials/")),
    ACCESS_GIVEN(request -> request.is("arm", "PUT", "/roleAssignments/")),
    RELEASE_RECORDED(request -> request.is("kubernetes", "POST", "/namespaces/orders/secrets")),
    VERIFYING(request -> request.is("kubernetes", "POST", "/serviceaccounts/orders/token"));

    private final Predicate<Request> reached;

    Moment(Predicate<Request> reached) {
      this.reached = reached;
    }
  }

  @TempDir Path root;
  private List<String> undisturbed = List.of();

  @BeforeAll
  void deployUndisturbed(@TempDir Path folder) throws Exception {
    try (World world = World.start(folder, WORLD)) {
      Ended ended = world.console().latchkey("deploy", "-f", world.fleet());
      assertThat(ended.code()).as(ended.all()).isZero();
      undisturbed = Estate.of(world);
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedAndRunAgainEndsLikeAnUndisturbedOne(Moment moment) throws Exception {
    try (World world = World.start(root, WORLD);
        Running killed = world.console().start("deploy", "-f", world.fleet())) {
      Request.await(world.log(), moment.reached);
      killed.signal("KILL");
      assertThat(killed.end().code()).isEqualTo(128 + 9);

      Ended again = world.console().latchkey("deploy", "-f", world.fleet(), "--output", "json");

      assertThat(again.code()).as(again.all()).isZero();
      assertThat(summary(again).path("succeeded").asInt()).isEqualTo(1);
      assertThat(Estate.of(world)).isEqualTo(undisturbed);
    }
  }

  @Test
  void interruptedDuringTheUpdateSaysHowToGoOnAndThenGoesOn() throws Exception {
    assumeSignalsArrive();
    try (World world = World.start(root, WORLD);
        Running interrupted = world.console().start("deploy", "-f", world.fleet())) {
      Request.await(world.log(), Moment.UPDATE_BEGUN.reached);
      interrupted.signal("INT");
      Ended ended = interrupted.end();
      assertThat(ended.code()).as(ended.all()).isEqualTo(130);
      assertThat(ended.err())
          .isEqualTo(
              """

              Interrupted. What was made stays; run the same command again, it goes on from there.
              """);

      Ended again = world.console().latchkey("deploy", "-f", world.fleet());

      assertThat(again.code()).as(again.all()).isZero();
      assertThat(Estate.of(world)).isEqualTo(undisturbed);
    }
  }

  /// A process whose parent ignores SIGINT ignores it too, as under `nohup`.
  private static void assumeSignalsArrive() throws Exception {
    Path status = Path.of("/proc/self/status");
    assumeThat(status).as("whether SIGINT is ignored can only be read in /proc").exists();
    boolean ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    assumeThat(ignored).as("SIGINT is ignored where these tests run").isFalse();
  }

  private static JsonNode summary(Ended ended) {
    return JsonMapper.shared().readTree(ended.out()).path("summary");
  }
}
