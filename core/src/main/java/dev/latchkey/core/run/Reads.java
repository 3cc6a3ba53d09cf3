// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.port.ManagedIdentities;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The ways in which Azure tells of things of one kind.
///
/// @param one reads a single one
/// @param ofSubscription lists all of a subscription
/// @param ofGroup lists all of a subscription's resource group
/// @param unlisted the last word on one that a list does not show
/// @param id what they are told apart by
record Reads<T>(
    Function<ResourceId, Optional<T>> one,
    Function<String, List<T>> ofSubscription,
    BiFunction<String, String, List<T>> ofGroup,
    Function<ResourceId, Optional<T>> unlisted,
    Function<T, ResourceId> id) {

  /// A cluster that a list does not show is asked for once more before it is called missing.
  static Reads<ObservedCluster> clusters(ManagedClusters clusters) {
    return new Reads<>(
        clusters::find, clusters::list, clusters::list, clusters::find, ObservedCluster::id);
  }

  /// An identity that a list does not show is made: by a write that also takes one that is there.
  static Reads<ManagedIdentity> identities(ManagedIdentities identities) {
    return new Reads<>(
        identities::find,
        identities::list,
        identities::list,
        _ -> Optional.empty(),
        ManagedIdentity::id);
  }
}
