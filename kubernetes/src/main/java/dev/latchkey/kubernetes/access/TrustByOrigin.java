// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.access;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Believes each server by the authorities of its own cluster only.
///
/// All clusters share one `HttpClient` and so one manager; one that merged their authorities would
/// let a cluster vouch for another. Shared by threads; changed only by [ApiServers].
final class TrustByOrigin extends X509ExtendedTrustManager {
  private final Map<Origin, X509ExtendedTrustManager> managers = new ConcurrentHashMap<>();

  void put(Origin origin, X509ExtendedTrustManager manager) {
    managers.put(origin, manager);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    var origin = new Origin(engine.getPeerHost(), engine.getPeerPort());
    X509ExtendedTrustManager manager = managers.get(origin);
    if (manager == null) {
      throw new CertificateException("no cluster is known at " + origin);
    }
    manager.checkServerTrusted(chain, authType, engine); // checks the host name as well
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw withoutOrigin();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw withoutOrigin();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw withoutOrigin();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw withoutOrigin();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw withoutOrigin();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0]; // only a server tells its peers whom it accepts
  }

  private static CertificateException withoutOrigin() {
    return new CertificateException("trust is bound to a server's host and port");
  }
}
