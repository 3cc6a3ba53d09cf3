// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IssuersTest {
  private static final String PATH =
      "/11111111-1111-1111-1111-111111111111/33333333-3333-4333-8333-333333333333/";
  private static final String ISSUER = "https://localhost:1" + PATH;
  private static final String CLUSTER = "/subscriptions/s/managedClusters/aks-weu-1";
  private static final Keys KEYS = new Keys();
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void publishesADiscoveryDocumentInTheRecordedForm() {
    Answer answer =
        issuers(Optional.of(ISSUER)).answer(get(PATH + ".well-known/openid-configuration"));

    assertThat(body(answer).toString())
        .isEqualTo(
            "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$sopenid/v1/jwks\",\"response_types_supported\":[\"id_token\"],\"subject_types_supported\":[\"public\"],\"id_token_signing_alg_values_supported\":[\"RS256\"]}"
                .formatted(ISSUER));
  }

  @Test
  void publishesTheKeyThatSignsTheClustersTokens() throws Exception {
    JsonNode keys = body(issuers(Optional.of(ISSUER)).answer(get(PATH + "openid/v1/jwks")));
    String token =
        KEYS.sign(new ClusterKeys(CLUSTER, List.of()).active(), new JWTClaimsSet.Builder().build());

    assertThat(keys.path("keys").get(0).propertyNames())
        .containsExactly("use", "kty", "kid", "alg", "n", "e");
    assertThat(Jwt.read(token).orElseThrow().verified(JWKSet.parse(keys.toString()))).isTrue();
  }

  @Test
  void answersNothingBeforeTheClusterHasAnIssuer() {
    Answer answer = issuers(Optional.empty()).answer(get(PATH + "openid/v1/jwks"));

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void publishesBesideTheActiveKeyTheNextOrForADayTheOneBefore() {
    var before = new ClusterKeys(CLUSTER, List.of());
    var after = new ClusterKeys(CLUSTER, List.of(NOW));

    assertThat(before.published(NOW)).containsExactly(before.active(), after.active());
    assertThat(after.published(NOW.plusSeconds(1)))
        .containsExactly(after.active(), before.active());
    assertThat(after.published(NOW.plus(ClusterKeys.OVERLAP)))
        .hasSize(2)
        .doesNotContain(before.active());
  }

  @Test
  void acceptsTokensOfTheKeyBeforeForADay() {
    var before = new ClusterKeys(CLUSTER, List.of());
    var after = new ClusterKeys(CLUSTER, List.of(NOW));

    assertThat(after.accepted(NOW.plusSeconds(1))).contains(before.active());
    assertThat(after.accepted(NOW.plus(ClusterKeys.OVERLAP))).containsExactly(after.active());
  }

  private static Issuers issuers(Optional<String> issuer) {
    var pipeline = new PipelineIssuer("https://localhost:1/pipeline/4444", KEYS);
    return new Issuers(clusters(issuer), pipeline, KEYS, new SandboxClock(() -> NOW));
  }

  private static Clusters clusters(Optional<String> issuer) {
    var cluster =
        new ClusterView(
            CLUSTER,
            "uid",
            "aks-weu-1",
            "rg-weu",
            "s",
            "westeurope",
            "t",
            "1.32",
            ClusterView.Authorization.LOCAL,
            ClusterView.Power.RUNNING,
            issuer,
            Optional.empty(),
            List.of(),
            Optional.empty());
    return new Clusters() {
      @Override
      public Optional<ClusterView> find(String id) {
        return Optional.of(cluster).filter(known -> known.id().equalsIgnoreCase(id));
      }

      @Override
      public List<ClusterView> all() {
        return List.of(cluster);
      }
    };
  }

  private static Ask get(String path) {
    return new Ask(
        new Origin.Front(), "GET", path, Map.of(), Map.of(), new byte[0], Optional.empty());
  }

  private static JsonNode body(Answer answer) {
    return ((Answer.Body.Json) answer.body()).tree();
  }
}
