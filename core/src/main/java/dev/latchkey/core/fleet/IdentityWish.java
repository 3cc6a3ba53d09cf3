// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.util.Optional;

/// The managed identity that one cluster's application gets.
///
/// @param nameTemplate the name; `{location}` is replaced by the cluster's location, which only
///   Azure knows; the file's other placeholders are filled already
/// @param location where it is made; empty: in the cluster's location
/// @param tags the user's own; ours come on top
public record IdentityWish(
    String subscription,
    String resourceGroup,
    String nameTemplate,
    Optional<String> location,
    Tags tags) {
  /// The identity's id, given the cluster's location.
  public ResourceId id(String clusterLocation) {
    return ResourceId.identity(
        subscription, resourceGroup, nameTemplate.replace("{location}", clusterLocation));
  }
}
