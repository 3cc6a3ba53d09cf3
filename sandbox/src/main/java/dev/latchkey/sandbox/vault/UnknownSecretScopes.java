// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

/// Whether a role can be given at a secret that does not exist yet. Nobody has confirmed what Azure
/// does, so both can be had.
public enum UnknownSecretScopes {
  /// It can.
  ACCEPTED,
  /// It is refused as a scope that ARM does not know.
  REFUSED
}
