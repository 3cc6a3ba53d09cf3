// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.ownership.FieldManager;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Creates, changes and deletes objects for clients.
final class Writes {
  private static final String APPLY = "application/apply-patch+yaml";

  private final Store store;
  private final Resources resources;
  private final Shown shown;

  Writes(KubernetesCluster cluster, Shown shown) {
    this.store = cluster.store();
    this.resources = cluster.resources();
    this.shown = shown;
  }

  Answer create(Ask ask, Route route) {
    Kind kind = route.kind();
    if (!route.name().isEmpty() || (kind.namespaced() && route.namespace().isEmpty())) {
      throw Refusal.methodNotAllowed();
    }
    Terms terms = Terms.of(ask);
    ObjectNode object = Bodies.object(ask);
    List<String> unknown = known(terms, kind, object);
    ObjectNode created = resources.create(kind, route.namespace(), object, terms);
    return warned(terms, unknown, shown.one(ask, 201, kind, created));
  }

  Answer replace(Ask ask, Route route, Resources.Part part) {
    Kind kind = route.kind();
    Terms terms = Terms.of(ask);
    ObjectNode object = Bodies.object(ask);
    List<String> unknown = known(terms, kind, object);
    ObjectNode result =
        resources.update(kind, route.namespace(), route.name(), object, part, terms);
    return warned(terms, unknown, shown.one(ask, 200, kind, result));
  }

  Answer patch(Ask ask, Route route, Resources.Part part) {
    if (Bodies.mediaType(ask).equals(APPLY)) {
      return apply(ask, route, part);
    }
    if (ask.parameter("force").isPresent()) {
      throw Refusal.invalidOption(
          "PatchOptions",
          "FieldValueForbidden",
          "force",
          "Forbidden: may not be specified for non-apply patch");
    }
    Kind kind = route.kind();
    Terms terms = Terms.of(ask);
    return resources.together(
        () -> {
          ObjectNode before =
              store
                  .find(kind, route.namespace(), route.name())
                  .orElseThrow(() -> Refusal.notFound(kind, route.name()));
          ObjectNode patched = Patches.of(ask, kind.type(), before);
          List<String> unknown = known(terms, kind, patched);
          ObjectNode result =
              resources.update(kind, route.namespace(), route.name(), patched, part, terms);
          return warned(terms, unknown, shown.one(ask, 200, kind, result));
        });
  }

  private Answer apply(Ask ask, Route route, Resources.Part part) {
    if (ask.parameter("fieldManager").orElse("").isEmpty()) {
      throw Refusal.invalidOption(
          "PatchOptions",
          "FieldValueRequired",
          "fieldManager",
          "Required value: is required for apply patch");
    }
    Kind kind = route.kind();
    ObjectNode config = Bodies.configuration(ask);
    checkConfiguration(route, config);
    var force = Query.says(ask, "force") ? FieldManager.Force.YES : FieldManager.Force.NO;
    Resources.Applied applied =
        resources.apply(kind, route.namespace(), route.name(), config, force, part, Terms.of(ask));
    return shown.one(ask, applied.created() ? 201 : 200, kind, applied.object());
  }

  private static void checkConfiguration(Route route, ObjectNode config) {
    Kind kind = route.kind();
    if (config.path("metadata").has("managedFields")) {
      throw Refusal.badRequest("metadata.managedFields must be nil");
    }
    ObjectNode metadata = Trees.child(config, "metadata");
    if (Trees.text(metadata, "name").isEmpty()) {
      metadata.put("name", route.name());
    }
    List<String> unknown = UnknownFields.of(kind, config);
    if (!unknown.isEmpty()) {
      throw Refusal.failed(
          "failed to create typed patch object ("
              + (kind.namespaced() ? route.namespace() + "/" : "/")
              + route.name()
              + "; "
              + kind.apiVersion()
              + ", Kind="
              + kind.name()
              + "): "
              + unknown.stream()
                  .map(path -> "." + path + ": field not declared in schema")
                  .collect(Collectors.joining("\n")));
    }
  }

  /// Takes out the fields that the type does not have, or refuses them.
  private static List<String> known(Terms terms, Kind kind, ObjectNode object) {
    List<String> unknown = UnknownFields.drop(kind, object);
    if (!unknown.isEmpty() && terms.validation() == Terms.Validation.STRICT) {
      throw Refusal.unknownFields(kind, unknown);
    }
    return unknown;
  }

  /// @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">field
  ///   validation</a>
  private static Answer warned(Terms terms, List<String> unknown, Answer answer) {
    if (unknown.isEmpty() || terms.validation() == Terms.Validation.IGNORE) {
      return answer;
    }
    String warnings =
        unknown.stream()
            .map(path -> "299 - \"unknown field \\\"" + path + "\\\"\"")
            .collect(Collectors.joining(", "));
    return answer.with("warning", warnings);
  }

  Answer delete(Ask ask, Route route) {
    Kind kind = route.kind();
    ObjectNode options = Bodies.deleteOptions(ask);
    ObjectNode left =
        resources
            .deletions()
            .delete(
                kind, route.namespace(), route.name(), deletion(ask, options), mode(ask, options));
    boolean waits = store.find(kind, route.namespace(), route.name()).isPresent();
    // a pod's last state is the answer, as the API server does for what ends gracefully
    return Shown.json(200, waits || kind.equals(Kinds.POD) ? left : gone(route, left));
  }

  private static ObjectNode gone(Route route, ObjectNode left) {
    ObjectNode status = Trees.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", route.name());
    if (!route.kind().group().isEmpty()) {
      details.put("group", route.kind().group());
    }
    details.put("kind", route.kind().resource()).put("uid", Trees.text(left, "metadata", "uid"));
    return status;
  }

  Answer deleteAll(Ask ask, Route route) {
    ObjectNode options = Bodies.deleteOptions(ask);
    Predicate<JsonNode> wanted = Query.wanted(ask);
    var gone = new ArrayList<ObjectNode>();
    for (ObjectNode object : store.list(route.kind(), route.namespace())) {
      String home = Trees.text(object, "metadata", "namespace");
      String name = Trees.text(object, "metadata", "name");
      if (wanted.test(object) && store.find(route.kind(), home, name).isPresent()) {
        gone.add(
            resources
                .deletions()
                .delete(route.kind(), home, name, deletion(ask, options), mode(ask, options)));
      }
    }
    return Shown.json(200, Shown.list(route.kind(), gone));
  }

  /// Of a deletion the body may say it, too.
  private static Terms.Mode mode(Ask ask, ObjectNode options) {
    return options.path("dryRun").isEmpty() ? Terms.of(ask).mode() : Terms.Mode.DRY_RUN;
  }

  private static Deletions.Deletion deletion(Ask ask, ObjectNode options) {
    Optional<Long> grace =
        options.has("gracePeriodSeconds")
            ? Optional.of(Trees.number(options, 0, "gracePeriodSeconds"))
            : Query.number(ask, "gracePeriodSeconds");
    String propagation = Trees.text(options, "propagationPolicy");
    boolean orphans =
        propagation.equals("Orphan")
            || ask.parameter("propagationPolicy").orElse("").equals("Orphan")
            || Trees.text(options, "orphanDependents").equals("true");
    return new Deletions.Deletion(
        grace,
        orphans ? "Orphan" : "Background",
        Trees.text(options, "preconditions", "uid"),
        Trees.text(options, "preconditions", "resourceVersion"));
  }
}
