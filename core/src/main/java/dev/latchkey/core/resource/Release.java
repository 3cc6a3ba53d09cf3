// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The newest revision of a Helm release, as Helm's own record in the cluster tells it.
///
/// @param status Helm's word: `deployed`, `failed`, `pending-install`, `pending-upgrade` …
/// @param chart name and version, such as `workload 0.1.0`
/// @param chartDigest a fingerprint of the chart's files as they are stored in the record
/// @param values what the user of the chart set
/// @param manifest all objects as they were rendered
/// @param updated when this revision was written
/// @param description what Helm or we noted about it
/// @param definitions fingerprint of each file in `crds/` of its chart, by its path
/// @param objects the manifest's objects, to be compared
/// @param hooks how many objects Helm runs before and after its operations
public record Release(
    String namespace,
    String name,
    int revision,
    String status,
    String chart,
    String chartDigest,
    ChartValues values,
    String manifest,
    Instant updated,
    String description,
    Map<String, String> definitions,
    List<ManifestObject> objects,
    int hooks) {
  public Release {
    definitions = Map.copyOf(definitions);
    objects = List.copyOf(objects);
  }

  /// Whether an operation of Helm's runs on it, or was cut off.
  public boolean pending() {
    return status.startsWith("pending-");
  }

  @Override
  public String toString() {
    return "Release[%s/%s revision %d %s]".formatted(namespace, name, revision, status);
  }
}
