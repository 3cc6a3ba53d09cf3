// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Column containers = wide("Containers", object -> containers(object, "name"));
    Column images = wide("Images", object -> containers(object, "image"));
    Column selector = wide("Selector", object -> selector(Trees.at(object, "spec", "selector")));
    return switch (kind.name()) {
      case "Pod" ->
          List.of(
              name,
              text("Ready", Tables::ready),
              text("Status", Tables::podStatus),
              text("Restarts", this::restarts),
              age,
              wide("IP", object -> orNone(Trees.text(object, "status", "podIP"))),
              wide("Node", object -> orNone(Trees.text(object, "spec", "nodeName"))),
              wide("Nominated Node", _ -> "<none>"),
              wide("Readiness Gates", _ -> "<none>"));
      case "Deployment" ->
          List.of(
              name,
              text(
                  "Ready",
                  object -> status(object, "readyReplicas") + "/" + spec(object, "replicas")),
              number("Up-to-date", object -> status(object, "updatedReplicas")),
              number("Available", object -> status(object, "availableReplicas")),
              age,
              containers,
              images,
              selector);
      case "ReplicaSet", "ReplicationController" ->
          List.of(
              name,
              number("Desired", object -> spec(object, "replicas")),
              number("Current", object -> status(object, "replicas")),
              number("Ready", object -> status(object, "readyReplicas")),
              age,
              containers,
              images,
              selector);
      case "StatefulSet" ->
          List.of(
              name,
              text(
                  "Ready",
                  object -> status(object, "readyReplicas") + "/" + spec(object, "replicas")),
              age,
              containers,
              images);
      case "DaemonSet" ->
          List.of(
              name,
              number("Desired", object -> status(object, "desiredNumberScheduled")),
              number("Current", object -> status(object, "currentNumberScheduled")),
              number("Ready", object -> status(object, "numberReady")),
              number("Up-to-date", object -> status(object, "updatedNumberScheduled")),
              number("Available", object -> status(object, "numberAvailable")),
              text(
                  "Node Selector",
                  object -> pairs(Trees.at(object, "spec", "template", "spec", "nodeSelector"))),
              age,
              containers,
              images,
              selector);
      case "Job" ->
          List.of(
              name,
              text("Status", Tables::jobStatus),
              text(
                  "Completions",
                  object ->
                      status(object, "succeeded")
                          + "/"
                          + Trees.number(object, 1, "spec", "completions")),
              text("Duration", this::jobDuration),
              age,
              containers,
              images,
              selector);
      case "CronJob" ->
          List.of(
              name,
              text("Schedule", object -> Trees.text(object, "spec", "schedule")),
              text("Timezone", object -> orNone(Trees.text(object, "spec", "timeZone"))),
              text("Suspend", object -> capital(Trees.text(object, "spec", "suspend"))),
              number("Active", object -> (long) Trees.at(object, "status", "active").size()),
              text("Last Schedule", _ -> "<none>"),
              age);
      case "Service" ->
          List.of(
              name,
              text("Type", object -> Trees.text(object, "spec", "type")),
              text("Cluster-IP", object -> orNone(Trees.text(object, "spec", "clusterIP"))),
              text("External-IP", Tables::externalAddress),
              text("Port(s)", Tables::ports),
              age,
              wide("Selector", object -> pairs(Trees.at(object, "spec", "selector"))));
      case "ServiceAccount" ->
          List.of(name, number("Secrets", object -> (long) object.path("secrets").size()), age);
      case "Event" ->
          List.of(
              text("Last Seen", object -> age(Trees.text(object, "lastTimestamp"))),
              text("Type", object -> Trees.text(object, "type")),
              text("Reason", object -> Trees.text(object, "reason")),
              text("Object", Tables::involved),
              wide("Subobject", object -> Trees.text(object, "involvedObject", "fieldPath")),
              wide("Source", object -> Trees.text(object, "source", "component")),
              text("Message", object -> Trees.text(object, "message").strip()),
              wide("First Seen", object -> age(Trees.text(object, "firstTimestamp"))),
              wide("Count", object -> Trees.number(object, 1, "count")),
              wide("Name", object -> Trees.text(object, "metadata", "name")));
      case "Namespace" ->
          List.of(name, text("Status", object -> Trees.text(object, "status", "phase")), age);
      case "Node" ->
          List.of(
              name,
              text("Status", Tables::nodeStatus),
              text("Roles", _ -> "<none>"),
              age,
              text("Version", object -> Trees.text(object, "status", "nodeInfo", "kubeletVersion")),
              wide("Internal-IP", object -> address(object, "InternalIP")),
              wide("External-IP", object -> address(object, "ExternalIP")),
              wide("OS-Image", object -> nodeInfo(object, "osImage")),
              wide("Kernel-Version", object -> nodeInfo(object, "kernelVersion")),
              wide("Container-Runtime", object -> nodeInfo(object, "containerRuntimeVersion")));
      case "PodDisruptionBudget" ->
          List.of(
              name,
              text("Min Available", object -> orNotThere(object, "minAvailable")),
              text("Max Unavailable", object -> orNotThere(object, "maxUnavailable")),
              number("Allowed Disruptions", object -> status(object, "disruptionsAllowed")),
              age);
      case "Secret" ->
          List.of(
              name,
              text("Type", object -> Trees.text(object, "type")),
              number("Data", object -> (long) object.path("data").size()),
              age);
      case "ConfigMap" ->
          List.of(name, number("Data", object -> (long) object.path("data").size()), age);
      case "Role", "ClusterRole" ->
          List.of(
              name,
              text("Created At", object -> Trees.text(object, "metadata", "creationTimestamp")));
      case "RoleBinding", "ClusterRoleBinding" ->
          List.of(
              name,
              text(
                  "Role",
                  object ->
                      Trees.text(object, "roleRef", "kind")
                          + "/"
                          + Trees.text(object, "roleRef", "name")),
              age,
              wide("Users", object -> subjects(object, "User")),
              wide("Groups", object -> subjects(object, "Group")),
              wide("ServiceAccounts", object -> subjects(object, "ServiceAccount")));
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

  private String restarts(JsonNode pod) {
    List<JsonNode> containers = Trees.items(Trees.at(pod, "status", "containerStatuses"));
    long restarts =
        containers.stream().mapToLong(status -> Trees.number(status, 0, "restartCount")).sum();
    String last =
        containers.stream()
            .map(status -> Trees.text(status, "lastState", "terminated", "finishedAt"))
            .max(Comparator.naturalOrder())
            .orElse("");
    return restarts > 0 && !last.isEmpty()
        ? restarts + " (" + age(last) + " ago)"
        : Long.toString(restarts);
  }

  private static String jobStatus(JsonNode job) {
    return Trees.items(Trees.at(job, "status", "conditions")).stream()
        .filter(condition -> Trees.text(condition, "status").equals("True"))
        .map(condition -> Trees.text(condition, "type"))
        .filter(type -> type.equals("Complete") || type.equals("Failed"))
        .findFirst()
        .orElse("Running");
  }

  private String jobDuration(JsonNode job) {
    String from = Trees.text(job, "status", "startTime");
    String to = Trees.text(job, "status", "completionTime");
    if (from.isEmpty()) {
      return "";
    }
    Instant end = to.isEmpty() ? now : Instant.parse(to);
    return words(Duration.between(Instant.parse(from), end));
  }

  private static String externalAddress(JsonNode service) {
    return switch (Trees.text(service, "spec", "type")) {
      case "LoadBalancer" -> "<pending>"; // no address is ever given out
      case "ExternalName" -> Trees.text(service, "spec", "externalName");
      default -> "<none>";
    };
  }

  private static String ports(JsonNode service) {
    String ports =
        Trees.items(Trees.at(service, "spec", "ports")).stream()
            .map(
                port ->
                    Trees.text(port, "port")
                        + (port.has("nodePort") ? ":" + Trees.text(port, "nodePort") : "")
                        + "/"
                        + Trees.text(port, "protocol"))
            .collect(Collectors.joining(","));
    return orNone(ports);
  }

  private static String nodeStatus(JsonNode node) {
    boolean ready =
        Trees.items(Trees.at(node, "status", "conditions")).stream()
            .anyMatch(
                condition ->
                    Trees.text(condition, "type").equals("Ready")
                        && Trees.text(condition, "status").equals("True"));
    boolean closed = Trees.at(node, "spec", "unschedulable").booleanValue(false);
    return (ready ? "Ready" : "NotReady") + (closed ? ",SchedulingDisabled" : "");
  }

  private static String nodeInfo(JsonNode node, String field) {
    String text = Trees.text(node, "status", "nodeInfo", field);
    return text.isEmpty() ? "<unknown>" : text;
  }

  private static String address(JsonNode node, String type) {
    return orNone(
        Trees.items(Trees.at(node, "status", "addresses")).stream()
            .filter(address -> Trees.text(address, "type").equals(type))
            .map(address -> Trees.text(address, "address"))
            .findFirst()
            .orElse(""));
  }

  private static String orNotThere(JsonNode object, String field) {
    String text = Trees.text(object, "spec", field);
    return text.isEmpty() ? "N/A" : text;
  }

  private static String subjects(JsonNode binding, String kind) {
    return Trees.items(binding.path("subjects")).stream()
        .filter(subject -> Trees.text(subject, "kind").equals(kind))
        .map(
            subject ->
                kind.equals("ServiceAccount")
                    ? Trees.text(subject, "namespace") + "/" + Trees.text(subject, "name")
                    : Trees.text(subject, "name"))
        .collect(Collectors.joining(", "));
  }

  /// A selector of labels; expressions as kubectl writes them.
  private static String selector(JsonNode selector) {
    JsonNode labels = selector.has("matchLabels") ? selector.path("matchLabels") : selector;
    Stream<String> equal =
        Trees.texts(labels).entrySet().stream()
            .filter(each -> !each.getKey().equals("matchExpressions"))
            .map(each -> each.getKey() + "=" + each.getValue());
    Stream<String> expressions =
        Trees.items(selector.path("matchExpressions")).stream().map(Tables::expression);
    return orNone(Stream.concat(equal, expressions).sorted().collect(Collectors.joining(",")));
  }

  private static String expression(JsonNode expression) {
    String key = Trees.text(expression, "key");
    String values =
        Trees.items(expression.path("values")).stream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(","));
    String operator = Trees.text(expression, "operator");
    return switch (operator) {
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      default -> key + " " + operator.toLowerCase(Locale.ROOT) + " (" + values + ")";
    };
  }

  private static String pairs(JsonNode texts) {
    return orNone(
        Trees.texts(texts).entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .sorted()
            .collect(Collectors.joining(",")));
  }

  private static String capital(String truth) {
    return truth.equals("true") ? "True" : "False";
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
