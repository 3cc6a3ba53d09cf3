// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the objects of a release that live in a cluster differ from what its newest revision
/// rendered. Holds no value that may be a secret.
///
/// Compared is what the revision sets; what Kubernetes or others add is no difference.
///
/// @param objects those that differ, in the order of the manifest
/// @param notCompared what could not be looked at, and why, for people
public record LiveDrift(List<ObjectDrift> objects, List<String> notCompared) {
  public LiveDrift {
    objects = List.copyOf(objects);
    notCompared = List.copyOf(notCompared);
  }

  /// Nothing is known to differ.
  public static LiveDrift none() {
    return new LiveDrift(List.of(), List.of());
  }

  /// What happened to one object.
  public sealed interface ObjectDrift {
    /// Kind and name, as people write it: `Deployment/orders`.
    String object();
  }

  /// It is not there.
  public record Gone(String object) implements ObjectDrift {}

  /// Some of its fields have other values.
  ///
  /// @param upgrade what an upgrade by Helm does to these fields
  /// @param written when somebody last wrote the object, as far as Kubernetes knows
  public record Edited(
      String object, List<FieldDrift> fields, Upgrade upgrade, Optional<Instant> written)
      implements ObjectDrift {
    public Edited {
      fields = List.copyOf(fields);
    }
  }

  /// What an upgrade by Helm does to fields that others have changed.
  public enum Upgrade {
    /// It sets them back.
    SETS_BACK,
    /// It leaves them, as those of custom resources: of these Helm compares two revisions alone.
    LEAVES
  }

  /// One field.
  ///
  /// @param path keys and, in lists, what the entry is called:
  ///   `spec.template.spec.containers[app].image`
  /// @param live its value in the cluster; empty when it is gone
  /// @param wanted its value in the manifest
  public record FieldDrift(String path, Optional<String> live, String wanted) {}
}
