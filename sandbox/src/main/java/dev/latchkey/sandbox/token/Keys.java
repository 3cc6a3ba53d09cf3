// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The signing keys of the simulated world, one per name (a tenant, or a cluster's resource id).
///
/// Making an RSA key takes 0.1 to 0.8 s, so only the first 16 names get a key of their own; later
/// ones share these, each under its own key id. A name keeps its key for the life of the sandbox.
public final class Keys {
  private static final int POOL = 16;

  private final ConcurrentMap<String, RSAKey> keys = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, RSAKey> pool = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> places = new ConcurrentHashMap<>();
  private final Set<String> issued = ConcurrentHashMap.newKeySet();

  /// The private key of this name, made at the first call.
  public RSAKey of(String name) {
    int place = places.computeIfAbsent(name, _ -> places.size() % POOL);
    return keys.computeIfAbsent(name, _ -> named(name, place));
  }

  /// Signs the claims with the key of this name, and remembers the token, see [#issued()].
  public String sign(String name, JWTClaimsSet claims) {
    String token = Jwt.sign(of(name), claims);
    issued.add(token);
    return token;
  }

  /// Every token signed so far, so that tests can look for leaks of them.
  public Set<String> issued() {
    return Set.copyOf(issued);
  }

  /// What the name publishes: the public halves of its keys, never the private ones.
  public JWKSet published(String name) {
    return new JWKSet(List.of(of(name).toPublicJWK()));
  }

  private RSAKey named(String name, int place) {
    RSAKey key = pool.computeIfAbsent(place, _ -> generate());
    return new RSAKey.Builder(key).keyUse(KeyUse.SIGNATURE).keyID(keyId(name)).build();
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java platform makes RSA keys", e);
    }
  }

  private static String keyId(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
