// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.util.List;
import java.util.Locale;

/// One request, as far as limits are concerned.
///
/// @param owner whose limit it is besides ARM's
/// @param kind what it does
/// @param subscription the subscription of an ARM request, the tenant of a token request, the host
///   of a vault; ignored for services without a limit
/// @param resource the id of the cluster of a [Owner#CLUSTERS] request, or of the resource group
///   whose clusters it lists; of the identity that a [Owner#IDENTITIES] request is about; otherwise
///   empty
public record Call(Owner owner, Kind kind, String subscription, String resource) {
  /// Whose limits a request is counted against.
  public enum Owner {
    /// Azure Kubernetes Service, below ARM.
    CLUSTERS,
    /// The managed identity provider, below ARM.
    IDENTITIES,
    /// ARM and a provider without a published limit of its own.
    RESOURCES,
    /// ARM, for what belongs to no subscription.
    TENANT,
    /// The data plane of one vault.
    VAULT,
    /// The token endpoint of one tenant.
    TOKENS,
    /// A service whose limits are nobody's concern, such as a cluster's public issuer.
    UNLIMITED
  }

  /// What a request does.
  public enum Kind {
    /// Reads one thing.
    READ,
    /// Lists things.
    LIST,
    /// Makes or changes one thing.
    WRITE,
    /// Deletes one thing.
    DELETE,
    /// Asks how an operation is doing.
    STATUS,
    /// Anything else, by POST.
    ACTION
  }

  /// Who says that there are too many requests (429).
  public enum Refuser {
    /// ARM itself, before the service heard of the request.
    ARM,
    /// The service that the request is for.
    SERVICE
  }

  /// A bucket, and whose copy of it.
  record Share(Bucket bucket, String key) {}

  public Call {
    subscription = subscription.toLowerCase(Locale.ROOT);
    resource = resource.toLowerCase(Locale.ROOT);
  }

  /// A request that no bucket counts.
  public static Call unlimited() {
    return new Call(Owner.UNLIMITED, Kind.READ, "", "");
  }

  /// All buckets that this request takes from.
  List<Share> shares() {
    return switch (owner) {
      case CLUSTERS -> List.of(ofClusters(), ofArm());
      case IDENTITIES ->
          resource.isEmpty()
              ? List.of(ofIdentities(), ofIdentitiesOfTenant(), ofArm())
              : List.of(ofOneIdentity(), ofIdentities(), ofIdentitiesOfTenant(), ofArm());
      case RESOURCES -> List.of(ofArm());
      case TENANT -> List.of(ofTenant());
      case VAULT -> List.of(shared(Bucket.VAULT_READS));
      case TOKENS -> List.of(shared(Bucket.TOKENS));
      case UNLIMITED -> List.of();
    };
  }

  private Share ofClusters() {
    return switch (kind) {
      case READ -> new Share(Bucket.CLUSTER_READS, resource);
      case LIST ->
          resource.isEmpty()
              ? shared(Bucket.CLUSTER_LISTS)
              : new Share(Bucket.GROUP_CLUSTER_LISTS, resource);
      case WRITE -> new Share(Bucket.CLUSTER_WRITES, resource);
      case STATUS -> shared(Bucket.CLUSTER_OPERATIONS);
      case DELETE, ACTION -> shared(Bucket.CLUSTER_OTHERS);
    };
  }

  private Share ofIdentities() {
    return switch (kind) {
      case READ, STATUS -> shared(Bucket.IDENTITY_READS);
      case LIST -> shared(Bucket.IDENTITY_LISTS);
      case WRITE, ACTION -> shared(Bucket.IDENTITY_WRITES);
      case DELETE -> shared(Bucket.IDENTITY_DELETES);
    };
  }

  /// A run has one tenant.
  private Share ofIdentitiesOfTenant() {
    return switch (kind) {
      case READ, STATUS -> new Share(Bucket.TENANT_IDENTITY_READS, "");
      case LIST -> new Share(Bucket.TENANT_IDENTITY_LISTS, "");
      case WRITE, ACTION -> new Share(Bucket.TENANT_IDENTITY_WRITES, "");
      case DELETE -> new Share(Bucket.TENANT_IDENTITY_DELETES, "");
    };
  }

  private Share ofOneIdentity() {
    return switch (kind) {
      case READ, STATUS -> new Share(Bucket.SINGLE_IDENTITY_READS, resource);
      case LIST -> new Share(Bucket.SINGLE_IDENTITY_LISTS, resource);
      case WRITE, ACTION -> new Share(Bucket.SINGLE_IDENTITY_WRITES, resource);
      case DELETE -> new Share(Bucket.SINGLE_IDENTITY_DELETES, resource);
    };
  }

  private Share ofArm() {
    return switch (kind) {
      case READ, LIST, STATUS -> shared(Bucket.ARM_READS);
      case WRITE, ACTION -> shared(Bucket.ARM_WRITES);
      case DELETE -> shared(Bucket.ARM_DELETES);
    };
  }

  private Share ofTenant() {
    return switch (kind) {
      case READ, LIST, STATUS -> new Share(Bucket.ARM_TENANT_READS, "");
      case WRITE, ACTION -> new Share(Bucket.ARM_TENANT_WRITES, "");
      case DELETE -> new Share(Bucket.ARM_TENANT_DELETES, "");
    };
  }

  private Share shared(Bucket bucket) {
    return new Share(bucket, subscription);
  }
}
