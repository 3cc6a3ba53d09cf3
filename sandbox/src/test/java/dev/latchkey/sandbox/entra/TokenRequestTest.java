// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.EntraWorld.CLIENT;
import static dev.latchkey.sandbox.entra.EntraWorld.ISSUER;
import static dev.latchkey.sandbox.entra.EntraWorld.KEYS;
import static dev.latchkey.sandbox.entra.EntraWorld.LOGIN;
import static dev.latchkey.sandbox.entra.EntraWorld.START;
import static dev.latchkey.sandbox.entra.EntraWorld.SUBJECT;
import static dev.latchkey.sandbox.entra.EntraWorld.TENANT;
import static dev.latchkey.sandbox.entra.EntraWorld.body;
import static dev.latchkey.sandbox.entra.EntraWorld.claims;
import static dev.latchkey.sandbox.entra.EntraWorld.code;
import static dev.latchkey.sandbox.entra.EntraWorld.description;
import static dev.latchkey.sandbox.entra.EntraWorld.form;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.entra.Application.ClientSecret;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenRequestTest {
  private static final Application WITH_SECRETS =
      new Application(
          CLIENT,
          "object",
          "app",
          List.of(new ClientSecret("s3cret", Instant.MAX), new ClientSecret("old", START)),
          List.of(),
          List.of());

  private final EntraWorld world = EntraWorld.atStart().with(WITH_SECRETS);

  private Answer with(String name, String value) {
    return world.token(form(Map.of("client_secret", "s3cret", name, value)));
  }

  @Test
  void anExpiredSecretIsToldFromAWrongOne() {
    assertThat(code(world.token(form(Map.of("client_secret", "old"))))).isEqualTo(7000222);
    assertThat(code(world.token(form(Map.of("client_secret", "guess"))))).isEqualTo(7000215);
  }

  @Test
  void eachMissingParameterIsNamed() {
    assertThat(description(with("grant_type", "")))
        .startsWith(
            "AADSTS900144: The request body must contain the following parameter: 'grant_type'.");
    assertThat(description(with("client_id", "")))
        .startsWith(
            "AADSTS900144: The request body must contain the following parameter: 'client_id'.");
    assertThat(description(with("scope", "")))
        .startsWith("AADSTS90014: The required field 'scope' is missing from the credential.");
  }

  @Test
  void aScopeIsOneResourceAndItsDefault() {
    assertThat(code(with("scope", "https://vault.azure.net"))).isEqualTo(1002012);
    assertThat(code(with("scope", "user.read/.default"))).isEqualTo(70011);
    assertThat(code(with("scope", "https://vault.azure.net/.default https://a.example/.default")))
        .isEqualTo(70011);
    assertThat(with("scope", "https://graph.microsoft.com/.default openid profile").status())
        .isEqualTo(200);
  }

  @Test
  void theEndpointTakesPostsOnly() {
    Answer answer = world.get("/" + TENANT + "/oauth2/v2.0/token", Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo(900561);
  }

  @Test
  void aTokenForTheExchangeItselfIsOfTheSecondVersion() {
    Answer answer = with("scope", "api://AzureADTokenExchange/.default");

    assertThat(claims(answer))
        .containsEntry("ver", "2.0")
        .containsEntry("iss", LOGIN + "/v2.0")
        .containsEntry("aud", List.of("fb60f99c-7a34-4190-8149-302f77469936"))
        .containsEntry("azp", CLIENT)
        .containsEntry("azpacr", "1")
        .doesNotContainKeys("appid", "appidacr", "idp");
  }

  @Test
  void untilAutumn2023OneNumberStoodForAllThatDoesNotMatch() {
    var then =
        new EntraWorld(Instant.parse("2022-10-27T23:39:22Z")).trusting("https://other/", SUBJECT);
    String assertion =
        KEYS.sign(
            "cluster",
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(SUBJECT)
                .audience(EntraWorld.AUDIENCE)
                .build());

    Answer answer = then.exchange(assertion);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(body(answer).path("error").asString()).isEqualTo("invalid_request");
    assertThat(description(answer))
        .startsWith(
            "AADSTS70021: No matching federated identity record found for presented assertion."
                + " Assertion Issuer: '"
                + ISSUER
                + "'.")
        .endsWith("\r\nTimestamp: 2022-10-27 23:39:22Z");
  }

  @Test
  void aSignInAtAnotherDeviceIsPendingUntilSomebodySignsIn() {
    JsonNode begun =
        body(
            world.post(
                "/" + TENANT + "/oauth2/v2.0/devicecode",
                Map.of(
                    "client_id",
                    CLIENT,
                    "scope",
                    "https://vault.azure.net/.default openid offline_access")));
    Map<String, String> poll =
        Map.of(
            "client_id",
            CLIENT,
            "grant_type",
            "urn:ietf:params:oauth:grant-type:device_code",
            "client_info",
            "1",
            "device_code",
            begun.path("device_code").asString());

    Answer before = world.token(poll);
    world.entra.deviceCodes().signIn(user(), "user.read", Duration.ofMinutes(75));
    Answer after = world.token(poll);

    assertThat(code(before)).isEqualTo(70016);
    assertThat(body(before).path("error").asString()).isEqualTo("authorization_pending");
    assertThat(body(after).propertyNames())
        .containsExactlyInAnyOrder(
            "token_type",
            "scope",
            "expires_in",
            "ext_expires_in",
            "access_token",
            "refresh_token",
            "id_token",
            "client_info");
    assertThat(claims(after)).containsEntry("oid", "user").containsEntry("scp", "user.read");
    assertThat(code(world.token(poll))).isEqualTo(70000);
  }

  @Test
  void aRefreshTokenIsGoodForItsOwnClientOnly() {
    world.post(
        "/" + TENANT + "/oauth2/v2.0/devicecode", Map.of("client_id", CLIENT, "scope", "openid"));
    Map<String, String> made =
        Map.of("client_id", CLIENT, "grant_type", "refresh_token", "refresh_token", "0.guess");

    assertThat(code(world.token(made))).isEqualTo(9002313);
  }

  @Test
  void anUnusedDeviceCodeExpires() {
    JsonNode begun =
        body(
            world.post(
                "/" + TENANT + "/oauth2/v2.0/devicecode",
                Map.of("client_id", CLIENT, "scope", "openid")));
    world.clock.advance(Duration.ofMinutes(15));

    Answer answer =
        world.token(
            Map.of(
                "client_id",
                CLIENT,
                "grant_type",
                "device_code",
                "device_code",
                begun.path("device_code").asString()));

    assertThat(code(answer)).isEqualTo(70020);
  }

  private static Principal user() {
    return new Principal("user", "", TENANT, "user@example.com", Optional.empty(), Instant.EPOCH);
  }
}
