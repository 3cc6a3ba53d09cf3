// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// One certificate and its key, shown to whoever connects.
///
/// A key store of the platform's encrypts the key, with thousands of rounds of hashing for each
/// server; nothing here ever leaves the memory.
final class OneIdentity extends X509ExtendedKeyManager {
  private static final String NAME = "server";

  private final PrivateKey key;
  private final X509Certificate[] chain;

  /// @param chain the leaf first
  OneIdentity(PrivateKey key, X509Certificate... chain) {
    this.key = key;
    this.chain = chain.clone();
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return keyType.equals(key.getAlgorithm()) ? NAME : null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {NAME};
  }

  @Override
  public X509Certificate[] getCertificateChain(@Nullable String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(@Nullable String alias) {
    return key;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[0];
  }
}
