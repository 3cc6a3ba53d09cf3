// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.PublicNames;
import dev.latchkey.sandbox.token.Jwt;
import dev.latchkey.sandbox.token.Keys;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EntraTest {
  private static final String TENANT = "11111111-1111-1111-1111-111111111111";
  private static final String CLIENT = "22222222-2222-4222-8222-222222222222";
  private static final String ISSUER = "https://localhost:1/" + TENANT + "/guid/";
  private static final String SUBJECT = "system:serviceaccount:orders:orders";
  private static final String AUDIENCE = "api://AzureADTokenExchange";
  private static final String MIRID =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id";
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private static final Keys KEYS = new Keys();

  private final SandboxClock clock = new SandboxClock(() -> START);
  private final Directory directory = new Directory();
  private final Applications applications = new Applications();
  private final List<Trust> trusts = new ArrayList<>();
  private final List<String> fetched = new ArrayList<>();
  private final Entra entra =
      new Entra(
          new Entra.Tenant(
              TENANT,
              clock,
              Pace.AZURE,
              new Seed(1),
              KEYS,
              new PublicNames(),
              directory,
              applications),
          _ -> trusts,
          url -> {
            fetched.add(url.toString());
            return document(url.toString());
          });

  private static String document(String url) throws IOException {
    return switch (url.substring(ISSUER.length())) {
      case ".well-known/openid-configuration" -> "{\"jwks_uri\":\"" + ISSUER + "keys\"}";
      case "keys" -> KEYS.published("cluster").toString();
      default -> throw new IOException("404");
    };
  }

  @Test
  void exchangesAServiceAccountsTokenForTheIdentitysToken() throws Exception {
    identityTrusting(ISSUER, SUBJECT, START);

    Answer answer = entra.answer(exchange(assertion()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(body(answer).path("expires_in").asInt()).isEqualTo(86399);
    Jwt token = Jwt.read(body(answer).path("access_token").asString()).orElseThrow();
    assertThat(token.verified(JWKSet.parse(KEYS.published(TENANT).toString()))).isTrue();
    assertThat(token.claims().getAudience()).containsExactly("https://vault.azure.net");
    assertThat(token.claims().getIssuer()).isEqualTo("https://sts.windows.net/" + TENANT + "/");
    assertThat(token.claims().getSubject()).isEqualTo("object");
    assertThat(token.claims().getClaims())
        .containsEntry("appid", CLIENT)
        .containsEntry("appidacr", "2")
        .containsEntry("oid", "object")
        .containsEntry("tid", TENANT)
        .containsEntry("idtyp", "app")
        .containsEntry("ver", "1.0")
        .containsEntry("xms_mirid", MIRID.replace("resourceGroups", "resourcegroups"))
        .containsKey("uti");
    assertThat(token.claims().getExpirationTime().toInstant())
        .isEqualTo(START.plus(Duration.ofHours(24)));
  }

  @Test
  void readsTheIssuersKeysOnceForManyExchanges() {
    identityTrusting(ISSUER, SUBJECT, START);

    entra.answer(exchange(assertion()));
    entra.answer(exchange(assertion()));

    assertThat(fetched)
        .containsExactly(ISSUER + ".well-known/openid-configuration", ISSUER + "keys");
  }

  @Test
  void saysOneThingWrongInTheRecordedForm() {
    identityTrusting("https://elsewhere/", SUBJECT, START);

    Answer answer = entra.answer(exchange(assertion()));

    assertThat(answer.status()).isEqualTo(401);
    JsonNode body = body(answer);
    assertThat(body.propertyNames())
        .containsExactly(
            "error",
            "error_description",
            "error_codes",
            "timestamp",
            "trace_id",
            "correlation_id",
            "error_uri");
    assertThat(body.path("error").asString()).isEqualTo("invalid_client");
    assertThat(body.path("correlation_id").asString())
        .isEqualTo("99999999-9999-4999-8999-999999999999");
    assertThat(body.path("timestamp").asString()).isEqualTo("2026-03-01 10:00:00Z");
    assertThat(body.path("error_description").asString())
        .startsWith(
            "AADSTS700211: No matching federated identity record found for presented assertion"
                + " issuer '"
                + ISSUER
                + "'. ")
        .endsWith(" Timestamp: 2026-03-01 10:00:00Z");
    assertThat(answer.headers())
        .containsEntry("client-request-id", "99999999-9999-4999-8999-999999999999")
        .containsEntry("x-ms-clitelem", "1,700211,0,,")
        .containsEntry("Cache-Control", "no-store, no-cache");
  }

  @Test
  void comparesTheIssuerToTheLastSlash() {
    identityTrusting(ISSUER.substring(0, ISSUER.length() - 1), SUBJECT, START);

    assertThat(code(entra.answer(exchange(assertion())))).isEqualTo(700211);
  }

  @Test
  void tellsAudienceSubjectAndCaseApart() {
    identityTrusting(ISSUER, SUBJECT, START);

    assertThat(code(entra.answer(exchange(assertion("api://other", SUBJECT, START)))))
        .isEqualTo(700212);
    assertThat(code(entra.answer(exchange(assertion(AUDIENCE, "system:other", START)))))
        .isEqualTo(700213);
    assertThat(
            code(
                entra.answer(
                    exchange(assertion(AUDIENCE, SUBJECT.toUpperCase(Locale.ROOT), START)))))
        .isEqualTo(7002138);
  }

  @Test
  void namesAnIdentityWithoutAnyCredential() {
    identity(START);

    assertThat(code(entra.answer(exchange(assertion())))).isEqualTo(70025);
  }

  @Test
  void doesNotKnowAnIdentityBeforeItsReplicasDo() {
    identity(START.plusSeconds(20));
    trusts.add(new Trust("fic", ISSUER, SUBJECT, AUDIENCE, START));

    Answer early = entra.answer(exchange(assertion()));
    clock.advance(Duration.ofSeconds(20));
    Answer later = entra.answer(exchange(assertion()));

    assertThat(code(early)).isEqualTo(700016);
    assertThat(early.status()).isEqualTo(400);
    assertThat(later.status()).isEqualTo(200);
  }

  @Test
  void isAskedInTimeAtTheCredentialsDate() {
    identityTrusting(ISSUER, SUBJECT, START.plusSeconds(15));

    clock.advance(Duration.ofSeconds(15));

    assertThat(entra.answer(exchange(assertion())).status()).isEqualTo(200);
  }

  @Test
  void makesWhoAsksTooEarlyWaitLonger() {
    identityTrusting(ISSUER, SUBJECT, START.plusSeconds(15));

    Answer tooEarly = entra.answer(exchange(assertion()));
    clock.advance(Duration.ofSeconds(16));
    Answer atItsDate = entra.answer(exchange(assertion()));
    clock.advance(Duration.ofSeconds(30));
    Answer patient = entra.answer(exchange(assertion()));

    assertThat(code(tooEarly)).isEqualTo(700211);
    assertThat(code(atItsDate)).isEqualTo(700213);
    assertThat(patient.status()).isEqualTo(200);
  }

  @Test
  void letsTheMostImpatientInAtTheBound() {
    identityTrusting(ISSUER, SUBJECT, START.plusSeconds(15));
    long seconds = 0;

    while (entra.answer(exchange(assertion())).status() != 200) {
      clock.advance(Duration.ofSeconds(1));
      seconds++;
    }

    assertThat(seconds).isEqualTo(15 + Patience.BOUND.toSeconds());
  }

  @Test
  void nowAndThenDoesNotFindAnOldCredentialWhereReplicasDiffer() {
    identityTrusting(ISSUER, SUBJECT, START.minus(Duration.ofDays(30)));
    entra.letReplicasDiffer();

    List<Integer> codes =
        IntStream.range(0, 1000).mapToObj(_ -> code(entra.answer(exchange(assertion())))).toList();

    assertThat(codes).containsOnly(0, 700213);
    assertThat(codes.stream().filter(code -> code == 700213).count()).isBetween(10L, 30L);
  }

  @Test
  void alwaysFindsTheCredentialOfAnApplication() {
    trusts.add(new Trust("fic", ISSUER, SUBJECT, AUDIENCE, START));
    application("secret");
    entra.letReplicasDiffer();

    assertThat(IntStream.range(0, 300).map(_ -> code(entra.answer(exchange(assertion())))))
        .containsOnly(0);
  }

  @Test
  void refusesASignatureThatTheIssuersKeysDidNotMake() {
    identityTrusting(ISSUER, SUBJECT, START);
    String forged = Jwt.sign(KEYS.of("forger"), claims(AUDIENCE, SUBJECT, START));

    assertThat(code(entra.answer(exchange(forged)))).isEqualTo(700027);
  }

  @Test
  void refusesAnExpiredAssertion() {
    identityTrusting(ISSUER, SUBJECT, START.minusSeconds(9999));

    Answer answer = entra.answer(exchange(assertion(AUDIENCE, SUBJECT, START.minusSeconds(7200))));

    assertThat(code(answer)).isEqualTo(700024);
    assertThat(body(answer).path("error_description").asString())
        .contains("expiry time of assertion 2026-03-01T09:00:00.0000000Z");
  }

  @Test
  void saysWhenTheIssuerCannotBeRead() {
    String missing = ISSUER + "missing/";
    identityTrusting(missing, SUBJECT, START);
    String token =
        KEYS.sign(
            "cluster",
            new JWTClaimsSet.Builder(claims(AUDIENCE, SUBJECT, START)).issuer(missing).build());

    Answer answer = entra.answer(exchange(token));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo(501661);
  }

  @Test
  void knowsOneTenant() {
    String other = "/99999999-9999-4999-8999-999999999999";

    assertThat(code(entra.answer(ask("POST", other + "/oauth2/v2.0/token", "")))).isEqualTo(90002);
    assertThat(code(entra.answer(ask("POST", "/other/oauth2/v2.0/token", "")))).isEqualTo(900023);
    assertThat(
            body(entra.answer(ask("GET", other + "/v2.0/.well-known/openid-configuration", "")))
                .path("error")
                .asString())
        .isEqualTo("invalid_tenant");
  }

  @Test
  void knowsItsResourcesAndNoOthers() {
    identityTrusting(ISSUER, SUBJECT, START);

    assertThat(code(entra.answer(exchange(assertion(), "https://nowhere.example/.default"))))
        .isEqualTo(500011);
    assertThat(code(entra.answer(exchange(assertion(), "https://vault.azure.net"))))
        .isEqualTo(1002012);
    assertThat(
            audience(
                exchange(
                    assertion(),
                    "https://management.core.windows.net//.default openid profile offline_access")))
        .isEqualTo("https://management.core.windows.net/");
    assertThat(audience(exchange(assertion(), Resources.AKS + "/.default")))
        .isEqualTo(Resources.AKS);
  }

  @Test
  void givesAnApplicationAnHourForItsSecret() {
    application("s3cret");

    Answer answer = entra.answer(secret("s3cret"));

    assertThat(body(answer).path("expires_in").asInt()).isEqualTo(3599);
    assertThat(
            Jwt.read(body(answer).path("access_token").asString())
                .orElseThrow()
                .claims()
                .getClaims())
        .containsEntry("appidacr", "1")
        .doesNotContainKey("xms_mirid");
  }

  @Test
  void refusesAWrongSecretAndNoSecret() {
    application("s3cret");

    assertThat(code(entra.answer(secret("guess")))).isEqualTo(7000215);
    assertThat(code(entra.answer(secret("")))).isEqualTo(7000218);
  }

  @Test
  void answersTheOlderEndpointInStrings() {
    application("s3cret");
    var form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id", CLIENT));
    form.put("client_secret", "s3cret");
    form.put("resource", "https://management.azure.com/");

    JsonNode body = body(entra.answer(ask("POST", "/" + TENANT + "/oauth2/token", form(form))));

    assertThat(body.path("expires_in").isString()).isTrue();
    assertThat(body.path("resource").asString()).isEqualTo("https://management.azure.com/");
  }

  @Test
  void publishesWhereItsTokensAndKeysAre() {
    JsonNode configuration =
        body(entra.answer(ask("GET", "/" + TENANT + "/v2.0/.well-known/openid-configuration", "")));
    JsonNode keys = body(entra.answer(ask("GET", "/" + TENANT + "/discovery/v2.0/keys", "")));

    assertThat(configuration.path("token_endpoint").asString())
        .isEqualTo("https://login.microsoftonline.com/" + TENANT + "/oauth2/v2.0/token");
    assertThat(keys.path("keys").get(0).has("d")).isFalse();
    assertThat(keys.path("keys").get(0).path("kid").asString())
        .isEqualTo(KEYS.of(TENANT).getKeyID());
  }

  @Test
  void remembersEveryTokenForLeakTests() {
    application("s3cret");

    String token = body(entra.answer(secret("s3cret"))).path("access_token").asString();

    assertThat(KEYS.issued()).contains(token);
  }

  private void identity(Instant visibleFrom) {
    directory.add(new Principal("object", CLIENT, TENANT, "id", Optional.of(MIRID), visibleFrom));
  }

  private void identityTrusting(String issuer, String subject, Instant from) {
    identity(START);
    trusts.add(new Trust("fic", issuer, subject, AUDIENCE, from));
  }

  private void application(String secret) {
    directory.add(new Principal("object", CLIENT, TENANT, "app", Optional.empty(), START));
    applications.add(new Application(CLIENT, "object", "app", List.of(secret), List.of()));
  }

  private String assertion() {
    return assertion(AUDIENCE, SUBJECT, clock.now());
  }

  private static String assertion(String audience, String subject, Instant from) {
    return KEYS.sign("cluster", claims(audience, subject, from));
  }

  private static JWTClaimsSet claims(String audience, String subject, Instant from) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject(subject)
        .audience(audience)
        .notBeforeTime(Date.from(from))
        .expirationTime(Date.from(from.plusSeconds(3600)))
        .build();
  }

  private static Ask exchange(String assertion) {
    return exchange(assertion, "https://vault.azure.net/.default");
  }

  private static Ask exchange(String assertion, String scope) {
    return ask(
        "POST",
        "/" + TENANT + "/oauth2/v2.0/token",
        form(
            Map.of(
                "client_id", CLIENT,
                "grant_type", "client_credentials",
                "client_assertion", assertion,
                "scope", scope)));
  }

  private static Ask secret(String secret) {
    return ask(
        "POST",
        "/" + TENANT + "/oauth2/v2.0/token",
        form(
            Map.of(
                "client_id",
                CLIENT,
                "grant_type",
                "client_credentials",
                "client_secret",
                secret,
                "scope",
                "https://management.azure.com/.default")));
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            value ->
                value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Ask ask(String method, String path, String body) {
    return new Ask(
        new Origin.Front(),
        method,
        path,
        Map.of(),
        Map.of("client-request-id", List.of("99999999-9999-4999-8999-999999999999")),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private String audience(Ask ask) {
    return Jwt.read(body(entra.answer(ask)).path("access_token").asString())
        .orElseThrow()
        .claims()
        .getAudience()
        .getFirst();
  }

  private static int code(Answer answer) {
    return body(answer).path("error_codes").path(0).asInt(0);
  }

  private static JsonNode body(Answer answer) {
    return ((Answer.Body.Json) answer.body()).tree();
  }
}
