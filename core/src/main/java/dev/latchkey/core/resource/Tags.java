// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tags of an Azure resource. Tag names are compared without case, as Azure does.
public record Tags(Map<String, String> values) {
  /// The tag that says for which application an identity was made.
  public static final String APPLICATION = "latchkey-application";

  /// The tag that says for which cluster an identity was made: the cluster's full resource id.
  public static final String CLUSTER = "latchkey-cluster";

  /// The tag that says that access was cut centrally; `deploy` then refuses the target.
  public static final String REVOKED = "latchkey-revoked";

  public Tags {
    var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  /// No tags.
  public static Tags none() {
    return new Tags(Map.of());
  }

  /// The value of a tag.
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// These tags with the other ones added; the other ones win.
  public Tags with(Tags more) {
    var merged = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(values);
    merged.putAll(more.values);
    return new Tags(merged);
  }

  /// Whether each of the other tags is here with the same value.
  public boolean contains(Tags others) {
    return others.values.entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(values.get(entry.getKey())));
  }
}
