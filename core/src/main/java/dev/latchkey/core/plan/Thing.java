// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

/// One thing that a change is about.
///
/// @param name as people know it: a resource's name, `namespace/release`, `vault/secrets/name`
public record Thing(Kind kind, String name) {
  /// The kinds of things that latchkey touches; nothing else.
  public enum Kind {
    /// An AKS cluster.
    CLUSTER("AKS cluster"),
    /// A user-assigned managed identity.
    IDENTITY("managed identity"),
    /// A federated identity credential.
    CREDENTIAL("federated credential"),
    /// A role assignment.
    ROLE_ASSIGNMENT("role assignment"),
    /// An entry of a vault's access policies.
    ACCESS_POLICY("access policy"),
    /// A Kubernetes namespace.
    NAMESPACE("namespace"),
    /// A Helm release.
    RELEASE("Helm release"),
    /// The pods of a release, made anew by their controller.
    PODS("pods");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /// The kind, for people.
    public String title() {
      return title;
    }
  }

  @Override
  public String toString() {
    return kind.title() + " " + name;
  }
}
