// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.issuer;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.token.Keys;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Discovery documents and keys of the clusters' issuers and of the pipeline's, for everybody.
public final class Issuers implements Service {
  private static final String DISCOVERY = ".well-known/openid-configuration";
  private static final String KEYS = "openid/v1/jwks";

  private final Clusters clusters;
  private final PipelineIssuer pipeline;
  private final Keys keys;
  private final SandboxClock clock;

  /// The issuers of these clusters and of the pipeline.
  public Issuers(Clusters clusters, PipelineIssuer pipeline, Keys keys, SandboxClock clock) {
    this.clock = clock;
    this.clusters = clusters;
    this.pipeline = pipeline;
    this.keys = keys;
  }

  /// Whether a path is one of an issuer's: `/{tenant}/{guid}/` and a document.
  public static boolean serves(String path) {
    return path.matches(
        "/[^/]+/[0-9a-fA-F-]{36}/(\\.well-known/openid-configuration|openid/v1/jwks)");
  }

  @Override
  public Answer answer(Ask ask) {
    if (!ask.method().equals("GET") && !ask.method().equals("HEAD")) {
      return Answer.empty(405);
    }
    int end = ask.path().indexOf('/', ask.path().indexOf('/', 1) + 1) + 1;
    String base = ask.path().substring(0, end);
    String document = ask.path().substring(end);
    return published(base)
        .map(
            found ->
                document.equals(DISCOVERY)
                    ? Answer.json(200, discovery(found.issuer()))
                    : Answer.json(200, keys(found.keyNames())))
        .orElse(Answer.empty(404));
  }

  private record Published(String issuer, List<String> keyNames) {}

  private Optional<Published> published(String path) {
    if (path.equals(pathOf(pipeline.issuer()))) {
      return Optional.of(new Published(pipeline.issuer(), List.of(pipeline.keyName())));
    }
    return clusters.all().stream()
        .flatMap(cluster -> published(cluster, path).stream())
        .findFirst();
  }

  private Optional<Published> published(ClusterView cluster, String path) {
    return cluster
        .issuer()
        .filter(issuer -> pathOf(issuer).equals(path))
        .map(issuer -> new Published(issuer, ClusterKeys.of(cluster).published(clock.now())));
  }

  private static String pathOf(String issuer) {
    String path = URI.create(issuer).getPath();
    return path.endsWith("/") ? path : path + "/";
  }

  private static ObjectNode discovery(String issuer) {
    String base = issuer.endsWith("/") ? issuer : issuer + "/";
    ObjectNode document = JsonMapper.shared().createObjectNode();
    document.put("issuer", issuer);
    document.put("jwks_uri", base + KEYS);
    document.putArray("response_types_supported").add("id_token");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("RS256");
    return document;
  }

  private ObjectNode keys(List<String> keyNames) {
    ObjectNode set = JsonMapper.shared().createObjectNode();
    ArrayNode array = set.putArray("keys");
    keyNames.stream()
        .flatMap(name -> keys.published(name).getKeys().stream())
        .forEach(
            key -> {
              var published = key.toRSAKey();
              ObjectNode member = array.addObject();
              member.put("use", "sig");
              member.put("kty", "RSA");
              member.put("kid", published.getKeyID());
              member.put("alg", "RS256");
              member.put("n", published.getModulus().toString());
              member.put("e", published.getPublicExponent().toString());
            });
    return set;
  }
}
