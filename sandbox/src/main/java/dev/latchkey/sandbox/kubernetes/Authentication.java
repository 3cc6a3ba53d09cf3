// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.token.Jwt;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds out who asks: a client certificate, a service account's token, or an Entra access token.
final class Authentication {
  /// The application of AKS itself in Entra ID, the same in all tenants.
  private static final String AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

  private static final Set<String> AKS_AUDIENCES =
      Set.of(AKS_SERVER, "https://" + AKS_SERVER, "spn:" + AKS_SERVER, "api://" + AKS_SERVER);

  /// Of the client certificate that stands beside the static token.
  private static final String ADMINISTRATOR = "CN=masterclient, O=" + Caller.MASTERS;

  private final World world;
  private final KubernetesCluster cluster;

  Authentication(World world, KubernetesCluster cluster) {
    this.world = world;
    this.cluster = cluster;
  }

  /// The caller; empty means 401.
  Optional<Caller> caller(Ask ask) {
    Optional<Caller> byCertificate = ask.clientCertificate().flatMap(Authentication::ofSubject);
    return byCertificate.or(() -> ask.bearer().flatMap(this::ofToken));
  }

  /// The caller that a token stands for, for the API server's own audience.
  Optional<Caller> ofToken(String token) {
    return ofLocalAdministrator(token)
        .or(
            () ->
                Jwt.read(token)
                    .flatMap(jwt -> ofServiceAccount(jwt, Set.of()).or(() -> ofEntra(jwt))));
  }

  /// Kubeconfigs of local accounts hold a static token beside the client certificate.
  private Optional<Caller> ofLocalAdministrator(String token) {
    return token.equals(world.administratorToken().apply(cluster.key()))
        ? ofSubject(ADMINISTRATOR)
        : Optional.empty();
  }

  /// The service account that a token of this cluster stands for.
  ///
  /// @param audiences one of which it must be for; none: the API server's own
  Optional<Caller> ofServiceAccount(Jwt jwt, Set<String> audiences) {
    JWTClaimsSet claims = jwt.claims();
    Set<String> accepted = audiences.isEmpty() ? cluster.audiences() : audiences;
    boolean good =
        claims.getIssuer() != null
            && cluster.audiences().contains(claims.getIssuer())
            && claims.getAudience().stream().anyMatch(accepted::contains)
            && stillValid(claims)
            && cluster.keys().accepted(world.clock().now()).stream()
                .anyMatch(name -> jwt.verified(world.keys().published(name)));
    return good ? boundAccount(claims) : Optional.empty();
  }

  private Optional<Caller> boundAccount(JWTClaimsSet claims) {
    JsonNode bound = JsonMapper.shared().valueToTree(claims.getClaim("kubernetes.io"));
    String namespace = Trees.text(bound, "namespace");
    String name = Trees.text(bound, "serviceaccount", "name");
    String uid = Trees.text(bound, "serviceaccount", "uid");
    boolean there =
        exists(Kinds.SERVICE_ACCOUNT, namespace, name, uid)
            && (bound.path("pod").isMissingNode()
                || exists(
                    Kinds.POD,
                    namespace,
                    Trees.text(bound, "pod", "name"),
                    Trees.text(bound, "pod", "uid")));
    if (!there) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(
            "system:serviceaccount:" + namespace + ":" + name,
            uid,
            Set.of(
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                Caller.AUTHENTICATED),
            Caller.Source.KUBERNETES));
  }

  private boolean exists(Kind kind, String namespace, String name, String uid) {
    return cluster
        .store()
        .find(kind, namespace, name)
        .filter(object -> Trees.text(object, "metadata", "uid").equals(uid))
        .isPresent();
  }

  private Optional<Caller> ofEntra(Jwt jwt) {
    JWTClaimsSet claims = jwt.claims();
    boolean good =
        cluster.view().authorization() != ClusterView.Authorization.LOCAL
            && claims.getAudience().stream().anyMatch(AKS_AUDIENCES::contains)
            && claims.getClaim("oid") instanceof String
            && world.tenantKey().equals(claims.getClaim("tid"))
            && stillValid(claims)
            && jwt.verified(world.keys().published(world.tenantKey()));
    if (!good) {
      return Optional.empty();
    }
    String objectId = String.valueOf(claims.getClaim("oid"));
    var groups = new HashSet<String>(Set.of(Caller.AUTHENTICATED));
    if (claims.getClaim("groups") instanceof List<?> ids) {
      ids.forEach(id -> groups.add(String.valueOf(id)));
    }
    return Optional.of(new Caller(objectId, objectId, groups, Caller.Source.ENTRA));
  }

  private boolean stillValid(JWTClaimsSet claims) {
    Instant now = world.clock().now();
    return isAfter(claims.getExpirationTime(), now) && !isAfter(claims.getNotBeforeTime(), now);
  }

  private static boolean isAfter(@Nullable Date date, Instant moment) {
    return date != null && date.toInstant().isAfter(moment);
  }

  private static Optional<Caller> ofSubject(String subject) {
    String name = "";
    var groups = new HashSet<String>(Set.of(Caller.AUTHENTICATED));
    for (String part : Arrays.asList(subject.split("[,+]\\s*", -1))) {
      if (part.startsWith("CN=")) {
        name = part.substring(3);
      } else if (part.startsWith("O=")) {
        groups.add(part.substring(2));
      }
    }
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Caller(name, "", groups, Caller.Source.KUBERNETES));
  }
}
