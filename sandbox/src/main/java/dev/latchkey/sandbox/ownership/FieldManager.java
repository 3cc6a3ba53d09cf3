// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.Value;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Keeps `managedFields` at each write, and lays an applied configuration over an object.
///
/// @param now the time that changed entries carry
public record FieldManager(Kind kind, Manager manager, String now) {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /// Only these fields are nobody's: they say which object it is.
  private static final FieldSet IDENTITY =
      FieldSet.of(
          JsonMapper.shared()
              .readTree(
                  """
                  {"f:apiVersion":{},"f:kind":{},"f:metadata":{".":{},"f:name":{},"f:namespace":{},
                  "f:creationTimestamp":{},"f:selfLink":{},"f:uid":{},"f:generation":{},
                  "f:managedFields":{},"f:resourceVersion":{}}}
                  """));

  /// Whether fields of others are taken.
  public enum Force {
    YES,
    NO
  }

  /// Writes into a new or changed object who owns it.
  ///
  /// @param before the object as it is; without anything when it is new
  public void update(ObjectNode before, ObjectNode after) {
    boolean reset = manager.subresource().isEmpty() && ManagedFields.isReset(after);
    ManagedFields known = reset ? ManagedFields.NONE : known(before, after);
    boolean fresh = Trees.text(before, "metadata", "uid").isEmpty();
    ManagedFields.NONE.write(after);
    if (known.isEmpty() && !fresh) {
      return; // nobody is tracked until somebody applies
    }
    Comparison change = change(before, after);
    FieldSet own = known.of(manager).map(ManagedFields.Owned::fields).orElse(FieldSet.EMPTY);
    FieldSet owned = own.without(change.removed()).with(change.written()).without(IDENTITY);
    taken(known, change).with(manager, owned, now).write(after);
  }

  private ManagedFields known(ObjectNode before, ObjectNode after) {
    ManagedFields said = ManagedFields.of(after);
    boolean foreign = !manager.subresource().isEmpty() || said.isEmpty();
    return foreign ? ManagedFields.of(before) : said;
  }

  /// What all others keep after a change.
  private ManagedFields taken(ManagedFields known, Comparison change) {
    return known.othersChanged(
        manager, fields -> fields.without(change.written()).without(change.removed()));
  }

  private Comparison change(ObjectNode before, ObjectNode after) {
    Comparison change = Comparison.of(kind.type(), before, after);
    return manager.subresource().isEmpty() ? change.withoutField("status") : change;
  }

  /// The object with the configuration laid over it, what its manager applied before and does not
  /// any more taken out, and its owners; or [Conflicts].
  ///
  /// @param before the object as it is; with its identity alone when it is new
  public ObjectNode apply(ObjectNode before, ObjectNode config, Force force) {
    try {
      return laidOver(before, config, force);
    } catch (Conflicts conflicts) {
      if (manager.name().equals("kubectl") && areOnlyWithItself(before, conflicts)) {
        return laidOver(before, config, Force.YES);
      }
      throw conflicts;
    }
  }

  private ObjectNode laidOver(ObjectNode before, ObjectNode config, Force force) {
    Value type = kind.type();
    ManagedFields known = known(before);
    FieldSet last = known.of(manager).map(ManagedFields.Owned::fields).orElse(FieldSet.EMPTY);
    FieldSet wanted = scoped(Typed.fields(type, config).without(IDENTITY));
    ManagedFields owners = known.with(manager, wanted, now);
    ObjectNode live = before.deepCopy();
    ManagedFields.NONE.write(live);
    JsonNode merged = Typed.merged(type, live, config);
    ObjectNode after = (ObjectNode) Typed.without(type, merged, given(type, last, owners));
    if (manager.subresource().isEmpty()) {
      restoreStatus(live, after);
    }
    Comparison change = change(live, after);
    if (force == Force.NO) {
      refuse(owners, change);
    }
    taken(owners, change).write(after);
    return after;
  }

  /// What a manager can write at all: the status, or all but the status.
  private FieldSet scoped(FieldSet fields) {
    return manager.subresource().isEmpty()
        ? fields.withoutField("status")
        : fields.withoutField("spec").withoutField("metadata");
  }

  /// What was applied before, and nobody owns any more.
  private static FieldSet given(Value type, FieldSet last, ManagedFields owners) {
    return Typed.withNamedFields(type, last).without(Typed.withNamedFields(type, owners.all()));
  }

  /// Fields that were there before anybody applied belong to one who stands for all.
  private ManagedFields known(ObjectNode before) {
    ManagedFields known = ManagedFields.of(before);
    boolean fresh = Trees.text(before, "metadata", "uid").isEmpty();
    if (!known.isEmpty() || fresh) {
      return known;
    }
    var all =
        new Manager(Manager.BEFORE_FIRST_APPLY, Manager.Operation.UPDATE, kind.apiVersion(), "");
    FieldSet fields = Typed.fields(kind.type(), before).without(IDENTITY);
    return known.with(all, fields.withoutField("status"), now);
  }

  private static void restoreStatus(ObjectNode live, ObjectNode after) {
    after.remove("status");
    Optional.ofNullable(live.get("status"))
        .ifPresent(status -> after.set("status", status.deepCopy()));
  }

  private void refuse(ManagedFields owners, Comparison change) {
    List<Conflicts.Conflict> conflicts =
        owners.others(manager).stream()
            .flatMap(
                owned ->
                    owned.fields().inBoth(change.written()).paths().stream()
                        .map(path -> conflict(owned.manager(), path)))
            .toList();
    if (!conflicts.isEmpty()) {
      throw new Conflicts(conflicts);
    }
  }

  private static Conflicts.Conflict conflict(Manager manager, List<String> path) {
    return new Conflicts.Conflict(manager.shown(), Steps.shown(path));
  }

  /// Whether all that is in the way was written by the same person in the other way of applying: it
  /// stands, with the same value, in the annotation that `kubectl apply` leaves.
  private boolean areOnlyWithItself(ObjectNode before, Conflicts conflicts) {
    String text = Trees.text(before, "metadata", "annotations", LAST_APPLIED);
    if (text.isEmpty()) {
      return false;
    }
    JsonNode last = JsonMapper.shared().readTree(text);
    Comparison since = Comparison.of(kind.type(), last, before);
    FieldSet unchanged =
        Typed.fields(kind.type(), last).without(since.written()).without(since.removed());
    List<String> own = unchanged.paths().stream().map(Steps::shown).toList();
    return conflicts.all().stream().map(Conflicts.Conflict::field).allMatch(own::contains);
  }
}
