// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import dev.latchkey.sandbox.schema.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A set of paths into an object, as a tree.
///
/// The steps of a path are written as in `fieldsV1`: `f:name` for a field, `k:{…}` for an element
/// with these keys, `v:…` for an element of this value.
///
/// @see <a
///   href="https://github.com/kubernetes-sigs/structured-merge-diff/tree/master/fieldpath">fieldpath</a>
record FieldSet(SortedMap<String, Node> nodes) {
  static final FieldSet EMPTY = new FieldSet(Collections.emptySortedMap());
  static final Node LEAF = new Node(true, EMPTY);

  private static final int SHARED_MAX = 10_000;
  private static final Map<FieldSet, ObjectNode> SHARED = new ConcurrentHashMap<>();

  /// One step: whether the path that ends here is in the set, and what lies below.
  record Node(boolean isMember, FieldSet below) {
    private static final Node NOTHING = new Node(false, EMPTY);

    boolean isNothing() {
      return !isMember && below.isEmpty();
    }

    Node asMember() {
      return new Node(true, below);
    }
  }

  private interface Rule {
    boolean isMember(boolean first, boolean second);
  }

  /// A set of nodes, those left out that hold nothing.
  static FieldSet of(Map<String, Node> nodes) {
    var kept = new TreeMap<>(nodes);
    kept.values().removeIf(Node::isNothing);
    return kept.isEmpty() ? EMPTY : new FieldSet(Collections.unmodifiableSortedMap(kept));
  }

  /// The set of one path.
  static FieldSet ofPath(List<String> path) {
    Node node = LEAF;
    for (String step : path.reversed().subList(0, path.size() - 1)) {
      node = new Node(false, of(Map.of(step, node)));
    }
    return of(Map.of(path.getFirst(), node));
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  FieldSet with(FieldSet other) {
    return combined(other, (first, second) -> first || second);
  }

  FieldSet without(FieldSet other) {
    return combined(other, (first, second) -> first && !second);
  }

  FieldSet inBoth(FieldSet other) {
    return combined(other, (first, second) -> first && second);
  }

  /// Without this field of the object itself and all below it.
  FieldSet withoutField(String name) {
    var rest = new TreeMap<>(nodes);
    rest.remove("f:" + name);
    return of(rest);
  }

  private FieldSet combined(FieldSet other, Rule rule) {
    var steps = new TreeSet<>(nodes.keySet());
    steps.addAll(other.nodes.keySet());
    var result = new TreeMap<String, Node>();
    for (String step : steps) {
      Node first = at(step);
      Node second = other.at(step);
      result.put(
          step,
          new Node(
              rule.isMember(first.isMember(), second.isMember()),
              first.below().combined(second.below(), rule)));
    }
    return of(result);
  }

  Node at(String step) {
    return nodes.getOrDefault(step, Node.NOTHING);
  }

  /// All paths in the set, in their order.
  List<List<String>> paths() {
    var paths = new ArrayList<List<String>>();
    collect(List.of(), paths);
    return paths;
  }

  private void collect(List<String> before, List<List<String>> paths) {
    nodes.forEach(
        (step, node) -> {
          var path = new ArrayList<>(before);
          path.add(step);
          if (node.isMember()) {
            paths.add(path);
          }
          node.below().collect(path, paths);
        });
  }

  /// The form of `fieldsV1`, not to be changed: equal sets may share one tree, as those of the same
  /// objects in many clusters do.
  ObjectNode shared() {
    return SHARED.size() < SHARED_MAX
        ? SHARED.computeIfAbsent(this, FieldSet::json)
        : SHARED.getOrDefault(this, json());
  }

  private ObjectNode json() {
    ObjectNode json = Trees.object();
    nodes.forEach(
        (step, node) -> {
          ObjectNode below = node.below().json();
          if (node.isMember() && !below.isEmpty()) {
            ObjectNode self = Trees.object();
            self.putObject(".");
            below = self.setAll(below);
          }
          json.set(step, below);
        });
    return json;
  }

  /// Reads the form of `fieldsV1`.
  static FieldSet of(JsonNode json) {
    var nodes = new TreeMap<String, Node>();
    for (var each : json.properties()) {
      if (!each.getKey().equals(".")) {
        JsonNode below = each.getValue();
        nodes.put(each.getKey(), new Node(below.isEmpty() || below.has("."), of(below)));
      }
    }
    return of(nodes);
  }
}
