// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/// A client certificate and its key, as base64 of PEM. Hidden from formatters.
final class ClientCertificate {
  private final String certificate;
  private final String key;

  ClientCertificate(String certificate, String key) {
    this.certificate = certificate;
    this.key = key;
  }

  String certificateData() {
    return certificate;
  }

  String keyData() {
    return key;
  }

  /// Offers this certificate, in the forms that AKS uses (PKCS#1 and PKCS#8; RSA and EC).
  X509ExtendedKeyManager keyManager() throws GeneralSecurityException, IOException {
    Certificate[] chain = Pem.certificates(certificate);
    // the key store lives in memory only; its password protects nothing
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("client", privateKey(chain[0].getPublicKey()), new char[0], chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  private PrivateKey privateKey(PublicKey publicKey) throws GeneralSecurityException {
    String pem = Pem.decode(key);
    byte[] der =
        Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", "").replaceAll("\\s", ""));
    boolean bare = pem.contains("RSA PRIVATE KEY") || pem.contains("EC PRIVATE KEY");
    return KeyFactory.getInstance(publicKey.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(bare ? Der.pkcs8(publicKey, der) : der));
  }

  @Override
  public String toString() {
    return "ClientCertificate[hidden]";
  }
}
