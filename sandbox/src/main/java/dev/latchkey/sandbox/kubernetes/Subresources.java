// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.Value;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What hangs on objects beside their status: the number of replicas, tokens.
final class Subresources {
  private static final Value SCALE = new Value.Reference(Scale.class, Value.Whole.UNSAID);

  private final KubernetesCluster cluster;
  private final Resources resources;

  Subresources(KubernetesCluster cluster) {
    this.cluster = cluster;
    this.resources = cluster.resources();
  }

  /// How many replicas there are and shall be.
  Answer scale(Ask ask, Route route, String verb, ObjectNode object) {
    Kind kind = route.kind();
    if (!object.path("spec").has("replicas")) {
      throw Refusal.noSuchPath();
    }
    if (verb.equals("get")) {
      return Shown.json(200, scaleOf(object));
    }
    ObjectNode wanted =
        switch (verb) {
          case "update" -> Bodies.object(ask);
          case "patch" -> Patches.of(ask, SCALE, scaleOf(object));
          default -> throw Refusal.methodNotAllowed();
        };
    ObjectNode after = object.deepCopy();
    Trees.child(after, "spec").put("replicas", (int) Trees.number(wanted, 0, "spec", "replicas"));
    String version = Trees.text(wanted, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      Trees.child(after, "metadata").put("resourceVersion", version);
    }
    return Shown.json(
        200,
        scaleOf(
            resources.update(
                kind, route.namespace(), route.name(), after, Resources.Part.MAIN, Terms.of(ask))));
  }

  private static ObjectNode scaleOf(ObjectNode object) {
    ObjectNode scale = Trees.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      metadata.put(field, Trees.text(object, "metadata", field));
    }
    scale.putObject("spec").put("replicas", Trees.number(object, 0, "spec", "replicas"));
    scale.putObject("status").put("replicas", Trees.number(object, 0, "status", "replicas"));
    return scale;
  }

  /// A token of a service account.
  Answer token(Ask ask, Route route, String verb) {
    if (!route.kind().equals(Kinds.SERVICE_ACCOUNT) || !verb.equals("create")) {
      throw Refusal.noSuchPath();
    }
    return Shown.json(
        201, cluster.tokens().answer(route.namespace(), route.name(), Bodies.object(ask)));
  }
}
