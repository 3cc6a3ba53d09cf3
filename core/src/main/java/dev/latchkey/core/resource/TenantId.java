// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The id of an Entra tenant, a GUID.
public record TenantId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
