// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.resource.ManifestObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the objects of a release lose and gain. Holds no value that may be a secret.
///
/// @param objects those that differ, in the order of the newer release; those that go come last
public record ManifestDiff(List<ObjectDiff> objects) {
  public ManifestDiff {
    objects = List.copyOf(objects);
  }

  /// What happens to one object.
  ///
  /// @param object kind and name: `Deployment/orders`
  /// @param lines its changed lines with two around them, each after a blank, `-` or `+`; `…` where
  ///   lines are left out; none for an object that comes or goes
  public record ObjectDiff(String object, Fate fate, List<String> lines) {
    public ObjectDiff {
      lines = List.copyOf(lines);
    }
  }

  /// Whether an object comes, goes or stays.
  public enum Fate {
    /// It is new.
    ADDED("create", "+"),
    /// It goes.
    REMOVED("delete", "-"),
    /// It stays and differs.
    CHANGED("update", "~");

    private final String verb;
    private final String mark;

    Fate(String verb, String mark) {
      this.verb = verb;
      this.mark = mark;
    }

    /// The fate in one word.
    public String verb() {
      return verb;
    }

    /// The fate in one character, as plans have it.
    public String mark() {
      return mark;
    }
  }

  /// Nothing differs.
  public static ManifestDiff none() {
    return new ManifestDiff(List.of());
  }

  /// Compares the objects of two revisions.
  public static ManifestDiff between(List<ManifestObject> before, List<ManifestObject> after) {
    var left = new LinkedHashMap<String, String>();
    before.forEach(object -> left.put(object.title(), object.text()));
    var diffs = new ArrayList<ObjectDiff>();
    for (ManifestObject object : after) {
      String old = left.remove(object.title());
      if (old == null) {
        diffs.add(new ObjectDiff(object.title(), Fate.ADDED, List.of()));
      } else if (!old.equals(object.text())) {
        diffs.add(
            new ObjectDiff(object.title(), Fate.CHANGED, LineDiff.between(old, object.text())));
      }
    }
    for (Map.Entry<String, String> gone : left.entrySet()) {
      diffs.add(new ObjectDiff(gone.getKey(), Fate.REMOVED, List.of()));
    }
    return new ManifestDiff(diffs);
  }

  /// Whether nothing differs.
  public boolean isEmpty() {
    return objects.isEmpty();
  }
}
