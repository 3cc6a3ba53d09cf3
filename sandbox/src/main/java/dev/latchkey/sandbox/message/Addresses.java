// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

import java.net.URI;

/// The names under which the simulated services are reached: Azure's public ones (contract tests
/// compare bodies unrewritten), or those of this machine's loopback ports.
public interface Addresses {
  /// ARM, without a slash at the end: `https://management.azure.com`.
  String arm();

  /// Entra ID, without a slash at the end: `https://login.microsoftonline.com`.
  String login();

  /// Entra ID as the challenges of ARM name it: `https://login.windows.net` on Azure, to this day.
  default String challenge() {
    return login();
  }

  /// The issuer of a cluster, with the slash at the end:
  /// `https://{region}.oic.prod-aks.azure.com/{tenant}/{guid}/`.
  String issuer(String region, String tenantId, String guid);

  /// The data plane of a vault, without a slash at the end: `https://{name}.vault.azure.net`.
  String vault(String name);

  /// The resource that a vault names in its challenge and accepts as a token's audience:
  /// `https://vault.azure.net`.
  String vaultResource();

  /// The suffix of vault hosts, without a dot in front: `vault.azure.net`, with port if any.
  String vaultSuffix();

  /// Microsoft Graph, without a slash at the end.
  default String graph() {
    return "https://graph.microsoft.com";
  }

  /// The address of a cluster's API server, in an `fqdn` member: host only, as ARM reports it.
  String clusterFqdn(String name, String location, String hash);

  /// The host of [#graph()].
  default String graphHost() {
    return URI.create(graph()).getAuthority();
  }

  /// The host of the directory's older interface: `graph.windows.net`.
  default String olderGraphHost() {
    return graphHost();
  }

  /// Entra ID's name before 2022, which older answers give: `https://login.windows.net`.
  default String olderLogin() {
    return login();
  }

  /// The domain of [#login()], by which documents name the cloud: `microsoftonline.com`.
  default String cloudInstance() {
    return URI.create(login()).getAuthority();
  }
}
