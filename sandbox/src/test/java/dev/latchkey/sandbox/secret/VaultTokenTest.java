// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.token.Forgery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VaultTokenTest {
  private final VaultWorld world = new VaultWorld();

  @Test
  void aGenuineTokenIsAccepted() {
    String token = Forgery.genuine(VaultWorld.KEYS, "object", "https://vault.azure.net");

    assertThat(world.send(token, "GET", "/secrets/db-password", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void aForgedTokenIsNotAndTheChallengeIsRepeated(Forgery forgery) {
    String token = forgery.token(VaultWorld.KEYS, "object", "https://vault.azure.net");

    Answer answer = world.send(token, "GET", "/secrets/db-password", "");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers())
        .containsEntry(
            "WWW-Authenticate",
            "Bearer authorization=\"https://login.microsoftonline.com/"
                + Forgery.TENANT
                + "\", resource=\"https://vault.azure.net\"");
  }

  @Test
  void theOlderVersionsChallengeInTheOlderWords() {
    Answer answer = world.send("", "PUT", "/secrets/x?api-version=7.1", "");

    assertThat(VaultWorld.error(answer))
        .isEqualTo("Unauthorized: Request is missing a Bearer or PoP token.");
    assertThat(answer.headers().get("WWW-Authenticate"))
        .startsWith("Bearer authorization=\"https://login.windows.net/");
  }

  @Test
  void theFirewallNamesTheCallerWithItsManagedIdentity() {
    world.network = KnownVaults.Network.FIREWALLED;

    Answer answer = world.call("GET", "/secrets/db-password", "");

    assertThat(VaultWorld.inner(answer)).isEqualTo("ForbiddenByFirewall");
    assertThat(VaultWorld.error(answer))
        .isEqualTo(
            "Forbidden: Client address is not authorized and caller is not a trusted service.\r\n"
                + "Client address: 127.0.0.1\r\nCaller: appid=app;oid=object;iss=https://sts.windows.net/"
                + Forgery.TENANT
                + "/;xms_mirid=/subscriptions/s/identity\r\nVault: kv-shared;location=westeurope");
  }
}
