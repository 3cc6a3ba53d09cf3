// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.message.Addresses;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What Entra ID publishes of a tenant to clients that sign in; members in the recorded order.
final class Documents {
  /// The issuer of a token's tenant, in documents that are for any tenant.
  private static final String ANY = "{tenantid}";

  private final Addresses addresses;
  private final String tenantId;

  Documents(Addresses addresses, String tenantId) {
    this.addresses = addresses;
    this.tenantId = tenantId;
  }

  /// The OpenID configuration of the second version of the endpoints.
  ///
  /// @param named the tenant as the client names it: its id, or `common`
  /// @param region where the tenant's data lives
  ObjectNode secondVersion(String named, String region) {
    String base = addresses.login() + "/" + named;
    ObjectNode document = JsonMapper.shared().createObjectNode();
    endpoints(document, base + "/oauth2/v2.0/token", base + "/discovery/v2.0/keys");
    add(
        document,
        "response_types_supported",
        "code",
        "id_token",
        "code id_token",
        "id_token token");
    add(document, "scopes_supported", "openid", "profile", "email", "offline_access");
    document.put("issuer", issuer(named));
    document.put("request_uri_parameter_supported", false);
    document.put("userinfo_endpoint", addresses.graph() + "/oidc/userinfo");
    signIn(document, base + "/oauth2/v2.0");
    claims(
        document,
        "sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud"
            + " exp iat auth_time acr nonce preferred_username name tid ver at_hash c_hash email");
    cloud(document, base, named, region);
    return document;
  }

  /// The OpenID configuration of the first version of the endpoints.
  ///
  /// @param named the tenant as the client names it: its id, or `common`
  /// @param region where the tenant's data lives
  ObjectNode firstVersion(String named, String region) {
    String base = addresses.login() + "/" + named;
    ObjectNode document = JsonMapper.shared().createObjectNode();
    endpoints(document, base + "/oauth2/token", addresses.login() + "/common/discovery/keys");
    add(
        document,
        "response_types_supported",
        "code",
        "id_token",
        "code id_token",
        "token id_token",
        "token");
    add(document, "scopes_supported", "openid");
    document.put("issuer", "https://sts.windows.net/" + issuing(named) + "/");
    document.put("microsoft_multi_refresh_token", true);
    signIn(document, base + "/oauth2");
    document.put("check_session_iframe", base + "/oauth2/checksession");
    document.put("userinfo_endpoint", base + "/openid/userinfo");
    claims(
        document,
        "sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name msgraph_host aud"
            + " exp iat auth_time acr amr nonce email given_name family_name nickname");
    cloud(document, base, named, region);
    return document;
  }

  private static void endpoints(ObjectNode document, String token, String keySet) {
    document.put("token_endpoint", token);
    add(
        document,
        "token_endpoint_auth_methods_supported",
        "client_secret_post",
        "private_key_jwt",
        "client_secret_basic");
    document.put("jwks_uri", keySet);
    add(document, "response_modes_supported", "query", "fragment", "form_post");
    add(document, "subject_types_supported", "pairwise");
    add(document, "id_token_signing_alg_values_supported", "RS256");
  }

  private static void signIn(ObjectNode document, String oauth) {
    document.put("authorization_endpoint", oauth + "/authorize");
    document.put("device_authorization_endpoint", oauth + "/devicecode");
    document.put("http_logout_supported", true);
    document.put("frontchannel_logout_supported", true);
    document.put("end_session_endpoint", oauth + "/logout");
  }

  private static void claims(ObjectNode document, String names) {
    add(document, "claims_supported", names.split(" "));
  }

  private void cloud(ObjectNode document, String base, String named, String region) {
    document.put("kerberos_endpoint", base + "/kerberos");
    if (isTenant(named)) {
      document.put("tenant_region_scope", region);
    } else {
      document.putNull("tenant_region_scope");
    }
    document.put("cloud_instance_name", addresses.cloudInstance());
    document.put("cloud_graph_host_name", addresses.olderGraphHost());
    document.put("msgraph_host", addresses.graphHost());
    document.put("rbac_url", "https://pas.windows.net");
  }

  /// The issuer of the second version, for a tenant or for any.
  String issuer(String named) {
    return addresses.login() + "/" + issuing(named) + "/v2.0";
  }

  private String issuing(String named) {
    return isTenant(named) ? named.toLowerCase(Locale.ROOT) : ANY;
  }

  private boolean isTenant(String named) {
    return named.equalsIgnoreCase(tenantId);
  }

  private static void add(ObjectNode document, String member, String... values) {
    ArrayNode array = document.putArray(member);
    for (String value : values) {
      array.add(value);
    }
  }
}
