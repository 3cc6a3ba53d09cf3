// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tokens that claim what a good one claims, made by somebody who has not the signing key.
///
/// @param published the keys that the signer publishes
record Forgeries(JWTClaimsSet claims, JWKSet published) {
  Map<String, String> all() throws JOSEException {
    RSAKey known = published.getKeys().getFirst().toRSAKey();
    RSAKey own = new RSAKeyGenerator(2048).keyID(known.getKeyID()).generate();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("unsigned", new PlainJWT(claims).serialize());
    all.put("without its signature", part(own, 0) + "." + part(own, 1) + ".");
    all.put("of two parts", part(own, 0) + "." + part(own, 1));
    all.put("algorithm none with a signature", withHeader("{\"alg\":\"none\"}", own));
    all.put("algorithm nOnE", withHeader("{\"alg\":\"nOnE\",\"typ\":\"JWT\"}", own));
    all.put("HS256 with the public key", mac(known.toRSAPublicKey().getEncoded(), known));
    all.put("HS256 with the modulus", mac(known.getModulus().decode(), known));
    all.put("signed by another key of this id", signed(own, known.getKeyID()));
    all.put("signed by another key of another id", signed(own, "another"));
    all.put("another key in its header", embedded(own));
    return all;
  }

  private String part(RSAKey key, int index) throws JOSEException {
    return signed(key, key.getKeyID()).split("\\.", -1)[index];
  }

  private String withHeader(String header, RSAKey key) throws JOSEException {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8));
    return encoded + "." + part(key, 1) + "." + part(key, 2);
  }

  private String mac(byte[] secret, RSAKey key) throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new MACSigner(secret));
    return jwt.serialize();
  }

  private String signed(RSAKey key, String id) throws JOSEException {
    var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private String embedded(RSAKey key) throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(key.toPublicJWK()).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }
}
