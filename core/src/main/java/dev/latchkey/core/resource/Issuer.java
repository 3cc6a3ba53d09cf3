// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The OIDC issuer of a cluster, exactly as AKS reports it: Entra compares issuers character by
/// character, the trailing slash and the case included.
///
/// @param value such as `https://{region}.oic.prod-aks.azure.com/{tenant}/{guid}/`
public record Issuer(String value) {
  @Override
  public String toString() {
    return value;
  }
}
