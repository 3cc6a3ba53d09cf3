// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The base64 of PEM that kubeconfigs hold.
final class Pem {
  private Pem() {}

  static String decode(String base64) {
    return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  static Certificate[] certificates(String base64) throws GeneralSecurityException {
    byte[] pem = Base64.getMimeDecoder().decode(base64);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .toArray(new Certificate[0]);
  }

  /// A trust manager that believes these certificates and no other; without any, those of Java.
  static X509ExtendedTrustManager trust(Optional<String> authorities)
      throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities.isPresent() ? store(authorities.get()) : javaDefault());
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }

  private static @Nullable KeyStore javaDefault() {
    return null; // what TrustManagerFactory reads as "the authorities of the platform"
  }

  private static KeyStore store(String base64) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    for (Certificate certificate : certificates(base64)) {
      store.setCertificateEntry("ca-" + count++, certificate);
    }
    return store;
  }
}
