// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import java.time.Instant;
import java.util.List;

/// What the control plane may know of a vault's secrets. The data plane, which keeps the values,
/// implements it.
public interface SecretNames {
  /// A secret without its value.
  record Secret(
      String name,
      String version,
      String contentType,
      Availability availability,
      Instant created,
      Instant updated) {}

  /// Whether the value can be read.
  enum Availability {
    /// It can.
    ENABLED,
    /// The secret is there, but switched off.
    DISABLED
  }

  /// The newest version of each secret that was not deleted.
  List<Secret> list(String vault);

  /// Writes a new version of a secret.
  Secret set(String vault, String name, String value, String contentType);

  /// Forgets all secrets of a vault that is gone for good.
  void forget(String vault);
}
