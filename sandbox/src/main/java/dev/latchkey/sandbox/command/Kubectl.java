// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import dev.latchkey.sandbox.cluster.Commands.Output;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A kubectl that reads: `get` in its usual forms, and `version`.
record Kubectl(Server server) {
  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final String ALL =
      "pods,services,daemonsets,deployments,replicasets,statefulsets,jobs,cronjobs";

  Output run(List<String> words) {
    String verb = words.isEmpty() ? "" : words.getFirst();
    return switch (verb) {
      case "get" -> get(words.subList(1, words.size()));
      case "version" -> version();
      default ->
          failed(
              "error: the kubectl of this simulated pod knows get and version, not \"%s\""
                  .formatted(verb));
    };
  }

  private static Output failed(String message) {
    return new Output(1, message + "\n");
  }

  private Output version() {
    Server.Reply reply = server.get("/version", "application/json", "");
    String version = reply.body().path("gitVersion").asString("");
    return reply.succeeded()
        ? new Output(0, "Client Version: %s\nServer Version: %s\n".formatted(version, version))
        : refused(reply.body());
  }

  private Output get(List<String> words) {
    Options options = Options.of(words);
    if (!options.unknown().isEmpty()) {
      return failed("error: unknown flag: %s".formatted(options.unknown().getFirst()));
    }
    if (options.words().isEmpty()) {
      return failed("error: you must specify the type of resource to get");
    }
    List<String> first = List.of(options.words().getFirst().split("/", 2));
    String types = first.getFirst().equals("all") ? ALL : first.getFirst();
    var names = new ArrayList<>(options.words().subList(1, options.words().size()));
    names.addAll(first.subList(1, first.size()));
    return get(List.of(types.split(",", -1)), names, options);
  }

  private Output get(List<String> types, List<String> names, Options options) {
    var parts = new ArrayList<String>();
    int exit = 0;
    for (String type : types) {
      Optional<Kind> kind = kind(type);
      if (kind.isEmpty()) {
        return failed("error: the server doesn't have a resource type \"%s\"".formatted(type));
      }
      for (String name : names.isEmpty() ? List.of("") : names) {
        Output output = get(kind.get(), name, options, types.size() > 1);
        exit = Math.max(exit, output.exitCode());
        if (!output.logs().isEmpty()) {
          parts.add(output.logs());
        }
      }
    }
    boolean nothing = parts.isEmpty();
    return nothing ? new Output(exit, none(options)) : new Output(exit, joined(parts, types));
  }

  private static String joined(List<String> parts, List<String> types) {
    return String.join(types.size() > 1 ? "\n" : "", parts);
  }

  private static String none(Options options) {
    return options.everywhere()
        ? "No resources found\n"
        : "No resources found in %s namespace.\n".formatted(options.namespace());
  }

  private Output get(Kind kind, String name, Options options, boolean several) {
    boolean table = options.output().isEmpty() || options.output().equals("wide");
    Server.Reply reply =
        server.get(
            path(kind, name, options), table ? TABLE : "application/json", options.selector());
    if (!reply.succeeded()) {
      return refused(reply.body());
    }
    return switch (options.output()) {
      case "", "wide" -> new Output(0, new Columns(kind, options, several).of(reply.body()));
      case "name" -> new Output(0, names(kind, reply.body()));
      case "json" ->
          new Output(
              0,
              JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(reply.body())
                  + "\n");
      default ->
          failed(
              "error: unable to match a printer suitable for \"%s\"".formatted(options.output()));
    };
  }

  private static String path(Kind kind, String name, Options options) {
    String root = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion();
    boolean inside = kind.namespaced() && !options.everywhere();
    String place = inside ? "/namespaces/" + options.namespace() : "";
    return root + place + "/" + kind.resource() + (name.isEmpty() ? "" : "/" + name);
  }

  private static String names(Kind kind, JsonNode body) {
    List<JsonNode> objects =
        body.path("items").isArray() ? body.path("items").valueStream().toList() : List.of(body);
    var text = new StringBuilder();
    objects.forEach(
        object ->
            text.append(Columns.prefix(kind))
                .append(object.at("/metadata/name").asString(""))
                .append('\n'));
    return text.toString();
  }

  private static Output refused(JsonNode status) {
    String reason = status.path("reason").asString("");
    String message = status.path("message").asString("the server refused");
    return reason.isEmpty()
        ? failed("error: %s".formatted(message))
        : failed("Error from server (%s): %s".formatted(reason, message));
  }

  private static Optional<Kind> kind(String word) {
    return Kinds.list().stream()
        .filter(kind -> !kind.review())
        .filter(
            kind ->
                kind.resource().equalsIgnoreCase(word)
                    || kind.singular().equalsIgnoreCase(word)
                    || kind.qualifiedResource().equalsIgnoreCase(word)
                    || kind.shortNames().contains(word))
        .findFirst();
  }
}
