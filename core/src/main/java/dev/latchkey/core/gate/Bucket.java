// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.util.Locale;

/// One documented limit of Azure's: a token bucket with a size and a refill.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling">ARM</a>
/// @see <a href="https://learn.microsoft.com/azure/aks/quotas-skus-regions">AKS</a>
/// @see <a
///   href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations">managed
///   identities</a>
public enum Bucket {
  /// ARM reads of one subscription by one principal.
  ARM_READS("ARM reads", 250, 25),
  /// ARM writes of one subscription by one principal.
  ARM_WRITES("ARM writes", 200, 10),
  /// ARM deletes of one subscription by one principal.
  ARM_DELETES("ARM deletes", 200, 10),
  /// ARM reads of what belongs to no subscription, by one principal.
  ARM_TENANT_READS("ARM reads outside of subscriptions", 250, 25),
  /// ARM writes of what belongs to no subscription, by one principal.
  ARM_TENANT_WRITES("ARM writes outside of subscriptions", 200, 10),
  /// ARM deletes of what belongs to no subscription, by one principal.
  ARM_TENANT_DELETES("ARM deletes outside of subscriptions", 200, 10),
  /// Creates and updates of managed identities and their credentials in the tenant.
  TENANT_IDENTITY_WRITES("writes of managed identities in the tenant", 10, 10),
  /// Deletes of managed identities and their credentials in the tenant.
  TENANT_IDENTITY_DELETES("deletes of managed identities in the tenant", 10, 10),
  /// Reads of managed identities in the tenant.
  TENANT_IDENTITY_READS("reads of managed identities in the tenant", 30, 30),
  /// Lists of managed identities or credentials in the tenant.
  TENANT_IDENTITY_LISTS("lists of managed identities in the tenant", 15, 15),
  /// Creates and updates of managed identities and their credentials in one subscription.
  IDENTITY_WRITES("writes of managed identities", 2, 2),
  /// Deletes of managed identities and their credentials in one subscription.
  IDENTITY_DELETES("deletes of managed identities", 2, 2),
  /// Reads of managed identities in one subscription.
  IDENTITY_READS("reads of managed identities", 10, 10),
  /// Lists of managed identities or credentials in one subscription.
  IDENTITY_LISTS("lists of managed identities", 5, 5),
  /// Writes of one managed identity and, as far as anybody can tell, of its credentials.
  SINGLE_IDENTITY_WRITES("writes of one managed identity", 1, 0.25),
  /// Deletes of one managed identity and of its credentials.
  SINGLE_IDENTITY_DELETES("deletes of one managed identity", 1, 0.25),
  /// Reads of one managed identity.
  SINGLE_IDENTITY_READS("reads of one managed identity", 1, 0.5),
  /// Lists of the credentials of one managed identity.
  SINGLE_IDENTITY_LISTS("lists of one managed identity", 1, 0.25),
  /// Lists of the clusters of one subscription.
  CLUSTER_LISTS("lists of clusters", 500, 1),
  /// Lists of the clusters of one resource group.
  GROUP_CLUSTER_LISTS("lists of clusters in a resource group", 60, 1),
  /// Writes of one cluster.
  CLUSTER_WRITES("writes of a cluster", 20, 1.0 / 60),
  /// Reads of one cluster.
  CLUSTER_READS("reads of a cluster", 60, 1),
  /// Reads of AKS operations in one subscription.
  CLUSTER_OPERATIONS("reads of AKS operations", 200, 2),
  /// Every other request to AKS in one subscription, the credentials of clusters included.
  CLUSTER_OTHERS("kubeconfigs", 60, 1),
  /// Reads of secrets of one vault.
  VAULT_READS("reads of secrets", 4000, 400),
  /// Token requests of one tenant; Entra publishes no figure, this one is careful.
  TOKENS("token requests", 100, 20);

  private final String words;
  private final double size;
  private final double perSecond;

  Bucket(String words, double size, double perSecond) {
    this.words = words;
    this.size = size;
    this.perSecond = perSecond;
  }

  /// The name under which fleet files and plans know it, such as `arm-writes`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What it limits, for people.
  public String words() {
    return words;
  }

  /// How many requests it holds when full, by default.
  public double size() {
    return size;
  }

  /// How many requests come back each second, by default.
  public double perSecond() {
    return perSecond;
  }

  /// Whether it is a limit of ARM itself, not of a service behind it.
  boolean ofArm() {
    return compareTo(ARM_TENANT_DELETES) <= 0; // they stand first
  }
}
