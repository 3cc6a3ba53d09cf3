// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

/// One declared secret.
///
/// @param name its name in Key Vault
/// @param as the application's own name for it
record WantedSecret(String name, String as) {
  WantedSecret {
    if (name.isBlank() || as.isBlank()) {
      throw new IllegalArgumentException("SECRETS names a secret that is blank");
    }
  }
}
