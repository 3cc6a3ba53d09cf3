// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

/// The names under which Azure's public cloud is reached.
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
  public String issuer(String region, String tenantId, String guid) {
    return "https://%s.oic.prod-aks.azure.com/%s/%s/".formatted(region, tenantId, guid);
  }

  @Override
  public String vault(String name) {
    return "https://" + name + ".vault.azure.net";
  }

  @Override
  public String vaultResource() {
    return "https://vault.azure.net";
  }

  @Override
  public String vaultSuffix() {
    return "vault.azure.net";
  }

  @Override
  public String clusterFqdn(String name, String location, String hash) {
    return name + "-" + hash + ".hcp." + location + ".azmk8s.io";
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
