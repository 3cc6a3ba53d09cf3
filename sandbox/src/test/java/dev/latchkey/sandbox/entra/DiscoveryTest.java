// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.EntraWorld.LOGIN;
import static dev.latchkey.sandbox.entra.EntraWorld.TENANT;
import static dev.latchkey.sandbox.entra.EntraWorld.body;
import static dev.latchkey.sandbox.entra.EntraWorld.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscoveryTest {
  private final EntraWorld world = EntraWorld.atStart();

  private JsonNode document(String path) {
    return body(world.get(path, Map.of()));
  }

  private Answer instance(String version, String endpoint) {
    return world.get(
        "/common/discovery/instance",
        Map.of("api-version", List.of(version), "authorization_endpoint", List.of(endpoint)));
  }

  @Test
  void theNewerInstanceDiscoveryDescribesAllClouds() {
    JsonNode found = body(instance("1.1", LOGIN + "/oauth2/v2.0/authorize"));

    assertThat(found.path("tenant_discovery_endpoint").asString())
        .isEqualTo(LOGIN + "/v2.0/.well-known/openid-configuration");
    assertThat(found.path("api-version").asString()).isEqualTo("1.1");
    assertThat(found.path("metadata").size()).isEqualTo(5);
    assertThat(found.path("metadata").get(0).path("preferred_cache").asString())
        .isEqualTo("login.windows.net");
  }

  @Test
  void theOlderInstanceDiscoverySaysWhereTheConfigurationIsAndNoMore() {
    JsonNode found = body(instance("1.0", LOGIN + "/oauth2/authorize"));

    assertThat(found.toString())
        .isEqualTo(
            "{\"tenant_discovery_endpoint\":\"" + LOGIN + "/.well-known/openid-configuration\"}");
  }

  @Test
  void anUnknownAuthorityIsNoInstance() {
    Answer answer = instance("1.1", "https://login.example.com/common/oauth2/v2.0/authorize");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(body(answer).path("error").asString()).isEqualTo("invalid_instance");
    assertThat(code(answer)).isEqualTo(50049);
    assertThat(answer.headers()).containsEntry("Cache-Control", "max-age=86400, private");
  }

  @Test
  void theConfigurationForAnyTenantLeavesTheTenantOpen() {
    JsonNode any = document("/common/v2.0/.well-known/openid-configuration");

    assertThat(any.path("issuer").asString())
        .isEqualTo("https://login.microsoftonline.com/{tenantid}/v2.0");
    assertThat(any.path("tenant_region_scope").isNull()).isTrue();
  }

  @Test
  void theTwoVersionsNameTheirOwnIssuers() {
    assertThat(
            document("/" + TENANT + "/.well-known/openid-configuration").path("issuer").asString())
        .isEqualTo("https://sts.windows.net/" + TENANT + "/");
    assertThat(
            document("/" + TENANT + "/v2.0/.well-known/openid-configuration")
                .path("issuer")
                .asString())
        .isEqualTo(LOGIN + "/v2.0");
  }

  @Test
  void aTenantsRegionIsToldAsItIs() {
    world.entra.livesIn("NA");

    assertThat(
            document("/" + TENANT + "/v2.0/.well-known/openid-configuration")
                .path("tenant_region_scope")
                .asString())
        .isEqualTo("NA");
  }

  @Test
  void eachPublishedKeyHasACertificateOfTheSameKey() throws CertificateException {
    JsonNode key = document("/common/discovery/v2.0/keys").path("keys").get(0);

    byte[] encoded = Base64.getDecoder().decode(key.path("x5c").get(0).asString());
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));

    assertThat(key.path("x5t").asString()).isEqualTo(Certificates.thumbprint(certificate, "SHA-1"));
    byte[] modulus = ((RSAPublicKey) certificate.getPublicKey()).getModulus().toByteArray();
    assertThat(Base64.getUrlDecoder().decode(key.path("n").asString()))
        .isEqualTo(Arrays.copyOfRange(modulus, 1, modulus.length));
    assertThat(key.path("issuer").asString())
        .isEqualTo("https://login.microsoftonline.com/{tenantid}/v2.0");
    assertThat(document("/common/discovery/keys").path("keys").get(0).has("issuer")).isFalse();
  }
}
