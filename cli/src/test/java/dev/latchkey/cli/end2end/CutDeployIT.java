// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /// When the deploy is killed: as soon as such a request has been carried out.
  enum Moment {
    IDENTITY_WRITTEN("PUT", "/userAssignedIdentities/"),
    UPDATE_BEGUN("PUT", "/managedClusters/"),
    CREDENTIAL_WRITTEN("PUT", "/federatedIdentityCredentials/"),
    ACCESS_GIVEN("PUT", "/roleAssignments/"),
    RELEASE_RECORDED("POST", "/namespaces/orders/secrets"),
    VERIFYING("POST", "/serviceaccounts/orders/token");

    private final String method;
    private final String path;

    Moment(String method, String path) {
      this.method = method;
      this.path = path;
    }

    Halt in(World world) {
      return Halt.at(world, method, path);
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
    try (World world = World.start(root, WORLD)) {
      killAt(moment, world);

      Ended again = world.console().latchkey("deploy", "-f", world.fleet(), "--output", "json");

      assertThat(again.code()).as(again.all()).isZero();
      assertThat(summary(again).path("succeeded").asInt()).isEqualTo(1);
      assertThat(Estate.of(world)).isEqualTo(undisturbed);
    }
  }

  private static void killAt(Moment moment, World world) throws Exception {
    try (Halt halt = moment.in(world);
        Running killed = world.console().start("deploy", "-f", world.fleet())) {
      halt.await();
      killed.signal("KILL");
      assertThat(killed.end().code()).isEqualTo(128 + 9);
    }
  }

  @Test
  void interruptedDuringTheUpdateSaysHowToGoOnAndThenGoesOn() throws Exception {
    assumeSignalsArrive();
    try (World world = World.start(root, WORLD);
        Halt halt = Moment.UPDATE_BEGUN.in(world);
        Running interrupted = world.console().start("deploy", "-f", world.fleet())) {
      halt.await();
      interrupted.signal("INT");
      halt.release();
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
