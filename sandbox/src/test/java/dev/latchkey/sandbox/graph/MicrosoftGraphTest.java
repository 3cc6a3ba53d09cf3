// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.token.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MicrosoftGraphTest {
  private static final String TENANT = "11111111-1111-1111-1111-111111111111";
  private static final String READER = "22222222-2222-4222-8222-222222222222";
  private static final String IDENTITY = "33333333-3333-4333-8333-333333333333";
  private static final String CLIENT = "44444444-4444-4444-8444-444444444444";
  private static final String MIRID =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String AUDIENCE = "https://graph.microsoft.com";
  private static final Keys KEYS = new Keys();

  private final SandboxClock clock = new SandboxClock(() -> START);
  private final Directory directory = new Directory();
  private final MicrosoftGraph graph =
      new MicrosoftGraph(
          new MicrosoftGraph.World(
              TENANT, clock, new Seed(1), KEYS, new PublicNames(), directory, Set.of(READER)));

  @ParameterizedTest
  @CsvSource({
    "servicePrincipalNames/any(c:c eq '44444444-4444-4444-8444-444444444444'), 1",
    "appId eq '44444444-4444-4444-8444-444444444444', 1",
    "displayName eq 'id-app', 1",
    "'startswith(displayName,''id-'')', 1",
    "servicePrincipalNames/any(c:c eq '33333333-3333-4333-8333-333333333333'), 0",
    "displayName eq 'id-', 0"
  })
  void findsAServicePrincipalByEachFilterThatAzWrites(String filter, int found) {
    directory.add(identity(START));

    assertThat(values(asReader("servicePrincipals", filter))).hasSize(found);
  }

  @Test
  void namesAManagedIdentityByItsResource() {
    directory.add(identity(START));

    JsonNode shown = values(asReader("servicePrincipals", "appId eq '" + CLIENT + "'")).getFirst();

    assertThat(shown.path("id").asString()).isEqualTo(IDENTITY);
    assertThat(shown.path("servicePrincipalType").asString()).isEqualTo("ManagedIdentity");
    assertThat(shown.path("alternativeNames").valueStream().map(JsonNode::asString))
        .containsExactly("isExplicit=True", MIRID);
  }

  @Test
  void doesNotKnowAPrincipalThatItsReplicasHaveNotSeenYet() {
    directory.add(identity(START.plusSeconds(10)));

    assertThat(values(asReader("servicePrincipals", "appId eq '" + CLIENT + "'"))).isEmpty();
    clock.advance(Duration.ofSeconds(10));
    assertThat(values(asReader("servicePrincipals", "appId eq '" + CLIENT + "'"))).hasSize(1);
  }

  @Test
  void tellsWhoIsBehindObjectIds() {
    directory.add(identity(START));

    Answer answer =
        graph.answer(
            ask(
                "POST",
                "directoryObjects/getByIds",
                Map.of(),
                token(READER, AUDIENCE),
                "{\"ids\":[\"%s\",\"%s\"],\"types\":[\"user\",\"servicePrincipal\"]}"
                    .formatted(IDENTITY, TENANT)));

    assertThat(values(answer)).hasSize(1);
    assertThat(values(answer).getFirst().path("@odata.type").asString())
        .isEqualTo("#microsoft.graph.servicePrincipal");
  }

  @Test
  void refusesWhoWasNotGivenTheDirectoryToRead() {
    Answer answer =
        graph.answer(ask("GET", "servicePrincipals", Map.of(), token(IDENTITY, AUDIENCE), ""));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(error(answer))
        .isEqualTo(
            "Authorization_RequestDenied: Insufficient privileges to complete the operation.");
  }

  @Test
  void refusesATokenThatIsForAnotherService() {
    Answer answer =
        graph.answer(
            ask(
                "GET",
                "servicePrincipals",
                Map.of(),
                token(READER, "https://management.azure.com"),
                ""));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(error(answer))
        .isEqualTo(
            "InvalidAuthenticationToken: Access token validation failure. Invalid audience.");
  }

  @Test
  void refusesATokenThatHasExpired() {
    String token = token(READER, AUDIENCE);
    clock.advance(Duration.ofHours(2));

    Answer answer = graph.answer(ask("GET", "servicePrincipals", Map.of(), token, ""));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(error(answer))
        .isEqualTo("InvalidAuthenticationToken: Lifetime validation failed, the token is expired.");
  }

  @Test
  void refusesAFilterThatItDoesNotUnderstand() {
    Answer answer = asReader("servicePrincipals", "tags/any(t:t eq 'x')");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(error(answer)).startsWith("Request_UnsupportedQuery: ");
  }

  private static Principal identity(Instant visibleFrom) {
    return new Principal(IDENTITY, CLIENT, TENANT, "id-app", Optional.of(MIRID), visibleFrom);
  }

  private Answer asReader(String path, String filter) {
    return graph.answer(
        ask("GET", path, Map.of("$filter", List.of(filter)), token(READER, AUDIENCE), ""));
  }

  private static Ask ask(
      String method, String path, Map<String, List<String>> query, String token, String body) {
    return new Ask(
        new Origin.Front(),
        method,
        MicrosoftGraph.PREFIX + "v1.0/" + path,
        query,
        Map.of("authorization", List.of("Bearer " + token)),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private String token(String objectId, String audience) {
    return KEYS.sign(
        TENANT,
        new JWTClaimsSet.Builder()
            .audience(audience)
            .claim("oid", objectId)
            .expirationTime(Date.from(clock.now().plus(Duration.ofHours(1))))
            .build());
  }

  private static List<JsonNode> values(Answer answer) {
    return tree(answer).path("value").valueStream().toList();
  }

  private static String error(Answer answer) {
    JsonNode error = tree(answer).path("error");
    return error.path("code").asString() + ": " + error.path("message").asString();
  }

  private static JsonNode tree(Answer answer) {
    return answer.body() instanceof Answer.Body.Json(JsonNode tree) ? tree : empty();
  }

  private static JsonNode empty() {
    return JsonMapper.shared().createObjectNode();
  }
}
