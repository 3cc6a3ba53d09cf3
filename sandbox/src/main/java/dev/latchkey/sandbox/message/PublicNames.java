// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

/// The names of Azure's public cloud, by which recorded bodies compare unrewritten.
public record PublicNames() implements Addresses {
  @Override
  public String arm() {
    return "https://management.azure.com";
  }

  @Override
  public String login() {
    return "https://login.microsoftonline.com";
  }

  @Override
  public String challenge() {
    return "https://login.windows.net";
  }

  @Override
  public String issuer(String region, String tenantId, String guid) {
    return "https://%s.oic.prod-aks.azure.com/%s/%s/".formatted(region, tenantId, guid);
  }

  @Override
  public String vault(String name) {
    return "https://" + name + "." + vaultSuffix();
  }

  @Override
  public String vaultResource() {
    return "https://" + vaultSuffix();
  }

  @Override
  public String vaultSuffix() {
    return "vault.azure.net";
  }

  @Override
  public String clusterFqdn(String name, String location, String hash) {
    return "%s-%s.hcp.%s.azmk8s.io".formatted(name, hash, location);
  }

  @Override
  public String olderGraphHost() {
    return "graph.windows.net";
  }

  @Override
  public String olderLogin() {
    return "https://login.windows.net";
  }

  @Override
  public String cloudInstance() {
    return "microsoftonline.com";
  }
}
