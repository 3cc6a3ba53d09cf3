// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The columns that `kubectl get` shows, as of a moment.
final class Tables {
  private record Column(String name, String type, int priority, Function<JsonNode, Object> cell) {}

  private final Instant now;

  Tables(Instant now) {
    this.now = now;
  }

  /// The objects as a `Table` that carries their metadata.
  ObjectNode of(Kind kind, List<ObjectNode> objects, String include) {
    List<Column> columns = columns(kind);
    ObjectNode table = Trees.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata");
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", column.name())
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.addPOJO(column.cell().apply(object)));
      addObject(row, object, include);
    }
    return table;
  }

  private static void addObject(ObjectNode row, ObjectNode object, String include) {
    switch (include) {
      case "None" -> row.putNull("object");
      case "Object" -> row.set("object", object);
      default -> {
        ObjectNode partial = row.putObject("object");
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
      }
    }
  }

  private List<Column> columns(Kind kind) {
    Column name = text("Name", object -> Trees.text(object, "metadata", "name"));
    Column age = text("Age", object -> age(Trees.text(object, "metadata", "creationTimestamp")));
    return switch (kind.name()) {
      case "Pod" ->
          List.of(
              name,
              text("Ready", Tables::ready),
              text("Status", Tables::podStatus),
              text("Restarts", Tables::restarts),
              age,
              wide("IP", object -> orNone(Trees.text(object, "status", "podIP"))),
              wide("Node", object -> orNone(Trees.text(object, "spec", "nodeName"))));
      case "Deployment" ->
          List.of(
              name,
              text(
                  "Ready",
                  object -> status(object, "readyReplicas") + "/" + spec(object, "replicas")),
              number("Up-to-date", object -> status(object, "updatedReplicas")),
              number("Available", object -> status(object, "availableReplicas")),
              age,
              wide("Containers", object -> containers(object, "name")),
              wide("Images", object -> containers(object, "image")));
      case "ReplicaSet" ->
          List.of(
              name,
              number("Desired", object -> spec(object, "replicas")),
              number("Current", object -> status(object, "replicas")),
              number("Ready", object -> status(object, "readyReplicas")),
              age,
              wide("Containers", object -> containers(object, "name")),
              wide("Images", object -> containers(object, "image")));
      case "Event" ->
          List.of(
              text("Last Seen", object -> age(Trees.text(object, "lastTimestamp"))),
              text("Type", object -> Trees.text(object, "type")),
              text("Reason", object -> Trees.text(object, "reason")),
              text("Object", Tables::involved),
              text("Message", object -> Trees.text(object, "message").strip()));
      case "Namespace" ->
          List.of(name, text("Status", object -> Trees.text(object, "status", "phase")), age);
      case "Secret" ->
          List.of(
              name,
              text("Type", object -> Trees.text(object, "type")),
              number("Data", object -> (long) object.path("data").size()),
              age);
      case "ConfigMap" ->
          List.of(name, number("Data", object -> (long) object.path("data").size()), age);
      default -> List.of(name, age);
    };
  }

  private static Column text(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", 0, cell);
  }

  private static Column wide(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "string", 1, cell);
  }

  private static Column number(String name, Function<JsonNode, Object> cell) {
    return new Column(name, "integer", 0, cell);
  }

  private static long spec(JsonNode object, String field) {
    return Trees.number(object, 0, "spec", field);
  }

  private static long status(JsonNode object, String field) {
    return Trees.number(object, 0, "status", field);
  }

  private static String containers(JsonNode object, String field) {
    return Trees.items(Trees.at(object, "spec", "template", "spec", "containers")).stream()
        .map(container -> Trees.text(container, field))
        .collect(Collectors.joining(","));
  }

  private static String involved(JsonNode event) {
    return Trees.text(event, "involvedObject", "kind").toLowerCase(Locale.ROOT)
        + "/"
        + Trees.text(event, "involvedObject", "name");
  }

  private static String ready(JsonNode pod) {
    long ready =
        Trees.items(Trees.at(pod, "status", "containerStatuses")).stream()
            .filter(status -> status.path("ready").booleanValue(false))
            .count();
    return ready + "/" + Trees.at(pod, "spec", "containers").size();
  }

  private static Object restarts(JsonNode pod) {
    long restarts =
        Trees.items(Trees.at(pod, "status", "containerStatuses")).stream()
            .mapToLong(status -> Trees.number(status, 0, "restartCount"))
            .sum();
    return Long.toString(restarts);
  }

  /// The most telling word: what a container waits for or ended with, else the phase.
  private static String podStatus(JsonNode pod) {
    if (pod.path("metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    for (JsonNode status : Trees.items(Trees.at(pod, "status", "containerStatuses"))) {
      String waiting = Trees.text(status, "state", "waiting", "reason");
      if (!waiting.isEmpty()) {
        return waiting;
      }
      String ended = Trees.text(status, "state", "terminated", "reason");
      if (!ended.isEmpty()) {
        return ended;
      }
    }
    String reason = Trees.text(pod, "status", "reason");
    return reason.isEmpty() ? Trees.text(pod, "status", "phase") : reason;
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private String age(String timestamp) {
    try {
      return words(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeParseException e) {
      return "<unknown>";
    }
  }

  /// A duration as kubectl writes it: two units while the second one still tells something.
  static String words(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = hours / 24;
    return days < 8 && hours % 24 != 0 ? days + "d" + hours % 24 + "h" : days + "d";
  }
}
