// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The object id of a service principal, a GUID: what role assignments name.
public record PrincipalId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
