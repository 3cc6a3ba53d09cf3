// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.util.List;
import java.util.Optional;

/// One type of object that the API servers know.
///
/// @param group empty for the core group
/// @param resource the plural in paths, such as `deployments`
/// @param name the kind, such as `Deployment`
/// @param model the class of the client library that has its fields; none for reviews
public record Kind(
    String group,
    String version,
    String resource,
    String singular,
    String name,
    Scope scope,
    List<String> shortNames,
    Optional<Class<?>> model) {
  /// Where objects of a type live.
  public enum Scope {
    /// In a namespace.
    NAMESPACED,
    /// In the cluster itself.
    CLUSTER
  }

  /// Whether its objects live in namespaces.
  public boolean namespaced() {
    return scope == Scope.NAMESPACED;
  }

  /// What `apiVersion` says, such as `apps/v1`.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// How error messages name it, such as `deployments.apps`.
  public String qualifiedResource() {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  /// Whether it can only be posted, and is not kept.
  boolean review() {
    return model.isEmpty();
  }
}
