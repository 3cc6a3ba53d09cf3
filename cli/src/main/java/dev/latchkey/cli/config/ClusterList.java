// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What stands under `clusters`: clusters by name, and selections of Azure's.
///
/// @param items in the order of the file
record ClusterList(List<Item> items) {
  private static final Comparator<ResourceId> BY_NAME =
      Comparator.comparing((ResourceId id) -> Names.folded(id.name()))
          .thenComparing(ResourceId::key);

  /// An entry of the list.
  sealed interface Item {
    /// A cluster by its name.
    record Listed(ClusterEntry entry) implements Item {}

    /// Those of Azure's clusters that fit.
    record Selected(ClusterSelect select) implements Item {}
  }

  static ClusterList read(Section top, Complaints complaints) {
    top.required("clusters");
    List<Value> written = top.list("clusters").orElse(List.of());
    var entries = new IdentityHashMap<Value, ClusterEntry>();
    for (Value item : written) {
      if (!SelectReader.isOne(item)) {
        ClusterEntry.of(item, top.value("subscription"), complaints)
            .ifPresent(entry -> entries.put(item, entry));
      }
    }
    var reader = new SelectReader(top, List.copyOf(entries.values()), complaints);
    List<Item> items = new ArrayList<>();
    for (Value item : written) {
      if (SelectReader.isOne(item)) {
        items.add(new Item.Selected(reader.read(item)));
      } else if (entries.containsKey(item)) {
        items.add(new Item.Listed(entries.get(item)));
      }
    }
    return new ClusterList(List.copyOf(items));
  }

  List<ClusterEntry> listed() {
    return items.stream()
        .flatMap(
            item ->
                switch (item) {
                  case Item.Listed(var entry) -> Stream.of(entry);
                  case Item.Selected _ -> Stream.empty();
                })
        .toList();
  }

  List<ClusterSelect> selects() {
    return items.stream()
        .flatMap(
            item ->
                switch (item) {
                  case Item.Listed _ -> Stream.empty();
                  case Item.Selected(var select) -> Stream.of(select);
                })
        .toList();
  }

  /// All subscriptions in which clusters are, or are looked for; in lower case.
  List<String> subscriptions() {
    return Stream.concat(
            listed().stream().map(ClusterEntry::subscription).map(Names::folded),
            selects().stream().flatMap(select -> select.subscriptions().stream()))
        .filter(subscription -> !Names.isLost(subscription))
        .distinct()
        .toList();
  }

  /// The clusters of the fleet, once Azure's are known: each selection's in the place of its entry,
  /// sorted by name. A cluster that is listed keeps the settings of its own entry.
  List<ClusterEntry> with(List<ObservedCluster> found, Complaints complaints) {
    Set<ResourceId> taken = new HashSet<>();
    listed().stream().filter(ClusterEntry::isComplete).map(ClusterEntry::id).forEach(taken::add);
    Map<ResourceId, ClusterSelect> owners = new HashMap<>();
    List<ClusterEntry> all = new ArrayList<>();
    for (Item item : items) {
      switch (item) {
        case Item.Listed(var entry) -> all.add(entry);
        case Item.Selected(var select) ->
            found.stream()
                .filter(select::takes)
                .map(ObservedCluster::id)
                .filter(id -> !taken.contains(id))
                .sorted(BY_NAME)
                .filter(id -> isFirst(id, select, owners, complaints))
                .map(select::entry)
                .forEach(all::add);
      }
    }
    return all;
  }

  private static boolean isFirst(
      ResourceId id,
      ClusterSelect select,
      Map<ResourceId, ClusterSelect> owners,
      Complaints complaints) {
    var owner = Optional.ofNullable(owners.putIfAbsent(id, select));
    owner
        .filter(first -> !first.agrees(select))
        .ifPresent(
            first ->
                complaints.add(
                    new ConfigProblem.SelectedTwice(select.spot(), id.name(), first.spot())));
    return owner.isEmpty();
  }
}
