// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import dev.latchkey.sandbox.schema.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns what of one object.
record ManagedFields(List<Owned> owners) {
  /// Past this number of writers that do not apply, the oldest become one.
  private static final int UPDATERS_MAX = 10;

  private static final String ANCIENT = "ancient-changes";
  static final ManagedFields NONE = new ManagedFields(List.of());

  private static final Comparator<Owned> ORDER =
      Comparator.<Owned, String>comparing(owned -> owned.manager().operation().word())
          .thenComparing(Owned::time)
          .thenComparing(owned -> owned.manager().name())
          .thenComparing(owned -> owned.manager().apiVersion())
          .thenComparing(owned -> owned.manager().subresource());

  /// What one manager owns.
  ///
  /// @param time when it last changed what it owns
  record Owned(Manager manager, FieldSet fields, String time) {}

  ManagedFields {
    owners = List.copyOf(owners);
  }

  /// What the object says about its owners.
  static ManagedFields of(JsonNode object) {
    var owners = new ArrayList<Owned>();
    for (JsonNode each : Trees.items(Trees.at(object, "metadata", "managedFields"))) {
      if (!Trees.text(each, "operation").isEmpty()) {
        owners.add(owned(each));
      }
    }
    return new ManagedFields(owners);
  }

  private static Owned owned(JsonNode entry) {
    return new Owned(
        new Manager(
            Trees.text(entry, "manager"),
            Manager.Operation.of(Trees.text(entry, "operation")),
            Trees.text(entry, "apiVersion"),
            Trees.text(entry, "subresource")),
        FieldSet.of(entry.path("fieldsV1")),
        Trees.text(entry, "time"));
  }

  /// Whether a client asks to forget all owners: it sends one entry that says nothing.
  static boolean isReset(JsonNode object) {
    JsonNode entries = Trees.at(object, "metadata", "managedFields");
    return entries.isArray()
        && (entries.isEmpty() || (entries.size() == 1 && entries.path(0).isEmpty()));
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  Optional<Owned> of(Manager manager) {
    return owners.stream().filter(owned -> owned.manager().isSame(manager)).findFirst();
  }

  /// All that anybody owns.
  FieldSet all() {
    return owners.stream().map(Owned::fields).reduce(FieldSet.EMPTY, FieldSet::with);
  }

  /// The others of a manager.
  List<Owned> others(Manager manager) {
    return owners.stream().filter(owned -> !owned.manager().isSame(manager)).toList();
  }

  /// Takes fields from all but one manager; who is left with nothing is no owner any more.
  ManagedFields othersChanged(Manager kept, UnaryOperator<FieldSet> change) {
    return new ManagedFields(
        owners.stream()
            .map(
                each ->
                    each.manager().isSame(kept)
                        ? each
                        : new Owned(each.manager(), change.apply(each.fields()), each.time()))
            .filter(each -> !each.fields().isEmpty())
            .toList());
  }

  /// With this manager owning exactly these fields; its time stays when nothing changes for it.
  ManagedFields with(Manager manager, FieldSet fields, String now) {
    String time =
        of(manager).filter(known -> known.fields().equals(fields)).map(Owned::time).orElse(now);
    var all = new ArrayList<>(others(manager));
    if (!fields.isEmpty()) {
      all.add(new Owned(manager, fields, time));
    }
    return new ManagedFields(all);
  }

  /// Writes them into the object.
  void write(ObjectNode object) {
    ObjectNode metadata = Trees.child(object, "metadata");
    metadata.remove("managedFields");
    if (isEmpty()) {
      return;
    }
    ArrayNode entries = metadata.putArray("managedFields");
    for (Owned owned : capped().owners().stream().sorted(ORDER).toList()) {
      Manager manager = owned.manager();
      ObjectNode entry = entries.addObject();
      entry
          .put("manager", manager.name())
          .put("operation", manager.operation().word())
          .put("apiVersion", manager.apiVersion())
          .put("time", owned.time())
          .put("fieldsType", "FieldsV1")
          .set("fieldsV1", owned.fields().shared());
      if (!manager.subresource().isEmpty()) {
        entry.put("subresource", manager.subresource());
      }
    }
  }

  private ManagedFields capped() {
    List<Owned> updaters =
        owners.stream()
            .filter(owned -> owned.manager().operation() == Manager.Operation.UPDATE)
            .sorted(Comparator.comparing(Owned::time))
            .toList();
    if (updaters.size() <= UPDATERS_MAX) {
      return this;
    }
    List<Owned> oldest = updaters.subList(0, updaters.size() - UPDATERS_MAX + 1);
    var kept = new ArrayList<>(owners);
    kept.removeAll(oldest);
    Owned last = oldest.getLast();
    FieldSet all = new ManagedFields(oldest).all();
    var ancient = new Manager(ANCIENT, Manager.Operation.UPDATE, last.manager().apiVersion(), "");
    kept.add(new Owned(ancient, all, last.time()));
    return new ManagedFields(kept);
  }
}
