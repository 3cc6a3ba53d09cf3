// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.cloud;

import dev.latchkey.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom to trust over TLS: the authorities that Java trusts, and those of a file.
public final class Trust {
  private Trust() {}

  /// Java's own trust with the certificates of a PEM file added.
  ///
  /// @throws ProblemException when the file holds no certificates
  public static SSLContext with(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      var more = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (more.isEmpty()) {
        throw new ProblemException(
            new CloudProblem.CaUnreadable(pem.toString(), "it holds no certificate"));
      }
      return context(more);
    } catch (IOException | GeneralSecurityException failure) {
      String reason = failure.getClass().getSimpleName() + ": " + failure.getMessage();
      throw new ProblemException(new CloudProblem.CaUnreadable(pem.toString(), reason), failure);
    }
  }

  private static SSLContext context(Collection<? extends Certificate> more)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : more) {
      store.setCertificateEntry("added-" + number++, certificate);
    }
    for (X509Certificate certificate : known()) {
      store.setCertificateEntry("java-" + number++, certificate);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers(store), null);
    return context;
  }

  private static X509Certificate[] known() throws GeneralSecurityException {
    return Arrays.stream(managers(null))
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow()
        .getAcceptedIssuers();
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
