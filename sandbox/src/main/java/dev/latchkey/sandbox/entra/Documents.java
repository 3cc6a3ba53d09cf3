// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Ask;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What Entra ID publishes to clients that sign in; members in the recorded order.
final class Documents {
  private final Addresses addresses;

  Documents(Addresses addresses) {
    this.addresses = addresses;
  }

  /// The OpenID configuration of a tenant, of the second version of the endpoints.
  ObjectNode secondVersion(String tenant) {
    String base = addresses.login() + "/" + tenant;
    return configuration(
        base, base + "/oauth2/v2.0", base + "/discovery/v2.0/keys", base + "/v2.0");
  }

  /// The OpenID configuration of a tenant, of the first version of the endpoints.
  ObjectNode firstVersion(String tenant) {
    String base = addresses.login() + "/" + tenant;
    return configuration(
        base,
        base + "/oauth2",
        base + "/discovery/keys",
        "https://sts.windows.net/" + tenant + "/");
  }

  private ObjectNode configuration(String base, String oauth, String keys, String issuer) {
    ObjectNode document = JsonMapper.shared().createObjectNode();
    document.put("token_endpoint", oauth + "/token");
    add(
        document,
        "token_endpoint_auth_methods_supported",
        "client_secret_post",
        "private_key_jwt",
        "client_secret_basic");
    document.put("jwks_uri", keys);
    add(document, "response_modes_supported", "query", "fragment", "form_post");
    add(document, "subject_types_supported", "pairwise");
    add(document, "id_token_signing_alg_values_supported", "RS256");
    add(
        document,
        "response_types_supported",
        "code",
        "id_token",
        "code id_token",
        "id_token token");
    add(document, "scopes_supported", "openid", "profile", "email", "offline_access");
    document.put("issuer", issuer);
    document.put("request_uri_parameter_supported", false);
    document.put("authorization_endpoint", oauth + "/authorize");
    document.put("device_authorization_endpoint", oauth + "/devicecode");
    document.put("http_logout_supported", true);
    document.put("frontchannel_logout_supported", true);
    document.put("end_session_endpoint", oauth + "/logout");
    add(document, "claims_supported", "sub", "iss", "aud", "exp", "iat", "tid", "ver");
    document.put("kerberos_endpoint", base + "/kerberos");
    document.put("tenant_region_scope", "WW");
    document.put("cloud_instance_name", URI.create(addresses.login()).getAuthority());
    return document;
  }

  private static void add(ObjectNode document, String member, String... values) {
    ArrayNode array = document.putArray(member);
    for (String value : values) {
      array.add(value);
    }
  }

  /// The answer to the question which hosts are one cloud: here, this one alone.
  JsonNode instance(Ask ask) {
    String authority = URI.create(addresses.login()).getAuthority();
    ObjectNode document = JsonMapper.shared().createObjectNode();
    document.put(
        "tenant_discovery_endpoint",
        addresses.login() + "/" + tenantAsked(ask) + "/v2.0/.well-known/openid-configuration");
    document.put("api-version", "1.1");
    ObjectNode metadata = document.putArray("metadata").addObject();
    metadata.put("preferred_network", authority);
    metadata.put("preferred_cache", authority);
    metadata.putArray("aliases").add(authority);
    return document;
  }

  private static String tenantAsked(Ask ask) {
    String endpoint = ask.parameter("authorization_endpoint").orElse("");
    String[] parts = endpoint.split("/", 5);
    return parts.length > 3 ? parts[3] : "common";
  }
}
