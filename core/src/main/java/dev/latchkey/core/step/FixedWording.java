// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.FixedObject.FixedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The sentences of [StepProblem.FieldsFixed].
final class FixedWording {
  private static final int FIELDS_MAX = 6;
  private static final String CLAIM = "PersistentVolumeClaim";

  private FixedWording() {}

  static Text of(StepProblem.FieldsFixed problem) {
    List<FixedObject> objects = problem.objects();
    return new Text(
        what(objects),
        seen(objects),
        "Only a new object can have other values there. The release is not written: what runs goes"
            + " on."
            + (touchesSelector(objects)
                ? " A selector should hold only labels that no version changes."
                : ""),
        next(objects));
  }

  private static String what(List<FixedObject> objects) {
    FixedObject first = objects.getFirst();
    String name = "the %s `%s`".formatted(first.kind(), first.name());
    return switch (objects.size()) {
      case 1 -> "The chart changes what Kubernetes lets nobody change in " + name + ".";
      default ->
          "The chart changes what Kubernetes lets nobody change in %d objects, such as %s."
              .formatted(objects.size(), name);
    };
  }

  private static List<String> seen(List<FixedObject> objects) {
    var seen = new ArrayList<String>();
    int fields = 0;
    for (FixedObject object : objects) {
      for (FixedField field : object.fields()) {
        if (++fields <= FIELDS_MAX) {
          seen.add("field    %s %s".formatted(object.title(), field.path()));
          seen.add("cluster  " + field.live().orElse("(none)"));
          seen.add("chart    " + field.wanted().orElse("(none)"));
        }
      }
    }
    if (fields > FIELDS_MAX) {
      seen.add("more     %d fields".formatted(fields - FIELDS_MAX));
    }
    return seen;
  }

  private static boolean touchesSelector(List<FixedObject> objects) {
    return objects.stream()
        .flatMap(object -> object.fields().stream())
        .anyMatch(field -> field.path().startsWith("spec.selector"));
  }

  /// A claim takes its data with it, so nobody is told to delete one.
  private static String next(List<FixedObject> objects) {
    String keep = "leave these fields in the chart as they are in the cluster";
    if (objects.stream().anyMatch(object -> object.kind().equals(CLAIM))) {
      return keep + ", or give the object another name there; deleting a claim deletes its data";
    }
    return keep
        + "; or, once and where the object may be gone for a moment, "
        + objects.stream().map(FixedWording::delete).collect(Collectors.joining(" && "))
        + ", then deploy again";
  }

  /// The pods of a StatefulSet go on without it, and the next one takes them over.
  private static String delete(FixedObject object) {
    return "kubectl delete %s %s%s%s"
        .formatted(
            object.kind().toLowerCase(Locale.ROOT),
            object.name(),
            object.namespace().map(" --namespace "::concat).orElse(""),
            object.kind().equals("StatefulSet") ? " --cascade=orphan" : "");
  }
}
