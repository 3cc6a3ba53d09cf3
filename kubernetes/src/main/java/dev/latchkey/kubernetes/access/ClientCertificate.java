// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import io.fabric8.kubernetes.client.internal.CertUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
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
    // the key store lives in memory only; its password protects nothing
    KeyStore store =
        CertUtils.createKeyStore(certificate, null, key, null, algorithm(), "", null, "");
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }

  private String algorithm() {
    String pem = Pem.decode(key);
    return pem.contains("EC PRIVATE KEY") ? "EC" : "RSA";
  }

  @Override
  public String toString() {
    return "ClientCertificate[hidden]";
  }
}
