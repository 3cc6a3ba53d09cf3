// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The trust of one managed identity in one Kubernetes service account.
///
/// At most 20 per identity; issuer and subject together are unique within it. Usable some seconds
/// after it was written.
///
/// @param issuer the cluster's OIDC issuer, compared character by character
/// @param subject `system:serviceaccount:NAMESPACE:NAME`, compared character by character
/// @param audience what the token must be meant for; one value for all clouds
/// @see <a
///   href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations">limits</a>
public record FederatedCredential(String name, Issuer issuer, String subject, String audience) {
  /// The audience of every token that Entra exchanges.
  public static final String AUDIENCE = "api://AzureADTokenExchange";
}
