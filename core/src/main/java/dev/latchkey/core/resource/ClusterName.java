// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

/// The short name of a cluster, unique in its fleet: its Azure name, or what the file's `as` says.
public record ClusterName(String value) {
  @Override
  public String toString() {
    return value;
  }
}
