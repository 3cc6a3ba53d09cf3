// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.Refusal.TenantUnknown;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Entra ID of one tenant: discovery documents, keys, and tokens for who proves to be a principal.
public final class Entra implements Service {
  /// How long tokens of managed identities last; Azure's answers say one second less.
  static final Duration IDENTITY_TOKEN = Duration.ofHours(24);

  /// How long tokens of app registrations last.
  static final Duration APPLICATION_TOKEN = Duration.ofHours(1);

  private static final Set<String> ANY_TENANT = Set.of("common", "organizations");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final Tenant tenant;
  private final Documents documents;
  private final Resources resources;
  private final Exchange exchange;

  /// What Entra ID is built on.
  ///
  /// @param id the tenant's id, and the name of its signing key in `keys`
  public record Tenant(
      String id,
      SandboxClock clock,
      Pace pace,
      Seed seed,
      Keys keys,
      Addresses addresses,
      Directory directory,
      Applications applications) {}

  /// The Entra ID of this tenant, which finds federated credentials in `trusts` and reads the
  /// documents of their issuers through `fetch`.
  public Entra(Tenant tenant, Trusts trusts, Fetch fetch) {
    this.tenant = tenant;
    this.documents = new Documents(tenant.addresses());
    this.resources = new Resources(tenant.addresses());
    this.exchange =
        new Exchange(
            tenant.id(),
            tenant.clock(),
            tenant.pace(),
            tenant.directory(),
            tenant.applications(),
            trusts,
            fetch);
  }

  /// Fetches the issuer's keys anew for the next assertion, as when the time to keep them is over.
  public void forget(String issuer) {
    exchange.forget(issuer);
  }

  /// Whether a path is one of Entra ID's, in any tenant.
  public static boolean serves(String path) {
    return path.equals("/common/discovery/instance")
        || path.matches("/[^/]+(/v2\\.0)?/\\.well-known/openid-configuration")
        || path.matches("/[^/]+/discovery(/v2\\.0)?/keys")
        || path.matches("/[^/]+/oauth2(/v2\\.0)?/token");
  }

  @Override
  public Answer answer(Ask ask) {
    String path = ask.path();
    if (path.equals("/common/discovery/instance")) {
      return published(ask, Answer.json(200, documents.instance(ask)));
    }
    String[] parts = path.split("/", 3);
    String named = parts.length > 1 ? parts[1] : "";
    boolean ours = named.equalsIgnoreCase(tenant.id());
    if (!ours && (!ANY_TENANT.contains(named) || path.endsWith("/token"))) {
      return refused(ask, new TenantUnknown(named));
    }
    return switch (parts.length > 2 ? parts[2] : "") {
      case "v2.0/.well-known/openid-configuration" ->
          published(ask, Answer.json(200, documents.secondVersion(named)));
      case ".well-known/openid-configuration" ->
          published(ask, Answer.json(200, documents.firstVersion(named)));
      case "discovery/v2.0/keys", "discovery/keys" -> published(ask, keys());
      case "oauth2/v2.0/token" -> token(ask, Version.SECOND);
      case "oauth2/token" -> token(ask, Version.FIRST);
      default -> Answer.empty(404);
    };
  }

  private enum Version {
    FIRST,
    SECOND
  }

  private Answer keys() {
    return Answer.json(
        200, JsonMapper.shared().readTree(tenant.keys().published(tenant.id()).toString()));
  }

  private Answer token(Ask ask, Version version) {
    if (!ask.method().equals("POST")) {
      return Answer.empty(405);
    }
    Form form = new Form(ask.text());
    try {
      Principal principal = exchange.proven(form);
      String resource =
          switch (version) {
            case FIRST -> resources.ofResource(form.value("resource"), tenant.id());
            case SECOND -> resources.ofScope(form.value("scope"), tenant.id());
          };
      return secret(ask, 0, Answer.json(200, granted(principal, resource, form, version)));
    } catch (Refused refused) {
      return refused(ask, refused.why());
    }
  }

  private ObjectNode granted(Principal principal, String resource, Form form, Version version) {
    Instant now = Instant.ofEpochSecond(tenant.clock().now().getEpochSecond());
    Instant until = now.plus(life(principal));
    long seconds = Duration.between(now, until).toSeconds() - 1;
    String token = signed(principal, resource, form, now, until);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    switch (version) {
      case FIRST -> {
        body.put("token_type", "Bearer");
        body.put("expires_in", Long.toString(seconds));
        body.put("ext_expires_in", Long.toString(seconds));
        body.put("expires_on", Long.toString(until.getEpochSecond()));
        body.put("not_before", Long.toString(now.minusSeconds(300).getEpochSecond()));
        body.put("resource", resource);
      }
      case SECOND -> {
        body.put("token_type", "Bearer");
        body.put("expires_in", seconds);
        body.put("ext_expires_in", seconds);
      }
    }
    return body.put("access_token", token);
  }

  private static Duration life(Principal principal) {
    return principal.managedIdentity().isPresent() ? IDENTITY_TOKEN : APPLICATION_TOKEN;
  }

  private String signed(
      Principal principal, String resource, Form form, Instant now, Instant until) {
    String issuer = "https://sts.windows.net/" + tenant.id() + "/";
    var claims =
        new JWTClaimsSet.Builder()
            .audience(resource)
            .issuer(issuer)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now.minusSeconds(300)))
            .expirationTime(Date.from(until))
            .claim("appid", principal.clientId())
            .claim("appidacr", form.value("client_assertion").isPresent() ? "2" : "1")
            .claim("idp", issuer)
            .claim("idtyp", "app")
            .claim("oid", principal.objectId())
            .subject(principal.objectId())
            .claim("tid", tenant.id())
            .claim("uti", tenant.seed().hex("uti", principal.objectId(), 22))
            .claim("ver", "1.0");
    principal
        .managedIdentity()
        .ifPresent(
            id ->
                claims.claim(
                    "xms_mirid", id.replaceFirst("(?i)/resourcegroups/", "/resourcegroups/")));
    return tenant.keys().sign(tenant.id(), claims.build());
  }

  private Answer refused(Ask ask, Refusal why) {
    RefusalWording wording = RefusalWording.of(why);
    String time = TIMESTAMP.format(tenant.clock().now());
    String trace = tenant.seed().uuid("trace", ask.path()).toString();
    String correlation = correlation(ask);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("error", wording.error());
    body.put(
        "error_description",
        "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s"
            .formatted(wording.number(), wording.text(), trace, correlation, time));
    body.putArray("error_codes").add(wording.number());
    body.put("timestamp", time);
    body.put("trace_id", trace);
    body.put("correlation_id", correlation);
    body.put("error_uri", tenant.addresses().login() + "/error?code=" + wording.number());
    return secret(ask, wording.number(), Answer.json(wording.status(), body));
  }

  private String correlation(Ask ask) {
    return ask.header("client-request-id")
        .filter(id -> id.matches("[0-9a-fA-F-]{36}"))
        .map(id -> id.toLowerCase(Locale.ROOT))
        .orElseGet(() -> newCorrelation(ask).toString());
  }

  private UUID newCorrelation(Ask ask) {
    return tenant.seed().uuid("correlation", ask.path());
  }

  private static Answer secret(Ask ask, int number, Answer answer) {
    return traced(ask, answer)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache")
        .with("Expires", "-1")
        .with("x-ms-clitelem", "1," + number + ",0,,");
  }

  private static Answer published(Ask ask, Answer answer) {
    return traced(ask, answer).with("Cache-Control", "max-age=86400, private");
  }

  private static Answer traced(Ask ask, Answer answer) {
    Answer safe =
        answer
            .with("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
            .with("X-Content-Type-Options", "nosniff");
    return ask.header("client-request-id")
        .map(id -> safe.with("client-request-id", id))
        .orElse(safe);
  }
}
