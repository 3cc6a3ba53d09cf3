// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares an object of a manifest with the one that lives in a cluster, as an upgrade by Helm
/// would: only what the manifest sets counts, and what it leaves open may be anything.
///
/// Entries of a list that have a name of their own are found by it, in any order and among others;
/// other lists must be the same from end to end. Both objects are compared with digests in the
/// place of values that may be secrets.
public final class LiveComparison {
  private static final List<String> OF_METADATA = List.of("labels", "annotations");
  private static final List<String> NOT_SETTINGS =
      List.of("apiVersion", "kind", "metadata", "status");

  private final List<FieldDrift> found = new ArrayList<>();

  private LiveComparison() {}

  /// The fields that differ, in the order of their names.
  public static List<FieldDrift> between(Item wanted, Item live) {
    var comparison = new LiveComparison();
    var place = new Place(wanted.kind(), List.of());
    comparison.map(place, settings(wanted), settings(live));
    return List.copyOf(comparison.found);
  }

  private static Map<String, Object> settings(Item object) {
    Map<String, Object> settings = new TreeMap<>(ShownObjects.masked(SecretData.joined(object)));
    Object metadata = settings.get("metadata");
    NOT_SETTINGS.forEach(settings::remove);
    if (metadata instanceof Map<?, ?> map) {
      var compared = new TreeMap<String, Object>();
      OF_METADATA.forEach(
          name -> Optional.ofNullable(map.get(name)).ifPresent(part -> compared.put(name, part)));
      settings.put("metadata", compared);
    }
    return settings;
  }

  private void value(Place place, @Nullable Object wanted, @Nullable Object live) {
    if (place.setsNothing(wanted)) {
      return;
    }
    switch (wanted) {
      case null -> {}
      case Map<?, ?> map when live instanceof Map<?, ?> there -> map(place, map, there);
      case List<?> list when live instanceof List<?> there -> list(place, list, there);
      case Map<?, ?> _, List<?> _ -> whole(place, wanted, live);
      default -> {
        boolean same =
            live == null
                ? isNothing(wanted) || place.mayBeAbsent(wanted)
                : place.sameScalar(wanted, live);
        if (!same) {
          whole(place, wanted, live);
        }
      }
    }
  }

  private void map(Place place, Map<?, ?> wanted, Map<?, ?> live) {
    wanted.forEach((key, value) -> value(place.at(String.valueOf(key)), value, live.get(key)));
  }

  private void list(Place place, List<?> wanted, List<?> live) {
    if (wanted.isEmpty()) {
      return;
    }
    Optional<ListKey> key = ListKey.of(place.name(), wanted);
    if (key.isPresent()) {
      wanted.forEach(entry -> named(place, key.get(), entry, live));
    } else if (wanted.size() == live.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        value(place.entry(Integer.toString(i)), wanted.get(i), live.get(i));
      }
    } else {
      whole(place, wanted, live);
    }
  }

  /// Where several entries have one name the likest counts: Kubernetes allows, for instance, one
  /// port for TCP and for UDP.
  private void named(Place place, ListKey key, Object wanted, List<?> live) {
    Place entry = place.entry(key.of(wanted));
    List<List<FieldDrift>> candidates =
        live.stream()
            .filter(other -> key.of(other).equals(key.of(wanted)))
            .map(
                other -> {
                  var comparison = new LiveComparison();
                  comparison.value(entry, wanted, other);
                  return comparison.found;
                })
            .toList();
    if (candidates.isEmpty()) {
      whole(entry, wanted, null);
    } else if (candidates.stream().noneMatch(List::isEmpty)) {
      found.addAll(candidates.getFirst());
    }
  }

  private void whole(Place place, Object wanted, @Nullable Object live) {
    if (live != null || !isNothing(wanted)) {
      found.add(ShownField.of(place.path(), wanted, live));
    }
  }

  /// Whether Kubernetes may leave it out, as it does with most fields that have their type's zero.
  private static boolean isNothing(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> map.values().stream().allMatch(LiveComparison::isNothing);
      case List<?> list -> list.isEmpty();
      case String text -> text.isEmpty();
      case Boolean truth -> !truth;
      case Number number -> number.doubleValue() == 0;
      default -> false;
    };
  }
}
