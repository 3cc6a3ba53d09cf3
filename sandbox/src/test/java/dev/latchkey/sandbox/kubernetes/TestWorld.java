// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cluster.ApiServers;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One cluster at a standing clock, spoken to without sockets.
public final class TestWorld implements Clusters, Access {
  public static final String ID =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks";
  public static final String ISSUER = "https://westeurope.oic.prod-aks.azure.com/t/g/";
  public static final String TENANT = "0f0e0d0c-0000-4000-8000-00000000000a";
  public static final Instant START = Instant.parse("2026-05-04T10:00:00Z");

  // one for all tests: making RSA keys takes long
  private static final Keys KEYS = new Keys();

  public final Keys keys = KEYS;
  public final SandboxClock clock;
  public final World world;

  /// The actions that Azure RBAC allows: `action scope`.
  public final Set<String> allowed = new HashSet<>();

  private final KubernetesClusters clusters;
  private ClusterView.Authorization authorization = ClusterView.Authorization.LOCAL;
  private Optional<Instant> webhook = Optional.of(START);

  public TestWorld() {
    this(new SandboxClock(() -> START), _ -> NodeSide.NONE);
  }

  public TestWorld(SandboxClock clock, Function<World, NodeSide> nodes) {
    this.clock = clock;
    world =
        new World(
            clock,
            Pace.INSTANT,
            new Seed(1),
            keys,
            this,
            this,
            new PublicNames(),
            TestWorld::endpoint,
            id -> "static " + id,
            "tenant");
    clusters = new KubernetesClusters(world, nodes.apply(world));
  }

  private static ApiServers.Endpoint endpoint(String clusterId) {
    return new ApiServers.Endpoint("https://" + clusterId, "the CA of the cluster", "", "");
  }

  /// The object, once it is as wanted; fails when that takes too long.
  public JsonNode until(String path, Predicate<JsonNode> wanted) {
    try {
      long left = Store.seconds(60);
      while (left > 0) {
        long seen = cluster().store().version();
        JsonNode there = get(path);
        if (wanted.test(there)) {
          return there;
        }
        left = cluster().store().await(seen, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("never as wanted: " + get(path) + get("/api/v1/events"));
  }

  public TestWorld with(ClusterView.Authorization how) {
    authorization = how;
    return this;
  }

  public TestWorld withoutWebhook() {
    webhook = Optional.empty();
    return this;
  }

  public KubernetesClusters clusters() {
    return clusters;
  }

  public KubernetesCluster cluster() {
    return clusters.cluster(ID);
  }

  /// Asks as a cluster administrator.
  public Answer ask(String method, String path, String body) {
    String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    return ask(method, path, body, Map.of("content-type", type), true);
  }

  public Answer patch(String type, String path, String body) {
    return ask("PATCH", path, body, Map.of("content-type", type), true);
  }

  /// Asks with a bearer token.
  public Answer askAs(String token, String method, String path, String body) {
    return ask(method, path, body, Map.of("authorization", "Bearer " + token), false);
  }

  public Answer ask(
      String method, String path, String body, Map<String, String> headers, boolean admin) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ask(method, path, bytes, headers, admin);
  }

  public Answer ask(
      String method, String path, byte[] body, Map<String, String> headers, boolean admin) {
    int mark = path.indexOf('?');
    var query = new HashMap<String, List<String>>();
    if (mark >= 0) {
      for (String pair : path.substring(mark + 1).split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], List.of(parts.length > 1 ? parts[1] : ""));
      }
    }
    var all = new HashMap<String, List<String>>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return clusters
        .of(ID)
        .answer(
            new Ask(
                new Origin.Cluster(ID.toLowerCase(Locale.ROOT)),
                method,
                mark < 0 ? path : path.substring(0, mark),
                query,
                all,
                body,
                admin ? Optional.of("CN=masterclient, O=system:masters") : Optional.empty()));
  }

  public JsonNode get(String path) {
    return tree(ask("GET", path, ""));
  }

  public static JsonNode tree(Answer answer) {
    return switch (answer.body()) {
      case Answer.Body.Json(var tree) -> JsonMapper.shared().valueToTree(tree);
      case Answer.Body.Raw(var bytes) ->
          JsonMapper.shared().readTree(new String(bytes, StandardCharsets.UTF_8));
      case Answer.Body.None _, Answer.Body.Stream _ ->
          throw new AssertionError("no tree: " + answer);
    };
  }

  public static String message(Answer answer) {
    return answer.status() + " " + Trees.text(tree(answer), "message");
  }

  /// An access token of Entra ID.
  public String entraToken(String objectId, String audience) {
    return Jwt.sign(
        keys.of("tenant"),
        new JWTClaimsSet.Builder()
            .audience(audience)
            .claim("oid", objectId)
            .claim("tid", "tenant")
            .issueTime(Date.from(clock.now()))
            .expirationTime(Date.from(clock.now().plus(Duration.ofHours(1))))
            .build());
  }

  @Override
  public Optional<ClusterView> find(String id) {
    return id.equalsIgnoreCase(ID) ? Optional.of(view()) : Optional.empty();
  }

  @Override
  public List<ClusterView> all() {
    return List.of(view());
  }

  private ClusterView view() {
    return new ClusterView(
        ID,
        "uid",
        "aks",
        "rg",
        "s",
        "westeurope",
        TENANT,
        "1.34.2",
        authorization,
        ClusterView.Power.RUNNING,
        Optional.of(ISSUER),
        webhook,
        List.of(),
        Optional.empty());
  }

  @Override
  public Optional<String> allowing(Wish wish) {
    String key = wish.principalId() + " " + wish.action() + " " + wish.scope();
    return allowed.contains(key) ? Optional.of("assignment") : Optional.empty();
  }
}
