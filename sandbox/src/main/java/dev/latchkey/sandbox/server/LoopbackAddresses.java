// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.message.Addresses;

/// The names of the simulated services on this machine: one front port for all but the clusters.
///
/// @param port of ARM, Entra ID, issuers and vaults
record LoopbackAddresses(int port) implements Addresses {
  static final String VAULT_DOMAIN = "vault.localhost";

  @Override
  public String arm() {
    return "https://localhost:" + port;
  }

  @Override
  public String login() {
    return "https://localhost:" + port;
  }

  @Override
  public String issuer(String region, String tenantId, String guid) {
    return "https://localhost:%d/%s/%s/".formatted(port, tenantId, guid);
  }

  @Override
  public String vault(String name) {
    return "https://%s.%s:%d".formatted(name, VAULT_DOMAIN, port);
  }

  @Override
  public String vaultResource() {
    return "https://" + VAULT_DOMAIN;
  }

  @Override
  public String vaultSuffix() {
    return VAULT_DOMAIN + ":" + port;
  }

  @Override
  public String graph() {
    return arm() + "/graph";
  }

  @Override
  public String clusterFqdn(String name, String location, String hash) {
    return "%s-%s.hcp.%s.azmk8s.io".formatted(name, hash, location);
  }
}
