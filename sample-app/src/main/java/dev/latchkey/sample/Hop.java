// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

/// Where on the way from the pod to the secret a reading was refused.
enum Hop {
  /// The pod lacks the variables that the workload identity webhook injects.
  WEBHOOK("webhook"),
  /// The service account's token cannot be read from its file.
  TOKEN_FILE("token file"),
  /// Entra ID does not exchange the token.
  ENTRA("entra"),
  /// Key Vault does not give the secret.
  KEY_VAULT("key vault"),
  /// There was no answer at all.
  NETWORK("network");

  private final String words;

  Hop(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
