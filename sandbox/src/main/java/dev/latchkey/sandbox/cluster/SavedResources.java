// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.access.Assignment;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.identity.Credential;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// All that ARM manages, as a saved world holds it.
///
/// The dates stand beside the resources, so that what had settled is settled, and what had not
/// still takes its time.
///
/// @param assignments when data planes know of each role assignment
/// @param identities when all replicas know each identity
/// @param credentials what Entra was told, by identity
/// @param dates what operations did to each cluster beside changing its tree
/// @param operations those of AKS that clients may still ask for
public record SavedResources(
    List<Store.Saved> resources,
    List<Assignment> assignments,
    Map<String, Instant> identities,
    Map<String, List<Credential>> credentials,
    Map<String, ClusterDates.Dates> dates,
    List<Operations.Saved> operations) {}
