// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Field;
import dev.latchkey.cli.config.Value.Mapping;
import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.core.resource.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One entry of `clusters`, with what must be known of all of them before any can be resolved.
///
/// @param section its keys
/// @param name Azure's name
/// @param shortName what the fleet calls it
record ClusterEntry(
    Section section, String name, String resourceGroup, String subscription, String shortName) {
  /// The entry; empty when it is none, which is then complained about.
  static Optional<ClusterEntry> of(
      Value item, Optional<Value> defaultSubscription, Complaints complaints) {
    return item instanceof Scalar scalar
        ? written(scalar, defaultSubscription, complaints)
        : Optional.of(entry(item, defaultSubscription, complaints));
  }

  /// `group/name` or `subscription/group/name`, as a variable holds it.
  private static Optional<ClusterEntry> written(
      Scalar scalar, Optional<Value> defaultSubscription, Complaints complaints) {
    var text = Section.text(scalar, complaints);
    if (text.isLost()) {
      return Optional.empty();
    }
    var parts = List.of(text.text().split("/", -1));
    if (parts.size() < 2 || parts.size() > 3 || parts.contains("")) {
      complaints.add(new ConfigProblem.EntryNotCluster(text.spot(), text.text()));
      return Optional.empty();
    }
    var fields = new LinkedHashMap<String, Field>();
    var keys = List.of("subscription", "resourceGroup", "name");
    int skipped = keys.size() - parts.size();
    for (int i = 0; i < parts.size(); i++) {
      String key = keys.get(i + skipped);
      var value = Scalar.text(text.spot().key(key, text.spot().place()), parts.get(i));
      fields.put(key, new Field(text.spot(), value));
    }
    var mapping = new Mapping(text.spot(), fields);
    return Optional.of(entry(mapping, defaultSubscription, complaints));
  }

  private static ClusterEntry entry(
      Value item, Optional<Value> defaultSubscription, Complaints complaints) {
    var section = Section.of(item, Keys.CLUSTER, complaints);
    if (!(item instanceof Mapping)) {
      return new ClusterEntry(section, Names.LOST, Names.LOST, Names.LOST, Names.LOST);
    }
    String name = section.name("name", NameRule.CLUSTER);
    String group = section.name("resourceGroup", NameRule.RESOURCE_GROUP);
    String subscription =
        section
            .value("subscription")
            .or(() -> defaultSubscription)
            .or(() -> section.required("subscription"))
            .map(value -> Section.text(value, complaints))
            .map(text -> Names.checked(text, NameRule.SUBSCRIPTION, complaints))
            .orElse(Names.LOST);
    String shortName = section.optionalName("as", NameRule.CLUSTER).orElse(name);
    return new ClusterEntry(section, name, group, subscription, shortName);
  }

  /// Stands for a cluster where the file has none, so that its defaults are checked nevertheless.
  static ClusterEntry none(Complaints complaints) {
    var section = new Section(new Mapping(Spot.written(Place.whole(""), ""), Map.of()), complaints);
    return new ClusterEntry(section, Names.LOST, Names.LOST, Names.LOST, Names.LOST);
  }

  Spot spot() {
    return section.spot();
  }

  /// Whether a selection found it.
  boolean isFound() {
    return section.value("select").isPresent();
  }

  ResourceId id() {
    return ResourceId.cluster(subscription, resourceGroup, name);
  }

  boolean isComplete() {
    return !Names.isLost(name) && !Names.isLost(resourceGroup) && !Names.isLost(subscription);
  }
}
