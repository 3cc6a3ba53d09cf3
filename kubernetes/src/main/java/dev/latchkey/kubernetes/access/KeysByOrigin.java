// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Offers each server the client certificate of its own cluster only.
///
/// An alias names a manager and the alias inside it. Shared by threads; changed only by
/// [ApiServers].
final class KeysByOrigin extends X509ExtendedKeyManager {
  private final Map<Origin, X509ExtendedKeyManager> managers = new ConcurrentHashMap<>();
  private final Map<String, Key> keys = new ConcurrentHashMap<>();

  /// A key inside a manager.
  private record Key(X509ExtendedKeyManager manager, String alias) {}

  void put(Origin origin, X509ExtendedKeyManager manager) {
    managers.put(origin, manager);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    var origin = new Origin(engine.getPeerHost(), engine.getPeerPort());
    X509ExtendedKeyManager manager = managers.get(origin);
    if (manager == null) {
      return null;
    }
    String inner = manager.chooseEngineClientAlias(keyTypes, issuers, engine);
    if (inner == null) {
      return null;
    }
    String alias = origin.host() + ":" + origin.port() + ":" + inner;
    keys.put(alias, new Key(manager, inner));
    return alias;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Key key = keys.get(alias);
    return key == null ? null : key.manager().getCertificateChain(key.alias());
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Key key = keys.get(alias);
    return key == null ? null : key.manager().getPrivateKey(key.alias());
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // without host and port nobody is shown a certificate
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
