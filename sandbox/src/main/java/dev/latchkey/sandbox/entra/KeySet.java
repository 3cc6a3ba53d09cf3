// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.sandbox.token.Keys;
import dev.latchkey.sandbox.token.SelfSigned;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The published keys of the tenant, each with a certificate around it.
final class KeySet {
  private static final String NAME = "accounts.accesscontrol.windows.net";
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofDays(365L * 30);

  private final Keys keys;
  private final String tenantId;
  private final String cloud;
  private final ConcurrentMap<String, X509Certificate> certificates = new ConcurrentHashMap<>();

  /// The keys of a tenant, whose signing key has the tenant's id as its name.
  ///
  /// @param cloud the domain by which documents name the cloud
  KeySet(Keys keys, String tenantId, String cloud) {
    this.keys = keys;
    this.tenantId = tenantId;
    this.cloud = cloud;
  }

  /// The set of the second version, which names the issuer of the tokens.
  ObjectNode secondVersion(String issuer) {
    ObjectNode set = firstVersion();
    set.path("keys").forEach(key -> ((ObjectNode) key).put("issuer", issuer));
    return set;
  }

  /// The set of the first version.
  ObjectNode firstVersion() {
    ObjectNode set = JsonMapper.shared().createObjectNode();
    describe(keys.of(tenantId), set.putArray("keys"));
    return set;
  }

  private void describe(RSAKey key, ArrayNode array) {
    X509Certificate certificate = certificate(key);
    ObjectNode member = array.addObject();
    member.put("kty", "RSA").put("use", "sig").put("kid", key.getKeyID());
    member.put("x5t", Certificates.thumbprint(certificate, "SHA-1"));
    member.put("n", key.getModulus().toString()).put("e", key.getPublicExponent().toString());
    member.putArray("x5c").add(encoded(certificate));
    member.put("cloud_instance_name", cloud);
  }

  private X509Certificate certificate(RSAKey key) {
    return certificates.computeIfAbsent(
        key.getKeyID(), _ -> SelfSigned.of(key, NAME, FROM, FROM.plus(LIFE)));
  }

  private static String encoded(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of ours can be encoded", e);
    }
  }
}
