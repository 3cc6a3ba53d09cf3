// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.UnknownFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests for objects that have been allowed.
final class ObjectCalls {
  /// How long a watch lasts that does not say: the API server's own is 30 to 60 minutes.
  private static final long WATCH_SECONDS = 1800;

  private final World world;
  private final KubernetesCluster cluster;
  private final NodeSide nodes;
  private final Store store;
  private final Resources resources;
  private final Reviews reviews;

  ObjectCalls(World world, KubernetesCluster cluster, NodeSide nodes, Reviews reviews) {
    this.world = world;
    this.cluster = cluster;
    this.nodes = nodes;
    this.store = cluster.store();
    this.resources = cluster.resources();
    this.reviews = reviews;
  }

  /// Whether a GET of a collection is a watch.
  static boolean watches(Ask ask) {
    String watch = ask.parameter("watch").orElse("false");
    return watch.equals("true") || watch.equals("1") || watch.isEmpty();
  }

  Answer answer(Ask ask, Caller caller, Route route, String verb) {
    if (route.kind().review()) {
      if (!verb.equals("create")) {
        throw Refusal.methodNotAllowed();
      }
      return Answer.json(201, reviews.answer(route.kind(), caller, Bodies.object(ask)));
    }
    return switch (route.subresource()) {
      case "" -> onObject(ask, route, verb);
      case "status" -> write(ask, route, verb, Resources.Part.STATUS);
      case "scale" -> scale(ask, route, verb);
      case "token" -> token(ask, route, verb);
      case "log" -> log(ask, route, verb);
      default -> throw Refusal.noSuchPath();
    };
  }

  private Answer onObject(Ask ask, Route route, String verb) {
    return switch (verb) {
      case "list" -> list(ask, route);
      case "watch" -> watch(ask, route);
      case "create" -> create(ask, route);
      case "delete" -> delete(ask, route);
      case "deletecollection" -> deleteAll(ask, route);
      default -> write(ask, route, verb, Resources.Part.MAIN);
    };
  }

  private Answer list(Ask ask, Route route) {
    Predicate<JsonNode> wanted = wanted(ask);
    Store.Listing listing = store.listing(route.kind(), route.namespace());
    var found = new ArrayList<ObjectNode>();
    listing.objects().stream().filter(wanted).forEach(found::add);
    if (route.kind().equals(Kinds.MUTATING_WEBHOOK)) {
      cluster.webhook().filter(wanted).ifPresent(found::add);
    }
    int from =
        ask.parameter("continue")
            .filter(token -> !token.isEmpty())
            .map(ObjectCalls::place)
            .orElse(0);
    int limit = (int) Math.min(number(ask, "limit").orElse(0L), Integer.MAX_VALUE);
    int to = limit > 0 ? Math.min(found.size(), from + limit) : found.size();
    List<ObjectNode> page = found.subList(Math.min(from, to), to);
    ObjectNode answer =
        asksForTable(ask) ? table(ask, route.kind(), page) : asList(route.kind(), page);
    ObjectNode metadata = Trees.child(answer, "metadata");
    metadata.put("resourceVersion", Long.toString(listing.version()));
    if (to < found.size()) {
      metadata.put("continue", token(to)).put("remainingItemCount", found.size() - to);
    }
    return Answer.json(200, answer);
  }

  private static ObjectNode asList(Kind kind, List<ObjectNode> page) {
    ObjectNode list =
        Trees.object().put("kind", kind.name() + "List").put("apiVersion", kind.apiVersion());
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (ObjectNode object : page) {
      items.add(object);
    }
    return list;
  }

  private static String token(int place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("from:" + place).getBytes(StandardCharsets.UTF_8));
  }

  private static int place(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Integer.parseInt(text.replaceFirst("^from:", ""));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("continue key is not valid: " + e.getMessage());
    }
  }

  private static Predicate<JsonNode> wanted(Ask ask) {
    Predicate<JsonNode> labels = Selectors.labels(ask.parameter("labelSelector").orElse(""));
    return labels.and(Selectors.fields(ask.parameter("fieldSelector").orElse("")));
  }

  private Answer watch(Ask ask, Route route) {
    String version = ask.parameter("resourceVersion").orElse("");
    boolean initial = ask.parameter("sendInitialEvents").orElse("").equals("true");
    long from = version.isEmpty() || initial ? 0 : parse("resourceVersion", version);
    boolean marks = ask.parameter("allowWatchBookmarks").orElse("").equals("true");
    var bookmarks =
        initial
            ? Watch.Bookmarks.AFTER_FIRST
            : marks ? Watch.Bookmarks.AT_END : Watch.Bookmarks.NONE;
    UnaryOperator<ObjectNode> shown =
        asksForTable(ask)
            ? object -> table(ask, route.kind(), List.of(object))
            : UnaryOperator.identity();
    var feed =
        new Watch(
            store,
            route.kind(),
            route.namespace(),
            wanted(ask),
            from,
            number(ask, "timeoutSeconds").filter(s -> s > 0).orElse(WATCH_SECONDS),
            bookmarks,
            shown);
    return new Answer(
        200, Map.of("content-type", "application/json"), new Answer.Body.Stream(feed));
  }

  private Answer create(Ask ask, Route route) {
    if (!route.name().isEmpty() || (route.kind().namespaced() && route.namespace().isEmpty())) {
      throw Refusal.methodNotAllowed();
    }
    ObjectNode object = Bodies.object(ask);
    checkFields(ask, route.kind(), object);
    return shown(
        ask,
        201,
        route.kind(),
        resources.create(route.kind(), route.namespace(), object, mode(ask)));
  }

  /// GET, PUT and PATCH of an object or its status.
  private Answer write(Ask ask, Route route, String verb, Resources.Part part) {
    Kind kind = route.kind();
    ObjectNode result =
        switch (verb) {
          case "get" -> find(kind, route);
          case "update" -> {
            ObjectNode object = Bodies.object(ask);
            checkFields(ask, kind, object);
            yield resources.update(kind, route.namespace(), route.name(), object, part, mode(ask));
          }
          case "patch" ->
              resources.together(
                  () -> {
                    ObjectNode patched = patched(ask, find(kind, route));
                    checkFields(ask, kind, patched);
                    return resources.update(
                        kind, route.namespace(), route.name(), patched, part, mode(ask));
                  });
          default -> throw Refusal.methodNotAllowed();
        };
    return shown(ask, 200, kind, result);
  }

  private static ObjectNode patched(Ask ask, ObjectNode object) {
    return Patches.apply(Bodies.mediaType(ask), object, Bodies.json(ask.text()));
  }

  private ObjectNode find(Kind kind, Route route) {
    Optional<ObjectNode> webhook =
        kind.equals(Kinds.MUTATING_WEBHOOK)
            ? cluster
                .webhook()
                .filter(each -> Trees.text(each, "metadata", "name").equals(route.name()))
            : Optional.empty();
    return webhook
        .or(() -> store.find(kind, route.namespace(), route.name()))
        .orElseThrow(() -> Refusal.notFound(kind, route.name()));
  }

  private Answer delete(Ask ask, Route route) {
    Kind kind = route.kind();
    ObjectNode left =
        resources.delete(kind, route.namespace(), route.name(), deletion(ask), mode(ask));
    boolean waits = store.find(kind, route.namespace(), route.name()).isPresent();
    // a pod's last state is the answer, as the API server does for what ends gracefully
    if (waits || kind.equals(Kinds.POD)) {
      return Answer.json(200, left);
    }
    ObjectNode status = Trees.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", route.name());
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.resource()).put("uid", Trees.text(left, "metadata", "uid"));
    return Answer.json(200, status);
  }

  private Answer deleteAll(Ask ask, Route route) {
    Predicate<JsonNode> wanted = wanted(ask);
    var gone = new ArrayList<ObjectNode>();
    for (ObjectNode object : store.list(route.kind(), route.namespace())) {
      String home = Trees.text(object, "metadata", "namespace");
      String name = Trees.text(object, "metadata", "name");
      if (wanted.test(object) && store.find(route.kind(), home, name).isPresent()) {
        gone.add(resources.delete(route.kind(), home, name, deletion(ask), mode(ask)));
      }
    }
    return Answer.json(200, asList(route.kind(), gone));
  }

  private static Resources.Deletion deletion(Ask ask) {
    ObjectNode options = Bodies.deleteOptions(ask);
    Optional<Long> grace =
        options.has("gracePeriodSeconds")
            ? Optional.of(Trees.number(options, 0, "gracePeriodSeconds"))
            : number(ask, "gracePeriodSeconds");
    String propagation = Trees.text(options, "propagationPolicy");
    boolean orphans =
        propagation.equals("Orphan")
            || ask.parameter("propagationPolicy").orElse("").equals("Orphan")
            || Trees.text(options, "orphanDependents").equals("true");
    return new Resources.Deletion(
        grace,
        orphans ? "Orphan" : "Background",
        Trees.text(options, "preconditions", "uid"),
        Trees.text(options, "preconditions", "resourceVersion"));
  }

  private Answer scale(Ask ask, Route route, String verb) {
    Kind kind = route.kind();
    ObjectNode object = find(kind, route);
    if (!object.path("spec").has("replicas")) {
      throw Refusal.noSuchPath();
    }
    if (verb.equals("get")) {
      return Answer.json(200, scaleOf(object));
    }
    ObjectNode wanted =
        switch (verb) {
          case "update" -> Bodies.object(ask);
          case "patch" -> patched(ask, scaleOf(object));
          default -> throw Refusal.methodNotAllowed();
        };
    ObjectNode after = object.deepCopy();
    Trees.child(after, "spec").put("replicas", (int) Trees.number(wanted, 0, "spec", "replicas"));
    String version = Trees.text(wanted, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      Trees.child(after, "metadata").put("resourceVersion", version);
    }
    return Answer.json(
        200,
        scaleOf(
            resources.update(
                kind, route.namespace(), route.name(), after, Resources.Part.MAIN, mode(ask))));
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

  private Answer token(Ask ask, Route route, String verb) {
    if (!route.kind().equals(Kinds.SERVICE_ACCOUNT) || !verb.equals("create")) {
      throw Refusal.noSuchPath();
    }
    return Answer.json(
        201, cluster.tokens().answer(route.namespace(), route.name(), Bodies.object(ask)));
  }

  private Answer log(Ask ask, Route route, String verb) {
    if (!route.kind().equals(Kinds.POD) || !verb.equals("get")) {
      throw Refusal.noSuchPath();
    }
    ObjectNode pod = find(Kinds.POD, route);
    String container =
        ask.parameter("container")
            .filter(name -> !name.isEmpty())
            .orElseGet(() -> Trees.text(Trees.at(pod, "spec", "containers").path(0), "name"));
    String log =
        nodes
            .log(cluster, pod, container)
            .orElseThrow(
                () ->
                    Refusal.badRequest(
                        "container \""
                            + container
                            + "\" in pod \""
                            + route.name()
                            + "\" is waiting to start: ContainerCreating"));
    String text = number(ask, "tailLines").map(lines -> lastLines(log, lines)).orElse(log);
    return new Answer(
        200,
        Map.of("content-type", "text/plain"),
        new Answer.Body.Raw(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String lastLines(String log, long wanted) {
    List<String> lines = log.lines().toList();
    int from = (int) Math.max(0, lines.size() - wanted);
    return String.join("\n", lines.subList(from, lines.size())) + (lines.isEmpty() ? "" : "\n");
  }

  private static void checkFields(Ask ask, Kind kind, ObjectNode object) {
    if (ask.parameter("fieldValidation").orElse("").equals("Strict")) {
      List<String> unknown = UnknownFields.of(kind, object);
      if (!unknown.isEmpty()) {
        throw Refusal.unknownFields(kind, unknown);
      }
    }
  }

  private static Resources.Mode mode(Ask ask) {
    return ask.parameter("dryRun").orElse("").equals("All")
        ? Resources.Mode.DRY_RUN
        : Resources.Mode.REAL;
  }

  private Answer shown(Ask ask, int status, Kind kind, ObjectNode object) {
    return Answer.json(status, asksForTable(ask) ? table(ask, kind, List.of(object)) : object);
  }

  private static boolean asksForTable(Ask ask) {
    String accepted = ask.header("accept").orElse("");
    return accepted.contains("as=Table") && accepted.contains("g=meta.k8s.io");
  }

  private ObjectNode table(Ask ask, Kind kind, List<ObjectNode> objects) {
    return new Tables(world.clock().now())
        .of(kind, objects, ask.parameter("includeObject").orElse("Metadata"));
  }

  private static Optional<Long> number(Ask ask, String parameter) {
    return ask.parameter(parameter)
        .filter(text -> !text.isEmpty())
        .map(text -> parse(parameter, text));
  }

  private static long parse(String parameter, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(
          "Invalid value for " + parameter + ": \"" + text + "\": not a number");
    }
  }
}
