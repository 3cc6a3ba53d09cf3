// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

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
import dev.latchkey.sandbox.token.Forgery;
import dev.latchkey.sandbox.token.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A vault named `kv-shared` with the secret `db-password`, whose callers may do everything.
final class VaultWorld {
  static final Keys KEYS = new Keys();

  final SandboxClock clock = new SandboxClock(() -> Forgery.NOW);
  final Secrets secrets = new Secrets(clock, new Seed(1));
  Network network = Network.OPEN;
  Deletion deletion = Deletion.RECOVERABLE;
  int retentionDays = 90;
  private final KeyVault keyVault;

  VaultWorld(Throttling throttling) {
    keyVault =
        new KeyVault(
            new KeyVault.World(
                clock,
                Pace.AZURE,
                throttling,
                new Seed(1),
                KEYS,
                wish -> Optional.of(wish.scope()),
                new PublicNames()),
            name -> Optional.of(rules(name)),
            secrets);
    secrets.set("kv-shared", "db-password", "hunter2", Optional.empty());
  }

  /// Without limits.
  VaultWorld() {
    this(Throttling.OFF);
  }

  private Rules rules(String name) {
    String id = "/subscriptions/0000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/" + name;
    return new Rules(
        name,
        id,
        Forgery.TENANT,
        "westeurope",
        new Guard.Roles(),
        network,
        deletion,
        retentionDays);
  }

  Answer call(String method, String path, String body) {
    return send(token(), method, path, body);
  }

  /// Of a caller who may do everything.
  String token() {
    var claims =
        new JWTClaimsSet.Builder()
            .audience("https://vault.azure.net")
            .issuer("https://sts.windows.net/" + Forgery.TENANT + "/")
            .claim("tid", Forgery.TENANT)
            .claim("appid", "app")
            .claim("oid", "object")
            .claim("xms_mirid", "/subscriptions/s/identity")
            .expirationTime(Date.from(clock.now().plusSeconds(3600)))
            .build();
    return KEYS.sign(Forgery.TENANT, claims);
  }

  Answer send(String token, String method, String pathAndQuery, String body) {
    String[] parts = pathAndQuery.split("\\?", 2);
    Map<String, List<String>> query = new LinkedHashMap<>();
    query.put("api-version", List.of("7.6"));
    for (String pair : parts.length > 1 ? parts[1].split("&", -1) : new String[0]) {
      String[] words = pair.split("=", 2);
      query.put(words[0], List.of(words[1]));
    }
    return keyVault.answer(
        new Ask(
            new Origin.Vault("kv-shared"),
            method,
            parts[0],
            query,
            token.isEmpty() ? Map.of() : Map.of("authorization", List.of("Bearer " + token)),
            body.getBytes(StandardCharsets.UTF_8),
            Optional.empty()));
  }

  static String error(Answer answer) {
    JsonNode error = body(answer).path("error");
    return error.path("code").asString() + ": " + error.path("message").asString();
  }

  static String inner(Answer answer) {
    return body(answer).at("/error/innererror/code").asString("");
  }

  static JsonNode body(Answer answer) {
    return ((Answer.Body.Json) answer.body()).tree();
  }
}
