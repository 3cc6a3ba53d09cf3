// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.message.Origin;
import java.util.Set;

/// The service that a recorded request went to, by its host.
sealed interface Addressee {
  /// Azure Resource Manager.
  record Arm() implements Addressee {}

  /// Entra ID, under any of its names.
  record Entra() implements Addressee {}

  /// The data plane of a vault.
  record Vault(String name) implements Addressee {}

  /// The OIDC issuer of a cluster.
  record Issuer() implements Addressee {}

  /// Something that the sandbox does not serve, or that is no HTTP at all.
  record Other(String host) implements Addressee {}

  /// The hosts under which Entra ID of the public cloud signs in.
  Set<String> LOGIN =
      Set.of(
          "login.microsoftonline.com",
          "login.microsoft.com",
          "login.windows.net",
          "sts.windows.net");

  static Addressee of(Url url) {
    String host = url.host();
    if (host.equals("management.azure.com")) {
      return new Arm();
    }
    if (LOGIN.contains(host)) {
      return new Entra();
    }
    if (host.endsWith(".vault.azure.net")) {
      return new Vault(host.substring(0, host.indexOf('.')));
    }
    return host.endsWith(".oic.prod-aks.azure.com") ? new Issuer() : new Other(host);
  }

  /// Where the request arrives.
  default Origin origin() {
    return switch (this) {
      case Vault(String name) -> new Origin.Vault(name);
      case Arm(), Entra(), Issuer(), Other _ -> new Origin.Front();
    };
  }
}
