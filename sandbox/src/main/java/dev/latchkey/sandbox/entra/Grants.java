// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.entra.DeviceCodes.Granted;
import dev.latchkey.sandbox.entra.DeviceCodes.SignIn;
import dev.latchkey.sandbox.entra.Refusal.GrantUnsupported;
import dev.latchkey.sandbox.entra.Refusal.RefreshTokenInvalid;
import dev.latchkey.sandbox.entra.Resources.Resource;
import dev.latchkey.sandbox.entra.Tokens.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the token endpoint gives for each kind of grant, and what the device endpoint begins.
final class Grants {
  private static final String DEVICE_PAGE = "https://microsoft.com/devicelogin";

  /// A refresh token's worth.
  private record Refresh(String clientId, Granted granted) {}

  private final String tenantId;
  private final Seed seed;
  private final Resources resources;
  private final Exchange exchange;
  private final Tokens tokens;
  private final DeviceCodes codes;
  private final ConcurrentMap<String, Refresh> refreshes = new ConcurrentHashMap<>();

  Grants(
      String tenantId,
      Seed seed,
      Resources resources,
      Exchange exchange,
      Tokens tokens,
      DeviceCodes codes) {
    this.tenantId = tenantId;
    this.seed = seed;
    this.resources = resources;
    this.exchange = exchange;
    this.tokens = tokens;
    this.codes = codes;
  }

  /// The body of a good answer of the token endpoint.
  ObjectNode token(Form form, Version endpoint) throws Refused {
    String grant = form.required("grant_type");
    return switch (grant) {
      case "client_credentials" -> clientCredentials(form, endpoint);
      case "device_code", "urn:ietf:params:oauth:grant-type:device_code" -> device(form);
      case "refresh_token" -> refresh(form);
      default -> throw new Refused(new GrantUnsupported(grant));
    };
  }

  private ObjectNode clientCredentials(Form form, Version endpoint) throws Refused {
    var proven = exchange.proven(form);
    Resource resource =
        switch (endpoint) {
          case FIRST -> resources.ofResource(form.value("resource"));
          case SECOND -> resources.ofScope(form.value("scope"));
        };
    Token token = tokens.ofService(proven, resource);
    return switch (endpoint) {
      case FIRST -> inStrings(token, resource);
      case SECOND -> inNumbers(token);
    };
  }

  private static ObjectNode inStrings(Token token, Resource resource) {
    String seconds = Integer.toString(token.seconds());
    long from = token.made().minus(Tokens.BACKDATED).getEpochSecond();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("token_type", "Bearer");
    body.put("expires_in", seconds).put("ext_expires_in", seconds);
    body.put("expires_on", Long.toString(token.until().getEpochSecond()));
    body.put("not_before", Long.toString(from));
    return body.put("resource", resource.name()).put("access_token", token.text());
  }

  private static ObjectNode inNumbers(Token token) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("token_type", "Bearer");
    body.put("expires_in", token.seconds()).put("ext_expires_in", token.seconds());
    return body.put("access_token", token.text());
  }

  /// The body of a good answer of the device endpoint.
  ObjectNode begin(Form form, String correlation) throws Refused {
    Principal client = exchange.client(form);
    String scope = form.value("scope").orElse("");
    Resource _ = resources.ofUser(scope);
    SignIn begun = codes.begin(client.clientId(), scope, correlation);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("user_code", begun.userCode()).put("device_code", begun.deviceCode());
    body.put("verification_uri", DEVICE_PAGE).put("expires_in", (int) DeviceCodes.LIFE.toSeconds());
    body.put("interval", 5);
    return body.put(
        "message",
        "To sign in, use a web browser to open the page %s and enter the code %s to authenticate."
            .formatted(DEVICE_PAGE, begun.userCode()));
  }

  private ObjectNode device(Form form) throws Refused {
    String clientId = exchange.client(form).clientId();
    String code = form.required("device_code");
    String scope = form.value("scope").or(() -> codes.find(code).map(SignIn::scope)).orElse("");
    return ofUser(form, clientId, scope, codes.redeem(code, clientId));
  }

  private ObjectNode refresh(Form form) throws Refused {
    String clientId = exchange.client(form).clientId();
    Refresh known =
        Optional.ofNullable(refreshes.get(form.required("refresh_token")))
            .filter(one -> one.clientId().equals(clientId))
            .orElseThrow(() -> new Refused(new RefreshTokenInvalid()));
    return ofUser(form, clientId, form.value("scope").orElse(""), known.granted());
  }

  private ObjectNode ofUser(Form form, String clientId, String scope, Granted granted)
      throws Refused {
    Token token = tokens.ofUser(granted, clientId, resources.ofUser(scope));
    List<String> asked = List.of(scope.split("\\s+"));
    ObjectNode body = inNumbers(token).put("scope", granted.scopes());
    if (asked.contains("offline_access")) {
      body.put("refresh_token", remembered(new Refresh(clientId, granted)));
    }
    if (asked.contains("openid")) {
      body.put("id_token", tokens.identity(granted.user(), clientId));
    }
    if (form.value("client_info").isPresent()) {
      body.put("client_info", clientInfo(granted.user()));
    }
    return body;
  }

  private String remembered(Refresh refresh) {
    String token = "0." + seed.hex("refresh token", refresh.clientId(), 64);
    refreshes.put(token, refresh);
    return token;
  }

  private String clientInfo(Principal user) {
    String json =
        JsonMapper.shared()
            .createObjectNode()
            .put("uid", user.objectId())
            .put("utid", tenantId)
            .toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
