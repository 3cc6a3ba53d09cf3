// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The signing keys of the simulated world, one per name (a tenant, or a cluster's resource id).
///
/// Making an RSA key takes 0.1 to 0.8 s, so only the first 16 names get a key of their own; later
/// ones share these, each under its own key id. A name keeps its key for the life of the sandbox.
public final class Keys {
  private static final int POOL = 16;

  /// The keys as a saved world holds them, private halves included.
  ///
  /// @param pool each key as a JWK
  /// @param places which of them a name uses
  public record Saved(SortedMap<Integer, ObjectNode> pool, SortedMap<String, Integer> places) {
    public Saved {
      pool = Collections.unmodifiableSortedMap(new TreeMap<>(pool));
      places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
      pool.values().forEach(Saved::key);
    }

    private static RSAKey key(ObjectNode jwk) {
      try {
        return RSAKey.parse(jwk.toString());
      } catch (ParseException e) {
        throw new IllegalArgumentException("a private RSA key as a JWK is expected here", e);
      }
    }

    @Override
    public String toString() {
      return "Saved[hidden]";
    }
  }

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

  /// All of them.
  public Saved saved() {
    var jwks = new TreeMap<Integer, ObjectNode>();
    pool.forEach(
        (place, key) ->
            jwks.put(place, (ObjectNode) JsonMapper.shared().readTree(key.toJSONString())));
    return new Saved(jwks, new TreeMap<>(places));
  }

  /// Takes on the keys that were saved, so that what they signed stays good.
  public void restore(Saved saved) {
    saved.pool().forEach((place, jwk) -> pool.put(place, Saved.key(jwk)));
    places.putAll(saved.places());
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
