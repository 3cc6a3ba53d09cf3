// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All groups with all of their types in one answer, for clients that ask so: kubectl and Helm do,
/// and ask for each group by itself only where a server cannot.
///
/// Source: <https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery>.
final class AggregatedDiscovery {
  private static final Pattern WANTED =
      Pattern.compile("g=apidiscovery\\.k8s\\.io;v=(v2|v2beta1);as=APIGroupDiscoveryList");

  private AggregatedDiscovery() {}

  /// The types behind `/api` or `/apis`; empty when the client does not ask for them in this form.
  static Optional<Answer> of(Ask ask, String root) {
    Matcher wanted = WANTED.matcher(ask.header("accept").orElse(""));
    if (!wanted.find()) {
      return Optional.empty();
    }
    ObjectNode list =
        Trees.object()
            .put("kind", "APIGroupDiscoveryList")
            .put("apiVersion", "apidiscovery.k8s.io/" + wanted.group(1));
    list.putObject("metadata");
    ArrayNode groups = list.putArray("items");
    Kinds.groupVersions().stream()
        .filter(kind -> kind.group().isEmpty() == root.equals("/api"))
        .forEach(kind -> add(groups, kind));
    return Optional.of(
        Answer.json(200, list)
            .with("content-type", "application/json;" + wanted.group())
            .with("vary", "Accept"));
  }

  private static void add(ArrayNode groups, Kind kind) {
    ObjectNode group = groups.addObject();
    ObjectNode metadata = group.putObject("metadata");
    if (!kind.group().isEmpty()) {
      metadata.put("name", kind.group());
    }
    ObjectNode version = group.putArray("versions").addObject().put("version", kind.version());
    ArrayNode resources = version.putArray("resources");
    version.put("freshness", "Current");
    for (JsonNode each : Discovery.resources(kind.apiVersion()).path("resources")) {
      String name = each.path("name").asString();
      int slash = name.indexOf('/');
      if (slash < 0) {
        addType(resources, kind, each);
      } else {
        // a type's own entry comes before those of its subresources
        ObjectNode owner = (ObjectNode) resources.get(resources.size() - 1);
        addPart(Trees.list(owner, "subresources"), kind, each, name.substring(slash + 1));
      }
    }
  }

  private static void addType(ArrayNode resources, Kind kind, JsonNode entry) {
    ObjectNode resource = resources.addObject().put("resource", entry.path("name").asString());
    resource.set("responseKind", responseKind(kind, entry));
    resource
        .put("scope", scope(entry))
        .put("singularResource", entry.path("singularName").asString());
    for (String same : List.of("verbs", "shortNames", "categories")) {
      if (entry.has(same)) {
        resource.set(same, entry.path(same));
      }
    }
  }

  private static String scope(JsonNode entry) {
    return entry.path("namespaced").asBoolean() ? "Namespaced" : "Cluster";
  }

  private static void addPart(ArrayNode subresources, Kind kind, JsonNode entry, String name) {
    ObjectNode subresource = subresources.addObject().put("subresource", name);
    subresource.set("responseKind", responseKind(kind, entry));
    subresource.set("verbs", entry.path("verbs"));
  }

  private static ObjectNode responseKind(Kind kind, JsonNode entry) {
    return Trees.object()
        .put("group", entry.path("group").asString(kind.group()))
        .put("version", entry.path("version").asString(kind.version()))
        .put("kind", entry.path("kind").asString());
  }
}
