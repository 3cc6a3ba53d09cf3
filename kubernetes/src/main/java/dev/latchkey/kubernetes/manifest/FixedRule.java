// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.List;
import java.util.stream.Stream;

/// One field that nobody may change.
///
/// @param path its keys
/// @param content who chooses what stands in it
/// @param condition when nobody may change it
record FixedRule(String path, Content content, Condition condition) {
  /// Who chooses what stands in a field.
  enum Content {
    /// Users alone, so that an entry more or less is another value.
    OF_USERS,
    /// Kubernetes as well, where users leave something open.
    COMPLETED
  }

  /// Decides by the object that is there and the one that is wanted.
  interface Condition {
    boolean holds(Item there, Item wanted);
  }

  static FixedRule always(String path) {
    return new FixedRule(path, Content.COMPLETED, (_, _) -> true);
  }

  /// A field of keys and values that users choose.
  static FixedRule labels(String path) {
    return new FixedRule(path, Content.OF_USERS, (_, _) -> true);
  }

  FixedRule where(Condition other) {
    return new FixedRule(path, content, other);
  }

  /// `immutable: true` seals a ConfigMap or Secret.
  static boolean isSealed(Item there, Item wanted) {
    return there.at("immutable").filter(Boolean.TRUE::equals).isPresent();
  }

  /// The template of a Job that is suspended may change in some parts.
  static boolean isNotSuspended(Item there, Item wanted) {
    return there.at("spec", "suspend").filter(Boolean.TRUE::equals).isEmpty();
  }

  /// A Service that is but another name gives its address up and gets one.
  static boolean hasAddressInCluster(Item there, Item wanted) {
    return Stream.of(there, wanted)
        .noneMatch(
            service -> service.text("spec", "type").filter("ExternalName"::equals).isPresent());
  }

  boolean holds(Item there, Item wanted) {
    return condition.holds(there, wanted);
  }

  boolean isStatedIn(Item object) {
    return object.at(path.split("\\.")).isPresent();
  }

  /// Those of the differences that are in this field.
  List<FieldDrift> among(List<FieldDrift> differences) {
    return differences.stream().filter(drift -> isWithin(drift.path())).toList();
  }

  /// What one object has in this field and the other leaves out, where that means something.
  List<FieldDrift> takenAway(Item there, Item wanted) {
    return content == Content.OF_USERS
        ? among(LiveComparison.between(there, wanted)).stream()
            .filter(drift -> drift.live().isEmpty())
            .toList()
        : List.of();
  }

  /// Whether a difference to the live object is one for sure.
  boolean counts(FieldDrift difference) {
    return content == Content.OF_USERS || difference.live().isPresent();
  }

  private boolean isWithin(String other) {
    return other.startsWith(path)
        && (other.length() == path.length() || ".[,".indexOf(other.charAt(path.length())) >= 0);
  }
}
