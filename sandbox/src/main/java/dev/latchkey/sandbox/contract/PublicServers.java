// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.cluster.ApiServers;

/// API servers under the names that ARM reports. Nobody connects to them, so their certificates are
/// texts of the right form.
record PublicServers(Store store) implements ApiServers {
  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
  private static final String KEY =
      "-----BEGIN RSA PRIVATE KEY-----\nMA==\n-----END RSA PRIVATE KEY-----\n";

  @Override
  public Endpoint endpoint(String clusterId) {
    String host =
        store
            .find(clusterId)
            .map(Stored::tree)
            .map(tree -> tree.path("properties").path("fqdn").asString(""))
            .orElse("");
    return new Endpoint("https://" + host + ":443", CERTIFICATE, CERTIFICATE, KEY);
  }
}
