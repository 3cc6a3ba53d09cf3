// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// A Kubernetes service account.
public record ServiceAccount(String namespace, String name) {
  /// What its tokens say of whom they are: `system:serviceaccount:NAMESPACE:NAME`.
  public String subject() {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
