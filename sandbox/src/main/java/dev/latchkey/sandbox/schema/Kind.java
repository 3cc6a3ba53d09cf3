// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.util.List;

/// One type of object that the API servers know.
///
/// @param group empty for the core group
/// @param resource the plural in paths, such as `deployments`
/// @param name the kind, such as `Deployment`
/// @param model the class of the client library that has its fields
/// @param use whether its objects are kept
public record Kind(
    String group,
    String version,
    String resource,
    String singular,
    String name,
    Scope scope,
    List<String> shortNames,
    Class<?> model,
    Use use) {
  /// Where objects of a type live.
  public enum Scope {
    /// In a namespace.
    NAMESPACED,
    /// In the cluster itself.
    CLUSTER
  }

  /// What becomes of an object that is posted.
  public enum Use {
    /// It is stored.
    KEPT,
    /// It is a question: it is answered at once and forgotten.
    ANSWERED
  }

  /// What its objects look like.
  public Value.Reference type() {
    return new Value.Reference(model, Value.Whole.UNSAID);
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
  public boolean review() {
    return use == Use.ANSWERED;
  }
}
