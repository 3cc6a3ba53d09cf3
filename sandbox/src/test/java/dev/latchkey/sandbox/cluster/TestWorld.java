// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import dev.latchkey.sandbox.vault.SecretNames;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small world for tests: one subscription, one group, an owner, and a clock that stands still
/// until a test moves it.
public final class TestWorld {
  public static final String TENANT = "11111111-1111-1111-1111-111111111111";
  public static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";
  public static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/rg-weu";
  public static final String OWNER = "22222222-2222-4222-8222-222222222222";
  public static final String OWNER_ROLE = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  private static final Keys KEYS = new Keys();

  public final SandboxClock clock = new SandboxClock(() -> Instant.parse("2026-09-01T08:00:00Z"));
  public final Directory directory = new Directory();
  public final AzureResources azure;
  private final List<SecretNames.Secret> secrets = new ArrayList<>();
  private Map<String, String> headers = Map.of();

  public TestWorld(Pace pace, Throttling throttling) {
    this(pace, throttling, UnknownSecretScopes.ACCEPTED);
  }

  private TestWorld(Pace pace, Throttling throttling, UnknownSecretScopes unknownSecretScopes) {
    azure =
        AzureResources.create(
            new AzureWorld(
                TENANT,
                clock,
                pace,
                throttling,
                new Seed(7),
                KEYS,
                new PublicNames(),
                directory,
                () -> TestWorld::endpoint,
                this::secretNames,
                unknownSecretScopes,
                () -> (_, command, _) -> Commands.notFound(command)));
    azure.addSubscription(SUBSCRIPTION, "Example Subscription");
    azure.addGroup(SUBSCRIPTION, "rg-weu", "westeurope");
    add(OWNER);
    azure.assign(OWNER, OWNER_ROLE, "/subscriptions/" + SUBSCRIPTION);
  }

  /// A world in which everything is done at once and nobody is refused for asking fast.
  public static TestWorld instant() {
    return new TestWorld(Pace.INSTANT, Throttling.OFF);
  }

  /// The same with this answer to roles at secrets that do not exist.
  public static TestWorld where(UnknownSecretScopes unknownSecretScopes) {
    return new TestWorld(Pace.INSTANT, Throttling.OFF, unknownSecretScopes);
  }

  /// A world with Azure's own durations, and without buckets.
  public static TestWorld slow() {
    return new TestWorld(Pace.AZURE, Throttling.OFF);
  }

  /// A cluster in [#GROUP] without issuer, workload identity or Entra ID.
  public void addPlainCluster(String name) {
    azure.addCluster(
        new ClusterPlan(
            SUBSCRIPTION,
            "rg-weu",
            name,
            "westeurope",
            "1.33.2",
            ClusterView.Authorization.LOCAL,
            ClusterPlan.Features.NONE,
            Map.of()));
  }

  public void add(String objectId) {
    directory.add(
        new Principal(objectId, objectId, TENANT, "test", Optional.empty(), Instant.EPOCH));
  }

  public TestWorld with(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    headers = all;
    return this;
  }

  public void later(Duration duration) {
    clock.advance(duration);
  }

  public Answer ask(String method, String url) {
    return askAs(OWNER, method, url, "");
  }

  public Answer ask(String method, String url, String body) {
    return askAs(OWNER, method, url, body);
  }

  public Answer askAs(String principal, String method, String url, String body) {
    return send(
        token(principal, "https://management.azure.com", clock.now().plusSeconds(3600)),
        method,
        url,
        body);
  }

  public static String token(String principal, String audience, Instant expiry) {
    return token(TENANT, principal, audience, expiry);
  }

  public static String token(String tenant, String principal, String audience, Instant expiry) {
    var claims =
        new JWTClaimsSet.Builder()
            .audience(audience)
            .claim("tid", tenant)
            .claim("oid", principal)
            .claim("appid", principal)
            .expirationTime(Date.from(expiry))
            .build();
    return Jwt.sign(KEYS.of(TENANT), claims);
  }

  public Answer send(String token, String method, String url, String body) {
    String[] parts = url.split("\\?", 2);
    var query = new LinkedHashMap<String, List<String>>();
    for (String pair : parts.length > 1 ? parts[1].split("&") : new String[0]) {
      String[] words = pair.split("=", 2);
      query.put(words[0], List.of(words[1]));
    }
    var all = new LinkedHashMap<String, List<String>>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    headers = Map.of();
    if (!token.isEmpty()) {
      all.put("authorization", List.of("Bearer " + token));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return azure
        .arm()
        .answer(new Ask(new Origin.Front(), method, parts[0], query, all, bytes, Optional.empty()));
  }

  public static JsonNode body(Answer answer) {
    return answer.body() instanceof Answer.Body.Json(JsonNode tree)
        ? tree
        : JsonMapper.shared().createObjectNode();
  }

  public static String code(Answer answer) {
    JsonNode tree = body(answer);
    return tree.has("error")
        ? tree.path("error").path("code").asString("")
        : tree.path("code").asString("");
  }

  public static String at(Answer answer, String pointer) {
    return body(answer).at(pointer).asString("");
  }

  private static ApiServers.Endpoint endpoint(String clusterId) {
    return new ApiServers.Endpoint("https://127.0.0.1:6443", "CA", "CERTIFICATE", "KEY");
  }

  private SecretNames secretNames() {
    return new SecretNames() {
      @Override
      public List<Secret> list(String vault) {
        return secrets;
      }

      @Override
      public Secret set(String vault, String name, String value, String contentType) {
        var secret =
            new Secret(name, "0123", contentType, Availability.ENABLED, clock.now(), clock.now());
        secrets.add(secret);
        return secret;
      }

      @Override
      public void forget(String vault) {
        secrets.clear();
      }
    };
  }
}
