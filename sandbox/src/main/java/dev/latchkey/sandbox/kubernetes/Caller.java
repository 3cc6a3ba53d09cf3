// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.util.Set;

/// Whom a request comes from, after authentication.
///
/// @param source what knows this user, which decides whose rights count
record Caller(String name, String uid, Set<String> groups, Source source) {
  static final String MASTERS = "system:masters";
  static final String AUTHENTICATED = "system:authenticated";

  /// What vouched for the caller.
  enum Source {
    /// A client certificate or a service account's token.
    KUBERNETES,
    /// An access token of Entra ID.
    ENTRA
  }

  Caller {
    groups = Set.copyOf(groups);
  }

  /// Somebody of whom only the name is known.
  static Caller named(String name, Set<String> groups) {
    // users of Entra ID are named by their object id; Kubernetes' own have a prefix or a word
    boolean guid = name.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    return new Caller(name, "", groups, guid ? Source.ENTRA : Source.KUBERNETES);
  }

  /// Whether nothing is refused to it.
  boolean almighty() {
    return groups.contains(MASTERS);
  }
}
