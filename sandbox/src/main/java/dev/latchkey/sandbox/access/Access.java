// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.Map;
import java.util.Optional;

/// Decides by role assignments whether a principal may do something. Denies by default.
public interface Access {
  /// What somebody wants to do.
  ///
  /// @param principalId object id of the caller
  /// @param action such as `Microsoft.KeyVault/vaults/secrets/getSecret/action`
  /// @param plane whether the action is one of management or of data
  /// @param scope the resource id acted on; assignments at it and above count
  /// @param attributes for conditions, such as `Microsoft.KeyVault/vaults/secrets:name`
  record Wish(
      String principalId,
      String action,
      Plane plane,
      String scope,
      Map<String, String> attributes) {}

  /// Which list of a role an action is looked up in.
  enum Plane {
    /// `actions` and `notActions`.
    MANAGEMENT,
    /// `dataActions` and `notDataActions`.
    DATA
  }

  /// The resource id of an assignment that allows it as of now, or empty: refused.
  ///
  /// An assignment counts for data actions only once it has propagated; that date is stored with
  /// it.
  Optional<String> allowing(Wish wish);
}
