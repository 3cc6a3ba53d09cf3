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

  /// Whether nothing is refused to it.
  boolean almighty() {
    return groups.contains(MASTERS);
  }
}
