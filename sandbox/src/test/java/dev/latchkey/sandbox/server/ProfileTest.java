// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.server.Options.Faults;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Options.Throttling;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a profile decides, seen from outside.
class ProfileTest {
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

  @ParameterizedTest
  @CsvSource({"ACCEPTED, 201", "REFUSED, 404"})
  void aRoleAtASecretThatDoesNotExistIsMetAsTheProfileSays(UnknownSecretScopes answer, int status) {
    try (var rehearsal = Rehearsal.start(with(Profile.INSTANT.withUnknownSecretScopes(answer)))) {
      Answer given =
          rehearsal.sandbox.askArm(
              "PUT",
              DefaultFleet.vaultId()
                  + "/secrets/not-yet/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001",
              "2022-04-01",
              "{\"properties\":{\"roleDefinitionId\":\"%s\",\"principalId\":\"%s\"}}"
                  .formatted(SECRETS_USER, DefaultFleet.PIPELINE_OBJECT));

      assertThat(given.status()).isEqualTo(status);
    }
  }

  @Test
  void replicasDifferWhereFaultsAreRough() {
    assertThat(firstCredential(Faults.NONE)).isEqualTo(201);
    assertThat(firstCredential(Faults.ROUGH)).isEqualTo(404);
  }

  /// The status of a credential that is written right after its identity.
  private static int firstCredential(Faults faults) {
    var profile = new Profile(Pace.AZURE, Throttling.OFF, faults, UnknownSecretScopes.ACCEPTED);
    try (var rehearsal = Rehearsal.start(with(profile))) {
      put(rehearsal, Rehearsal.IDENTITY, "{\"location\":\"westeurope\"}");
      return put(
          rehearsal,
          Rehearsal.IDENTITY + "/federatedIdentityCredentials/first",
          "{\"properties\":{\"issuer\":\"https://i/\",\"subject\":\"s\",\"audiences\":[\"a\"]}}");
    }
  }

  private static int put(Rehearsal rehearsal, String id, String body) {
    String token = rehearsal.pipelineToken("https://management.azure.com/.default");
    return rehearsal
        .sandbox
        .answer(
            new Ask(
                new Origin.Front(),
                "PUT",
                id,
                Map.of("api-version", List.of("2023-01-31")),
                Map.of("authorization", List.of("Bearer " + token)),
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty()))
        .status();
  }

  private static Options with(Profile profile) {
    return Options.defaults().withClusters(1).withProfile(profile);
  }
}
