// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where in an object a value stands, which decides when two values are the same there.
///
/// @param steps keys, and names of entries in brackets
record Place(String kind, List<String> steps) {
  private static final Set<String> WITH_QUANTITIES =
      Set.of(
          "requests",
          "limits",
          "hard",
          "capacity",
          "default",
          "defaultRequest",
          "min",
          "max",
          "maxLimitRequestRatio",
          "podFixed");
  private static final Set<String> QUANTITIES = Set.of("sizeLimit", "averageValue", "divisor");
  private static final Set<String> OF_USERS =
      Set.of("labels", "annotations", "data", "matchLabels", "nodeSelector", "selector");

  /// What controllers write over, whatever a chart has there; `<<` only merges maps in YAML.
  private static final Set<String> FILLED_IN = Set.of("caBundle", "<<");

  /// Zero means here that Kubernetes chooses.
  private static final Set<String> CHOSEN_FOR_ZERO =
      Set.of(
          "nodePort",
          "healthCheckNodePort",
          "targetPort",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold");

  Place {
    steps = List.copyOf(steps);
  }

  Place at(String key) {
    return new Place(kind, Stream.concat(steps.stream(), Stream.of(key)).toList());
  }

  Place entry(String name) {
    return at("[" + name + "]");
  }

  /// The last step; empty for the object itself.
  String name() {
    return steps.isEmpty() ? "" : steps.getLast();
  }

  String path() {
    return String.join(".", steps).replace(".[", "[");
  }

  /// Whether a value that is in the cluster is the one that the manifest sets.
  boolean sameScalar(Object wanted, Object live) {
    return text(wanted).equals(text(live))
        || OldYaml.same(wanted, live)
        || isLeftToKubernetes(wanted)
        || quantities(wanted, live).isPresent();
  }

  /// Base64 has no line breaks in the cluster.
  private String text(Object value) {
    return switch (value) {
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
      case String text when parent().equals("binaryData") -> text.replaceAll("\\s", "");
      default -> String.valueOf(value);
    };
  }

  /// Whether a value sets nothing, so that the cluster may have any.
  boolean setsNothing(@Nullable Object wanted) {
    return wanted == null || FILLED_IN.contains(name()) || (!isOfUsers() && OldYaml.isNull(wanted));
  }

  /// Whether a value need not stand in the cluster, although it is set.
  boolean mayBeAbsent(Object wanted) {
    return !isOfUsers() && OldYaml.isFalse(wanted);
  }

  /// An empty text or zero where Kubernetes then takes its default. Among keys that users choose an
  /// empty text is a value.
  private boolean isLeftToKubernetes(Object wanted) {
    return (wanted.equals("") && !isOfUsers())
        || (wanted instanceof Number number
            && number.doubleValue() == 0
            && CHOSEN_FOR_ZERO.contains(name()));
  }

  private boolean isOfUsers() {
    return name().equals("value") || name().startsWith("[") || OF_USERS.contains(parent());
  }

  /// The two as one amount. A volume that has grown never shrinks again, so more is as good there.
  private Optional<BigDecimal> quantities(Object wanted, Object live) {
    if (!WITH_QUANTITIES.contains(parent()) && !QUANTITIES.contains(name()) && !isMetricValue()) {
      return Optional.empty();
    }
    try {
      BigDecimal least = Quantity.parse(text(wanted)).getNumericalAmount();
      BigDecimal there = Quantity.parse(text(live)).getNumericalAmount();
      boolean grows = kind.equals("PersistentVolumeClaim");
      int order = there.compareTo(least);
      return order == 0 || (grows && order > 0) ? Optional.of(there) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no quantity, so the texts decide
    }
  }

  private boolean isMetricValue() {
    return kind.equals("HorizontalPodAutoscaler") && name().equals("value");
  }

  private String parent() {
    return steps.size() < 2 ? "" : steps.get(steps.size() - 2);
  }
}
