// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS that believes a sandbox's certificate authority and no other.
final class Trust {
  private Trust() {}

  static SSLContext of(Path folder) throws IOException, GeneralSecurityException {
    KeyStore store =
        KeyStore.getInstance(folder.resolve("truststore.p12").toFile(), "sandbox".toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
