// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.List;
import java.util.Optional;

/// A live object that an upgrade of its release would change where Kubernetes lets nobody change
/// it. Holds no value that may be a secret.
///
/// @param namespace empty for a kind that has none
/// @param fields the fields that would change, at least one
public record FixedObject(
    String kind, Optional<String> namespace, String name, List<FixedField> fields) {
  public FixedObject {
    fields = List.copyOf(fields);
  }

  /// One field, by the same path as in [LiveDrift.FieldDrift].
  ///
  /// @param live its value in the cluster; empty when it has none
  /// @param wanted its value in the chart; empty when it has none
  public record FixedField(String path, Optional<String> live, Optional<String> wanted) {}

  /// Kind and name, as people write it: `Deployment/orders`.
  public String title() {
    return kind + "/" + name;
  }
}
