// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.token.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Issues the tokens of service accounts, as the API server and its kubelets do.
public final class AccountTokens {
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  /// The flag of AKS' API servers.
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final long SECONDS_MAX = 1L << 32;

  private final World world;
  private final KubernetesCluster cluster;
  private final Queue<String> issued = new ConcurrentLinkedQueue<>();

  AccountTokens(World world, KubernetesCluster cluster) {
    this.world = world;
    this.cluster = cluster;
  }

  /// All tokens issued so far, for whoever looks whether one has leaked.
  public List<String> issued() {
    return List.copyOf(issued);
  }

  /// The answer to a `TokenRequest`: the request with its status filled in, or a [Refusal].
  public ObjectNode answer(String namespace, String account, ObjectNode request) {
    ObjectNode there =
        cluster
            .store()
            .find(Kinds.SERVICE_ACCOUNT, namespace, account)
            .orElseThrow(() -> Refusal.notFound(Kinds.SERVICE_ACCOUNT, account));
    ObjectNode answer = request.deepCopy();
    ObjectNode spec = Trees.child(answer, "spec");
    if (spec.path("audiences").isEmpty()) {
      spec.putArray("audiences").add(cluster.issuer());
    }
    long seconds = Trees.number(spec, 3600, "expirationSeconds");
    check(account, seconds);
    Duration life = Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
    spec.put("expirationSeconds", life.toSeconds());
    Instant now = world.clock().now().truncatedTo(ChronoUnit.SECONDS);
    Map<String, Object> bound = bound(namespace, account, there, spec.path("boundObjectRef"));
    String token =
        Jwt.signWithAudiences(
            world.keys().of(cluster.keys().active()), claims(spec, now, life, bound));
    issued.add(token);
    answer.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
    ObjectNode metadata = Trees.child(answer, "metadata");
    metadata.put("name", account).put("namespace", namespace);
    metadata.put("creationTimestamp", now.toString());
    ObjectNode status = answer.putObject("status");
    status.put("token", token).put("expirationTimestamp", now.plus(life).toString());
    return answer;
  }

  private JWTClaimsSet claims(
      JsonNode spec, Instant now, Duration life, Map<String, Object> bound) {
    Object sub = "system:serviceaccount:" + bound.get("namespace") + ":" + nameOf(bound);
    return new JWTClaimsSet.Builder()
        .issuer(cluster.issuer())
        .subject(String.valueOf(sub))
        .audience(Trees.items(spec.path("audiences")).stream().map(JsonNode::asString).toList())
        .issueTime(Date.from(now))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(life)))
        .jwtID(world.seed().uuid("token", cluster.key() + sub).toString())
        .claim("kubernetes.io", bound)
        .build();
  }

  private static String nameOf(Map<String, Object> bound) {
    return bound.get("serviceaccount") instanceof Map<?, ?> account
        ? String.valueOf(account.get("name"))
        : "";
  }

  private static void check(String account, long seconds) {
    if (seconds < SHORTEST.toSeconds()) {
      throw invalid(account, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > SECONDS_MAX) {
      throw invalid(account, seconds, "may not specify a duration larger than 2^32 seconds");
    }
  }

  private static Refusal invalid(String account, long seconds, String why) {
    return Refusal.invalid(
        "TokenRequest",
        "authentication.k8s.io",
        account,
        "FieldValueInvalid",
        "spec.expirationSeconds",
        "Invalid value: " + seconds + ": " + why);
  }

  private Map<String, Object> bound(
      String namespace, String account, ObjectNode there, JsonNode reference) {
    var claim = new TreeMap<String, Object>();
    claim.put("namespace", namespace);
    claim.put(
        "serviceaccount", Map.of("name", account, "uid", Trees.text(there, "metadata", "uid")));
    if (!reference.isObject()) {
      return claim;
    }
    String kindName = Trees.text(reference, "kind");
    Kind kind =
        switch (kindName) {
          case "Pod" -> Kinds.POD;
          case "Secret" -> Kinds.SECRET;
          case "Node" -> Kinds.NODE;
          default ->
              throw Refusal.badRequest(
                  "cannot bind token for serviceaccount \""
                      + account
                      + "\" to object of type "
                      + kindName);
        };
    String name = Trees.text(reference, "name");
    ObjectNode object =
        cluster
            .store()
            .find(kind, kind.namespaced() ? namespace : "", name)
            .orElseThrow(() -> Refusal.notFound(kind, name));
    String uid = Trees.text(object, "metadata", "uid");
    String wanted = Trees.text(reference, "uid");
    if (!wanted.isEmpty() && !wanted.equals(uid)) {
      throw Refusal.conflict(
          kind,
          name,
          "the UID in the bound object reference ("
              + wanted
              + ") does not match the UID in record. The object might have been deleted"
              + " and then recreated");
    }
    String node = Trees.text(object, "spec", "nodeName");
    if (kind.equals(Kinds.POD)
        && !account.equals(Trees.text(object, "spec", "serviceAccountName"))) {
      throw Refusal.badRequest(
          "cannot bind token for serviceaccount \""
              + account
              + "\" to pod running with different serviceaccount name.");
    }
    claim.put(kind.singular(), Map.of("name", name, "uid", uid));
    if (kind.equals(Kinds.POD) && !node.isEmpty()) {
      claim.put("node", Map.of("name", node, "uid", uidOfNode(node)));
    }
    return claim;
  }

  private String uidOfNode(String name) {
    return cluster
        .store()
        .find(Kinds.NODE, "", name)
        .map(node -> Trees.text(node, "metadata", "uid"))
        .orElse("");
  }
}
