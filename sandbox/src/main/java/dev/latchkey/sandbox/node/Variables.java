// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The environment that a container's definition gives it, before anything is translated.
final class Variables {
  private final KubernetesCluster cluster;
  private final JsonNode pod;

  Variables(KubernetesCluster cluster, JsonNode pod) {
    this.cluster = cluster;
    this.pod = pod;
  }

  /// What a container refers to and nobody has made; empty when all is there.
  Optional<String> missing() {
    for (JsonNode container : Trees.items(Trees.at(pod, "spec", "containers"))) {
      for (JsonNode each : Trees.items(container.path("env"))) {
        for (Kind kind : new Kind[] {Kinds.CONFIG_MAP, Kinds.SECRET}) {
          Optional<String> missing = missing(kind, Trees.at(each, "valueFrom", reference(kind)));
          if (missing.isPresent()) {
            return missing;
          }
        }
      }
      for (JsonNode each : Trees.items(container.path("envFrom"))) {
        Optional<String> missing =
            missing(Kinds.CONFIG_MAP, each.path("configMapRef"))
                .or(() -> missing(Kinds.SECRET, each.path("secretRef")));
        if (missing.isPresent()) {
          return missing;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> missing(Kind kind, JsonNode reference) {
    if (!reference.isObject() || reference.path("optional").booleanValue(false)) {
      return Optional.empty();
    }
    String name = Trees.text(reference, "name");
    Optional<? extends JsonNode> object = object(kind, name);
    if (object.isEmpty()) {
      return Optional.of(kind.singular() + " \"" + name + "\" not found");
    }
    String key = Trees.text(reference, "key");
    return key.isEmpty() || object.get().path("data").has(key)
        ? Optional.empty()
        : Optional.of(
            "couldn't find key " + key + " in " + kind.name() + " " + namespace() + "/" + name);
  }

  private static String reference(Kind kind) {
    return kind.equals(Kinds.SECRET) ? "secretKeyRef" : "configMapKeyRef";
  }

  /// The variables of a container, references resolved.
  Map<String, String> of(JsonNode container) {
    var variables = new LinkedHashMap<String, String>();
    for (JsonNode each : Trees.items(container.path("envFrom"))) {
      String prefix = Trees.text(each, "prefix");
      data(Kinds.CONFIG_MAP, Trees.text(each, "configMapRef", "name"))
          .forEach((key, value) -> variables.put(prefix + key, value));
      data(Kinds.SECRET, Trees.text(each, "secretRef", "name"))
          .forEach((key, value) -> variables.put(prefix + key, value));
    }
    for (JsonNode each : Trees.items(container.path("env"))) {
      variables.put(Trees.text(each, "name"), expand(value(each), variables));
    }
    return variables;
  }

  private String value(JsonNode variable) {
    JsonNode from = variable.path("valueFrom");
    if (from.has("fieldRef")) {
      return field(Trees.text(from, "fieldRef", "fieldPath"));
    }
    for (Kind kind : new Kind[] {Kinds.CONFIG_MAP, Kinds.SECRET}) {
      JsonNode reference = from.path(reference(kind));
      if (reference.isObject()) {
        return data(kind, Trees.text(reference, "name"))
            .getOrDefault(Trees.text(reference, "key"), "");
      }
    }
    return Trees.text(variable, "value");
  }

  /// A field of the pod, as the downward API names it.
  String field(String path) {
    if (path.matches("metadata\\.(labels|annotations)\\['.*'\\]")) {
      String list = path.substring("metadata.".length(), path.indexOf('['));
      return Trees.text(
          pod, "metadata", list, path.substring(path.indexOf('\'') + 1, path.lastIndexOf('\'')));
    }
    return Trees.text(pod, path.split("\\.", -1));
  }

  /// The decoded contents of a ConfigMap or Secret; nothing when it is not there.
  Map<String, String> data(Kind kind, String name) {
    var data = new LinkedHashMap<String, String>();
    object(kind, name)
        .map(object -> Trees.texts(object.path("data")))
        .ifPresent(
            texts ->
                texts.forEach(
                    (key, text) ->
                        data.put(
                            key,
                            kind.equals(Kinds.SECRET)
                                ? new String(
                                    Base64.getDecoder().decode(text), StandardCharsets.UTF_8)
                                : text)));
    return data;
  }

  private Optional<? extends JsonNode> object(Kind kind, String name) {
    return cluster.store().find(kind, namespace(), name);
  }

  private String namespace() {
    return Trees.text(pod, "metadata", "namespace");
  }

  /// Replaces `$(NAME)` by the variables before.
  static String expand(String text, Map<String, String> variables) {
    String expanded = text;
    for (var variable : variables.entrySet()) {
      expanded = expanded.replace("$(" + variable.getKey() + ")", variable.getValue());
    }
    return expanded;
  }
}
