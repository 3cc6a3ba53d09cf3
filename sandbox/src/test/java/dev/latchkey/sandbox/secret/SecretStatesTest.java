// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import static dev.latchkey.sandbox.secret.VaultWorld.body;
import static dev.latchkey.sandbox.secret.VaultWorld.error;
import static dev.latchkey.sandbox.secret.VaultWorld.inner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.secret.KnownVaults.Deletion;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SecretStatesTest {
  private static final String SECRET = "/secrets/db-password";
  private static final String DELETED = "/deletedsecrets/db-password";
  private static final String VALUE = "{\"value\":\"second\"}";

  private final VaultWorld world = new VaultWorld();

  @Test
  void onItsWayIntoTheBinASecretCanNeitherBeWrittenNorTakenOut() {
    world.call("DELETE", SECRET, "");

    Answer set = world.call("PUT", SECRET, VALUE);
    Answer recover = world.call("POST", DELETED + "/recover", "");
    Answer purge = world.call("DELETE", DELETED, "");

    assertThat(error(set))
        .isEqualTo(
            "Conflict: Secret db-password is currently being deleted and cannot be re-created;"
                + " retry later.");
    assertThat(error(recover)).isEqualTo("Conflict: Secret is currently being deleted.");
    assertThat(inner(purge)).isEqualTo("ObjectIsBeingDeleted");
    assertThat(world.call("GET", DELETED, "").status()).isEqualTo(404);
  }

  @Test
  void onItsWayBackASecretIsNotThereAndItsNameIsTaken() {
    world.call("DELETE", SECRET, "");
    world.clock.advance(Duration.ofSeconds(10));
    world.call("POST", DELETED + "/recover", "");

    assertThat(world.call("GET", SECRET, "").status()).isEqualTo(404);
    assertThat(inner(world.call("PUT", SECRET, VALUE))).isEqualTo("ObjectIsBeingRecovered");
    assertThat(inner(world.call("POST", DELETED + "/recover", "")))
        .isEqualTo("ObjectIsBeingRecovered");
  }

  @Test
  void whereSoftDeleteIsOffADeletionIsFinal() {
    world.deletion = Deletion.FINAL;

    JsonNode deleted = body(world.call("DELETE", SECRET + "?api-version=2016-10-01", ""));

    assertThat(deleted.propertyNames()).containsExactly("id", "attributes");
    assertThat(deleted.at("/attributes/recoveryLevel").asString()).isEqualTo("Purgeable");
    assertThat(deleted.path("attributes").has("recoverableDays")).isFalse();
    assertThat(world.call("GET", SECRET, "").status()).isEqualTo(404);
    assertThat(world.call("PUT", SECRET, VALUE).status()).isEqualTo(200);
  }

  @Test
  void whereTheVaultIsProtectedNobodyPurges() {
    world.deletion = Deletion.PROTECTED;
    world.call("DELETE", SECRET, "");
    world.clock.advance(Duration.ofSeconds(10));

    Answer purge = world.call("DELETE", DELETED, "");

    assertThat(purge.status()).isEqualTo(403);
    assertThat(inner(purge)).isEqualTo("ForbiddenByPolicy");
  }

  @ParameterizedTest
  @CsvSource({
    "RECOVERABLE, 90, Recoverable+Purgeable",
    "RECOVERABLE, 7, CustomizedRecoverable+Purgeable",
    "PROTECTED, 90, Recoverable",
    "PROTECTED, 30, CustomizedRecoverable"
  })
  void theRecoveryLevelFollowsFromTheVault(Deletion deletion, int days, String level) {
    world.deletion = deletion;
    world.retentionDays = days;

    JsonNode attributes = body(world.call("GET", SECRET, "")).path("attributes");

    assertThat(attributes.path("recoveryLevel").asString()).isEqualTo(level);
    assertThat(attributes.path("recoverableDays").asInt()).isEqualTo(days);
  }

  @Test
  void aBackupIsOpaqueAndBringsBackWhatWasPurged() {
    world.call("PUT", SECRET, VALUE);
    String blob = body(world.call("POST", SECRET + "/backup", "")).path("value").asString();
    world.call("DELETE", SECRET, "");
    world.clock.advance(Duration.ofSeconds(10));
    world.call("DELETE", DELETED, "");

    Answer restored = world.call("POST", "/secrets/restore", "{\"value\":\"" + blob + "\"}");

    assertThat(blob).doesNotContain("second").matches("[A-Za-z0-9_-]+");
    assertThat(restored.status()).isEqualTo(200);
    assertThat(body(restored).has("value")).isFalse();
    assertThat(body(world.call("GET", SECRET, "")).path("value").asString()).isEqualTo("second");
    assertThat(body(world.call("GET", SECRET + "/versions", "")).path("value").size()).isEqualTo(2);
  }

  @Test
  void aBackupIsNotRestoredOverASecret() {
    String blob = body(world.call("POST", SECRET + "/backup", "")).path("value").asString();

    assertThat(world.call("POST", "/secrets/restore", "{\"value\":\"" + blob + "\"}").status())
        .isEqualTo(409);
    assertThat(world.call("POST", "/secrets/restore", "{\"value\":\"x\"}").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /secrets/my_secret, '', The request URI contains an invalid name: my_secret",
    "PUT, /secrets/a.b, '{}', The request URI contains an invalid name: a.b",
    "PUT, /secrets/name, '', Request body not specified",
    "PUT, /secrets/name?api-version=9.9, '{}', The specified version (9.9) is not recognized. Consider using the latest supported version (7.6)."
  })
  void whatCannotBeUnderstoodIsABadParameter(
      String method, String path, String body, String message) {
    Answer answer = world.call(method, path, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).isEqualTo("BadParameter: " + message);
  }

  @Test
  void aBodyOfAnotherFormIsABadParameter() {
    assertThat(error(world.call("PUT", SECRET, "[1]")))
        .isEqualTo("BadParameter: Property  has invalid value\r\n");
    assertThat(error(world.call("PUT", SECRET, "{")))
        .isEqualTo("BadParameter: Property  has invalid value\r\n");
  }
}
