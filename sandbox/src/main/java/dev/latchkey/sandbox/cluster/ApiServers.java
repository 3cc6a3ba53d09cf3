// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

/// Where the API servers of the clusters are, for the kubeconfigs that ARM hands out.
public interface ApiServers {
  /// How to reach one cluster's API server.
  ///
  /// @param server `https://host:port`
  /// @param certificateAuthorityPem the cluster's own CA
  /// @param clientCertificatePem a client certificate with the rights of a cluster administrator
  /// @param clientKeyPem its private key, PKCS 8
  record Endpoint(
      String server,
      String certificateAuthorityPem,
      String clientCertificatePem,
      String clientKeyPem) {
    @Override
    public String toString() {
      return "Endpoint[" + server + "]";
    }
  }

  /// The endpoint of the cluster, opened now if nobody asked before.
  Endpoint endpoint(String clusterId);
}
