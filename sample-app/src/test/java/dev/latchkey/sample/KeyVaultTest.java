// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyVaultTest {
  @TempDir Path folder;
  private Path tokenFile;

  @BeforeEach
  void writeToken() throws IOException {
    tokenFile = Files.writeString(folder.resolve("token"), "the-service-account-token");
  }

  @Test
  void readsASecretThroughTokenExchangeAndChallenge() {
    var azure = new WireAzure();

    assertThat(vault(azure, identity()).read("db-password")).isEmpty();

    assertThat(azure.asked())
        .containsExactly(
            "kv.vault.example/secrets/db-password/",
            "login.example/the-tenant/oauth2/v2.0/token",
            "kv.vault.example/secrets/db-password/");
  }

  @Test
  void namesEntraAndItsCodeWhenTheExchangeIsRefused() {
    var azure =
        new WireAzure()
            .entraAnswers(
                401,
                """
                {"error":"invalid_client","error_description":"AADSTS700211: No matching federated identity record found for presented assertion issuer 'https://issuer.example/'. Trace ID: 1","error_codes":[700211]}\
                """);

    assertThat(vault(azure, identity()).read("db-password"))
        .contains(new Refusal(Hop.ENTRA, "AADSTS700211"));
  }

  @Test
  void namesTheInnerCodeWhenTheVaultRefuses() {
    var azure =
        new WireAzure()
            .vaultAnswers(
                403,
                """
                {"error":{"code":"Forbidden","message":"Caller is not authorized to perform action on resource.","innererror":{"code":"ForbiddenByRbac"}}}\
                """);

    assertThat(vault(azure, identity()).read("db-password"))
        .contains(new Refusal(Hop.KEY_VAULT, "ForbiddenByRbac"));
  }

  @Test
  void namesTheOuterCodeWhenTheVaultGivesNoInnerOne() {
    var azure =
        new WireAzure()
            .vaultAnswers(
                404,
                """
                {"error":{"code":"SecretNotFound","message":"A secret with (name/id) x was not found in this key vault."}}\
                """);

    assertThat(vault(azure, identity()).read("x"))
        .contains(new Refusal(Hop.KEY_VAULT, "SecretNotFound"));
  }

  @Test
  void namesTheWebhookWhenThePodLacksItsVariables() {
    var azure = new WireAzure();

    assertThat(vault(azure, new Settings.Identity("", "", "", "")).read("db-password"))
        .contains(new Refusal(Hop.WEBHOOK, "variables missing"));
    assertThat(azure.asked()).isEmpty();
  }

  @Test
  void namesTheTokenFileWhenItIsNotThere() throws IOException {
    Files.delete(tokenFile);

    assertThat(vault(new WireAzure(), identity()).read("db-password"))
        .contains(new Refusal(Hop.TOKEN_FILE, "not readable"));
  }

  @Test
  void readsAfterALagOfEntraHasPassed() {
    var azure =
        new WireAzure()
            .entraAnswers(
                401,
                """
                {"error":"invalid_client","error_description":"AADSTS700213: No matching federated identity record found","error_codes":[700213]}\
                """);
    var vault = vault(azure, identity());
    var early = vault.read("db-password");

    azure.entraAnswers(
        200, "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"a-token\"}");

    assertThat(early).contains(new Refusal(Hop.ENTRA, "AADSTS700213"));
    assertThat(vault.read("db-password")).isEmpty();
  }

  private Settings.Identity identity() {
    return new Settings.Identity(
        "the-client", "the-tenant", tokenFile.toString(), "https://login.example/");
  }

  private static KeyVault vault(WireAzure azure, Settings.Identity identity) {
    return KeyVault.of(
        new Settings(8080, URI.create("https://kv.vault.example/"), List.of(), identity), azure);
  }
}
