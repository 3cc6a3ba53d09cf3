// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The client id (application id) of an identity, a GUID: what signs in.
public record ClientId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
