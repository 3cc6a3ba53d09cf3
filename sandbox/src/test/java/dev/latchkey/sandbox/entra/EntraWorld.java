// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// An Entra ID with one tenant, and an issuer outside whose key is named `cluster`.
final class EntraWorld {
  static final String TENANT = "11111111-1111-1111-1111-111111111111";
  static final String CLIENT = "22222222-2222-4222-8222-222222222222";
  static final String LOGIN = "https://login.microsoftonline.com/" + TENANT;
  static final String ISSUER = "https://localhost:1/" + TENANT + "/guid/";
  static final String SUBJECT = "system:serviceaccount:orders:orders";
  static final String AUDIENCE = "api://AzureADTokenExchange";
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final Keys KEYS = new Keys();
  static final RSAKey OWN_KEY = newKey();

  final SandboxClock clock;
  final Directory directory = new Directory();
  final Applications applications = new Applications();
  final List<Trust> trusts = new ArrayList<>();
  final Entra entra;
  String publishedKeys = KEYS.published("cluster").toString();

  EntraWorld(Instant start) {
    clock = new SandboxClock(() -> start);
    var tenant =
        new Entra.Tenant(
            TENANT,
            clock,
            Pace.AZURE,
            new Seed(1),
            KEYS,
            new PublicNames(),
            directory,
            applications);
    entra = new Entra(tenant, _ -> trusts, url -> document(url.toString()));
  }

  static EntraWorld atStart() {
    return new EntraWorld(START);
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String document(String url) throws IOException {
    return switch (url.substring(ISSUER.length())) {
      case ".well-known/openid-configuration" -> "{\"jwks_uri\":\"" + ISSUER + "keys\"}";
      case "keys" -> publishedKeys;
      default -> throw new IOException("404");
    };
  }

  EntraWorld withPrincipal() {
    directory.add(new Principal("object", CLIENT, TENANT, "app", Optional.empty(), Instant.EPOCH));
    return this;
  }

  EntraWorld with(Application application) {
    applications.add(application);
    return withPrincipal();
  }

  EntraWorld trusting(String issuer, String subject) {
    trusts.add(new Trust("fic", issuer, subject, AUDIENCE, Instant.EPOCH));
    return withPrincipal();
  }

  Answer post(String path, Map<String, String> form) {
    return ask("POST", path, Map.of(), encoded(form));
  }

  Answer token(Map<String, String> form) {
    return post("/" + TENANT + "/oauth2/v2.0/token", form);
  }

  Answer exchange(String assertion) {
    return token(form(Map.of("client_assertion", assertion)));
  }

  /// The form of a client without a user who wants to read secrets.
  static Map<String, String> form(Map<String, String> more) {
    var form = new LinkedHashMap<String, String>();
    form.put("client_id", CLIENT);
    form.put("grant_type", "client_credentials");
    form.put("scope", "https://vault.azure.net/.default");
    form.putAll(more);
    return form;
  }

  Answer get(String path, Map<String, List<String>> query) {
    return ask("GET", path, query, "");
  }

  Answer ask(String method, String path, Map<String, List<String>> query, String body) {
    return entra.answer(
        new Ask(
            new Origin.Front(),
            method,
            path,
            query,
            Map.of("client-request-id", List.of("99999999-9999-4999-8999-999999999999")),
            body.getBytes(StandardCharsets.UTF_8),
            Optional.empty()));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  static int code(Answer answer) {
    return body(answer).path("error_codes").path(0).asInt(0);
  }

  static String description(Answer answer) {
    return body(answer).path("error_description").asString("");
  }

  static JsonNode body(Answer answer) {
    return ((Answer.Body.Json) answer.body()).tree();
  }

  static Map<String, Object> claims(Answer answer) {
    return Jwt.read(body(answer).path("access_token").asString())
        .orElseThrow()
        .claims()
        .getClaims();
  }
}
