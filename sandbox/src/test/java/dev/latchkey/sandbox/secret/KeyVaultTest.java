// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.secret.KnownVaults.Deletion;
import dev.latchkey.sandbox.secret.KnownVaults.Guard;
import dev.latchkey.sandbox.secret.KnownVaults.Network;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import dev.latchkey.sandbox.token.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KeyVaultTest {
  private static final String TENANT = "11111111-1111-1111-1111-111111111111";
  private static final String ID =
      "/subscriptions/0000/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Keys KEYS = new Keys();

  private final SandboxClock clock = new SandboxClock(() -> START);
  private final Seed seed = new Seed(1);
  private final Secrets secrets = new Secrets(clock, seed);
  private final Set<String> allowedScopes = new HashSet<>();
  private final Map<String, Rules> vaults = new HashMap<>();
  private Deletion deletion = Deletion.RECOVERABLE;
  private int retentionDays = 90;
  private final KeyVault keyVault =
      new KeyVault(
          new KeyVault.World(
              clock,
              Pace.AZURE,
              Throttling.OFF,
              seed,
              KEYS,
              wish ->
                  allowedScopes.stream()
                      .filter(scope -> wish.scope().startsWith(scope))
                      .findFirst(),
              new PublicNames()),
          name -> Optional.ofNullable(vaults.get(name)),
          secrets);

  @BeforeEach
  void aVaultWithTwoSecrets() {
    guardedBy(new Guard.Roles(), Network.OPEN);
    secrets.set("kv-shared", "db-password", "hunter2", Optional.empty());
    secrets.generate("kv-shared", "admin-master-key");
  }

  @Test
  void challengesWhoComesWithoutAToken() {
    Answer answer = keyVault.answer(ask("GET", "/secrets/db-password", ""));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers())
        .containsEntry(
            "WWW-Authenticate",
            "Bearer authorization=\"https://login.microsoftonline.com/"
                + TENANT
                + "\", resource=\"https://vault.azure.net\"");
    assertThat(error(answer))
        .isEqualTo("Unauthorized: AKV10000: Request is missing a Bearer or PoP token.");
  }

  @Test
  void refusesATokenMadeForSomethingElse() {
    Answer answer =
        keyVault.answer(
            ask("GET", "/secrets/db-password", token("https://management.azure.com/", START)));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(error(answer))
        .isEqualTo(
            "Unauthorized: AKV10022: Invalid audience. Expected https://vault.azure.net, found:"
                + " https://management.azure.com/.");
  }

  @Test
  void refusesAnExpiredToken() {
    String old = token("https://vault.azure.net", START.minus(Duration.ofHours(2)));

    Answer answer = keyVault.answer(ask("GET", "/secrets/db-password", old));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(error(answer))
        .isEqualTo("Unauthorized: [TokenExpired] Error validating token: 'S2S12086'.");
  }

  @Test
  void givesTheValueToWhoMayReadThisSecret() {
    allowedScopes.add(ID + "/secrets/db-password");

    Answer answer = call("GET", "/secrets/db-password/");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer).path("value").asString()).isEqualTo("hunter2");
    assertThat(body(answer).path("id").asString())
        .startsWith("https://kv-shared.vault.azure.net/secrets/db-password/");
    assertThat(body(answer).path("attributes").toString())
        .isEqualTo(
            "{\"enabled\":true,\"created\":1772359200,\"updated\":1772359200,"
                + "\"recoveryLevel\":\"Recoverable+Purgeable\",\"recoverableDays\":90}");
  }

  @Test
  void refusesInTheRecordedWordsWhatNoRoleAllows() {
    Answer answer = call("GET", "/secrets/Admin-Master-Key");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(inner(answer)).isEqualTo("ForbiddenByRbac");
    assertThat(body(answer).path("error").path("message").asString())
        .isEqualTo(
            "Caller is not authorized to perform action on resource.\r\n"
                + "If role assignments, deny assignments or role definitions were changed recently,"
                + " please observe propagation time.\r\n"
                + "Caller: appid=app;oid=object;iss=https://sts.windows.net/"
                + TENANT
                + "/\r\n"
                + "Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'\r\n"
                + "Resource: '/subscriptions/0000/resourcegroups/rg-shared/providers/microsoft.keyvault/vaults/kv-shared/secrets/admin-master-key'\r\n"
                + "Assignment: (not found)\r\nDenyAssignmentId: null\r\n"
                + "DecisionReason: 'DeniedWithNoValidRBAC' \r\n"
                + "Vault: kv-shared;location=westeurope\r\n");
  }

  @Test
  void doesNotTellWhoMayNotReadWhetherASecretExists() {
    assertThat(call("GET", "/secrets/latchkey-probe").status()).isEqualTo(403);
  }

  @Test
  void tellsWhoMayReadTheWholeVaultThatASecretIsMissing() {
    allowedScopes.add(ID);

    Answer answer = call("GET", "/secrets/latchkey-probe/abc");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(error(answer))
        .startsWith(
            "SecretNotFound: A secret with (name/id) latchkey-probe/abc was not found in this key"
                + " vault.");
    assertThat(body(answer).path("error").has("innererror")).isFalse();
  }

  @Test
  void goesByTheAccessPoliciesOfAVaultThatHasThem() {
    allowedScopes.add(ID);
    guardedBy(new Guard.Policies(Map.of("object", Set.of("get"))), Network.OPEN);

    assertThat(call("GET", "/secrets/db-password").status()).isEqualTo(200);
    Answer refused = call("GET", "/secrets");
    assertThat(inner(refused)).isEqualTo("AccessDenied");
    assertThat(error(refused))
        .startsWith(
            "Forbidden: The user, group or application 'appid=app;oid=object;iss=https://sts.windows.net/"
                + TENANT
                + "/' does not have secrets list permission on key vault"
                + " 'kv-shared;location=westeurope'.");
  }

  @Test
  void hidesRightsBehindTheNetwork() {
    guardedBy(new Guard.Roles(), Network.FIREWALLED);
    assertThat(inner(call("GET", "/secrets/db-password"))).isEqualTo("ForbiddenByFirewall");

    guardedBy(new Guard.Roles(), Network.PRIVATE);
    assertThat(inner(call("GET", "/secrets/db-password"))).isEqualTo("ForbiddenByConnection");
  }

  @Test
  void wantsAnApiVersionThatItKnows() {
    allowedScopes.add(ID);

    Answer without = keyVault.answer(ask("GET", "/secrets/db-password?api-version=", token()));
    Answer unknown = keyVault.answer(ask("GET", "/secrets/db-password?api-version=9", token()));

    assertThat(without.status()).isEqualTo(400);
    assertThat(unknown.status()).isEqualTo(400);
  }

  @Test
  void keepsEachVersionThatWasSet() {
    allowedScopes.add(ID);
    String first = version(call("GET", "/secrets/db-password"));

    Answer set =
        call("PUT", "/secrets/db-password", "{\"value\":\"second\",\"tags\":{\"a\":\"b\"}}");

    assertThat(set.status()).isEqualTo(200);
    assertThat(value(call("GET", "/secrets/db-password"))).isEqualTo("second");
    assertThat(value(call("GET", "/secrets/db-password/" + first))).isEqualTo("hunter2");
    assertThat(body(call("GET", "/secrets/db-password/versions")).path("value").size())
        .isEqualTo(2);
  }

  @Test
  void refusesToGiveADisabledSecret() {
    allowedScopes.add(ID);

    Answer patched = call("PATCH", "/secrets/db-password/", "{\"attributes\":{\"enabled\":false}}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(body(patched).has("value")).isFalse();
    assertThat(inner(call("GET", "/secrets/db-password"))).isEqualTo("SecretDisabled");
  }

  @Test
  void listsNamesPageByPageWithoutValues() {
    allowedScopes.add(ID);

    JsonNode first = body(call("GET", "/secrets?maxresults=1&api-version=7.4"));
    String next = first.path("nextLink").asString();
    JsonNode second =
        body(call("GET", next.substring("https://kv-shared.vault.azure.net:443".length())));

    assertThat(first.path("value").get(0).path("id").asString())
        .isEqualTo("https://kv-shared.vault.azure.net/secrets/admin-master-key");
    assertThat(second.path("value").get(0).path("id").asString())
        .isEqualTo("https://kv-shared.vault.azure.net/secrets/db-password");
    assertThat(second.path("nextLink").isNull()).isTrue();
    assertThat(first.toString() + second).doesNotContain("\"value\":\"");
  }

  @Test
  void keepsADeletedSecretInItsBinUntilItIsRecovered() {
    allowedScopes.add(ID);

    Answer deleted = call("DELETE", "/secrets/db-password");

    assertThat(body(deleted).path("recoveryId").asString())
        .isEqualTo("https://kv-shared.vault.azure.net/deletedsecrets/db-password");
    assertThat(call("GET", "/secrets/db-password").status()).isEqualTo(404);
    assertThat(error(call("GET", "/deletedsecrets/db-password")))
        .isEqualTo("SecretNotFound: Deleted Secret not found: db-password");
    assertThat(inner(call("PUT", "/secrets/db-password", "{\"value\":\"x\"}")))
        .isEqualTo("ObjectIsBeingDeleted");

    clock.advance(Duration.ofSeconds(10));

    assertThat(call("GET", "/deletedsecrets/db-password").status()).isEqualTo(200);
    assertThat(inner(call("PUT", "/secrets/db-password", "{\"value\":\"x\"}")))
        .isEqualTo("ObjectIsDeletedButRecoverable");
    assertThat(call("POST", "/deletedsecrets/db-password/recover").status()).isEqualTo(200);
    assertThat(call("GET", "/secrets/db-password").status()).isEqualTo(404);

    clock.advance(Duration.ofSeconds(10));

    assertThat(value(call("GET", "/secrets/db-password"))).isEqualTo("hunter2");
    assertThat(inner(call("POST", "/deletedsecrets/db-password/recover")))
        .isEqualTo("RequestNotAllowedOnNonDeletedObject");
  }

  @Test
  void forgetsWhatIsPurged() {
    allowedScopes.add(ID);
    call("DELETE", "/secrets/db-password");
    clock.advance(Duration.ofSeconds(10));

    assertThat(call("DELETE", "/deletedsecrets/db-password").status()).isEqualTo(204);
    assertThat(call("GET", "/deletedsecrets/db-password").status()).isEqualTo(404);
    assertThat(call("PUT", "/secrets/db-password", "{\"value\":\"x\"}").status()).isEqualTo(200);
  }

  @Test
  void remembersEveryValueForLeakTests() {
    allowedScopes.add(ID);
    String generated = value(call("GET", "/secrets/admin-master-key"));

    call("PUT", "/secrets/db-password", "{\"value\":\"second\"}");

    assertThat(secrets.values()).containsExactlyInAnyOrder("hunter2", "second", generated);
  }

  private void guardedBy(Guard guard, Network network) {
    vaults.put(
        "kv-shared",
        new Rules("kv-shared", ID, TENANT, "westeurope", guard, network, deletion, retentionDays));
  }

  private Answer call(String method, String path) {
    return call(method, path, "");
  }

  private Answer call(String method, String path, String body) {
    return keyVault.answer(ask(method, path, token(), body));
  }

  private static String token() {
    return token("https://vault.azure.net", START);
  }

  private static String token(String audience, Instant from) {
    return KEYS.sign(
        TENANT,
        new JWTClaimsSet.Builder()
            .audience(audience)
            .issuer("https://sts.windows.net/" + TENANT + "/")
            .claim("tid", TENANT)
            .claim("appid", "app")
            .claim("oid", "object")
            .expirationTime(Date.from(from.plus(Duration.ofHours(1))))
            .build());
  }

  private static Ask ask(String method, String path, String token) {
    return ask(method, path, token, "");
  }

  private static Ask ask(String method, String pathAndQuery, String token, String body) {
    List<String> parts = List.of(pathAndQuery.split("\\?", 2));
    Map<String, List<String>> query = new LinkedHashMap<>();
    Arrays.stream(parts.size() > 1 ? parts.get(1).split("&", -1) : new String[] {"api-version=7.6"})
        .map(pair -> pair.split("=", 2))
        .filter(pair -> !pair[1].isEmpty())
        .forEach(pair -> query.put(pair[0], List.of(pair[1])));
    return new Ask(
        new Origin.Vault("kv-shared"),
        method,
        parts.getFirst(),
        query,
        token.isEmpty() ? Map.of() : Map.of("authorization", List.of("Bearer " + token)),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private static String error(Answer answer) {
    JsonNode error = body(answer).path("error");
    return error.path("code").asString() + ": " + error.path("message").asString();
  }

  private static String inner(Answer answer) {
    return body(answer).path("error").path("innererror").path("code").asString("");
  }

  private static String value(Answer answer) {
    return body(answer).path("value").asString();
  }

  private static String version(Answer answer) {
    String id = body(answer).path("id").asString().toLowerCase(Locale.ROOT);
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static JsonNode body(Answer answer) {
    return ((Answer.Body.Json) answer.body()).tree();
  }
}
