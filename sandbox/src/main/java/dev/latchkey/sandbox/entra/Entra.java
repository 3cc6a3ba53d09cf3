// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.Refusal.MethodWrong;
import dev.latchkey.sandbox.entra.Refusal.Purpose;
import dev.latchkey.sandbox.entra.Refusal.TenantInvalid;
import dev.latchkey.sandbox.entra.Refusal.TenantUnknown;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.token.Keys;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Entra ID of one tenant: discovery documents, keys, and tokens for who proves to be a principal.
public final class Entra implements Service {
  private static final Set<String> ANY_TENANT = Set.of("common", "organizations");
  private static final String INSTANCE = "/common/discovery/instance";
  private static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private final Tenant tenant;
  private final Instances instances;
  private final Documents documents;
  private final KeySet keySet;
  private final DeviceCodes codes;
  private final Flapping flapping;
  private final Exchange exchange;
  private final Resources resources;
  private final Grants grants;
  private final Refusals refusals;
  private volatile String region = "WW";

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
    String login = tenant.addresses().login();
    this.tenant = tenant;
    this.instances = new Instances(tenant.addresses());
    this.documents = new Documents(tenant.addresses(), tenant.id());
    this.keySet = new KeySet(tenant.keys(), tenant.id(), tenant.addresses().cloudInstance());
    this.codes = new DeviceCodes(tenant.clock(), tenant.seed());
    this.refusals = new Refusals(tenant.clock(), tenant.seed(), login);
    this.flapping = new Flapping(tenant.seed());
    this.exchange =
        new Exchange(
            tenant.id(),
            tenant.clock(),
            tenant.directory(),
            tenant.applications(),
            Certificates.of(login, tenant.id()),
            new Federation(tenant.pace(), trusts, flapping, fetch));
    var tokens =
        new Tokens(tenant.clock(), tenant.seed(), tenant.keys(), tenant.addresses(), tenant.id());
    this.resources = new Resources(tenant.addresses(), tenant.id());
    this.grants = new Grants(tenant.id(), tenant.seed(), resources, exchange, tokens, codes);
  }

  /// Fetches the issuer's keys anew for the next assertion, as when the time to keep them is over.
  public void forget(String issuer) {
    exchange.forget(issuer);
  }

  /// From now on a replica now and then does not find the credential of a managed identity.
  public void letReplicasDiffer() {
    flapping.begin();
  }

  /// Whether a path is one of Entra ID's, in any tenant.
  public static boolean serves(String path) {
    return path.equals(INSTANCE)
        || path.matches("/[^/]+(/v2\\.0)?/\\.well-known/openid-configuration")
        || path.matches("/[^/]+/discovery(/v2\\.0)?/keys")
        || path.matches("/[^/]+/oauth2(/v2\\.0)?/(token|devicecode)");
  }

  /// Says where the tenant's data lives: `WW`, `NA`, `EU` …
  public void livesIn(String regionScope) {
    region = regionScope;
  }

  /// Adds an application of the tenant that tokens can be asked for.
  ///
  /// @param name an address or a client id
  public void addResource(String name) {
    resources.add(name);
  }

  /// The sign-ins that wait for a user.
  public DeviceCodes deviceCodes() {
    return codes;
  }

  @Override
  public Answer answer(Ask ask) {
    String path = ask.path();
    String[] parts = path.split("/", 3);
    String named = parts.length > 1 ? parts[1] : "";
    String rest = parts.length > 2 ? parts[2] : "";
    try {
      if (path.equals(INSTANCE)) {
        return published(ask, Answer.json(200, instances.document(ask)));
      }
      return rest.startsWith("oauth2/") ? granted(ask, named, rest) : document(ask, named, rest);
    } catch (Refused refused) {
      Answer answer = refusals.answer(refused.why(), ask, correlation(ask));
      return rest.startsWith("oauth2/")
          ? secret(ask, refusals.number(refused.why()), answer)
          : published(ask, answer);
    }
  }

  private Answer document(Ask ask, String named, String rest) throws Refused {
    if (!ANY_TENANT.contains(named)) {
      checkTenant(named, Purpose.DISCOVERY);
    }
    Optional<ObjectNode> document =
        Optional.ofNullable(
            switch (rest) {
              case "v2.0/.well-known/openid-configuration" ->
                  documents.secondVersion(named, region);
              case ".well-known/openid-configuration" -> documents.firstVersion(named, region);
              case "discovery/v2.0/keys" -> keySet.secondVersion(documents.issuer(named));
              case "discovery/keys" -> keySet.firstVersion();
              default -> null;
            });
    return document
        .map(tree -> published(ask, Answer.json(200, tree)))
        .orElseGet(() -> Answer.empty(404));
  }

  private Answer granted(Ask ask, String named, String rest) throws Refused {
    checkTenant(named, Purpose.TOKEN);
    if (!ask.method().equals("POST")) {
      throw new Refused(new MethodWrong(ask.method()));
    }
    Form form = new Form(ask);
    ObjectNode body =
        switch (rest) {
          case "oauth2/v2.0/token" -> grants.token(form, Version.SECOND);
          case "oauth2/token" -> grants.token(form, Version.FIRST);
          default -> grants.begin(form, correlation(ask));
        };
    return secret(ask, 0, Answer.json(200, body));
  }

  private void checkTenant(String named, Purpose purpose) throws Refused {
    if (named.equalsIgnoreCase(tenant.id())) {
      return;
    }
    boolean wellFormed = named.matches(GUID) || named.contains(".") || ANY_TENANT.contains(named);
    throw new Refused(wellFormed ? new TenantUnknown(named, purpose) : new TenantInvalid(named));
  }

  /// The id by which client and service find a request again; a sign-in at another device keeps
  /// that of its beginning.
  private String correlation(Ask ask) {
    return new Form(ask)
        .value("device_code")
        .flatMap(codes::find)
        .map(DeviceCodes.SignIn::correlation)
        .or(() -> sent(ask))
        .orElseGet(() -> tenant.seed().uuid("correlation", ask.path()).toString());
  }

  private static Optional<String> sent(Ask ask) {
    return ask.header("client-request-id")
        .filter(id -> id.matches(GUID))
        .map(id -> id.toLowerCase(Locale.ROOT));
  }

  private Answer secret(Ask ask, int number, Answer answer) {
    return traced(ask, answer)
        .with("Cache-Control", "no-store, no-cache")
        .with("Pragma", "no-cache")
        .with("Expires", "-1")
        .with("x-ms-clitelem", "1," + number + ",0,,");
  }

  private Answer published(Ask ask, Answer answer) {
    return traced(ask, answer).with("Cache-Control", "max-age=86400, private");
  }

  private Answer traced(Ask ask, Answer answer) {
    Answer safe =
        answer
            .with("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
            .with("X-Content-Type-Options", "nosniff");
    return ask.header("client-request-id").isPresent()
        ? safe.with("client-request-id", correlation(ask))
        : safe;
  }
}
