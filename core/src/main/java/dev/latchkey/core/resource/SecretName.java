// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The name of a secret in a Key Vault; never its value.
public record SecretName(String value) {
  @Override
  public String toString() {
    return value;
  }
}
