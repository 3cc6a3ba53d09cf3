// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kind;
import tools.jackson.databind.node.ObjectNode;

/// Answers requests for objects that have been allowed.
final class ObjectCalls {
  private final KubernetesCluster cluster;
  private final Reviews reviews;
  private final Shown shown;
  private final Listings listings;
  private final Writes writes;
  private final Subresources subresources;
  private final Logs logs;

  ObjectCalls(World world, KubernetesCluster cluster, NodeSide nodes, Reviews reviews) {
    this.cluster = cluster;
    this.reviews = reviews;
    this.shown = new Shown(world);
    this.listings = new Listings(cluster, shown);
    this.writes = new Writes(cluster, shown);
    this.subresources = new Subresources(cluster);
    this.logs = new Logs(cluster, nodes);
  }

  /// Whether a GET of a collection is a watch.
  static boolean watches(Ask ask) {
    return Query.says(ask, "watch");
  }

  Answer answer(Ask ask, Caller caller, Route route, String verb) {
    if (route.kind().review()) {
      if (!verb.equals("create")) {
        throw Refusal.methodNotAllowed();
      }
      return Shown.json(201, reviews.answer(route.kind(), caller, Bodies.object(ask)));
    }
    return switch (route.subresource()) {
      case "" -> onObject(ask, route, verb);
      case "status" -> onPart(ask, route, verb, Resources.Part.STATUS);
      case "scale" -> subresources.scale(ask, route, verb, find(route));
      case "token" -> subresources.token(ask, route, verb);
      case "log" -> logs.answer(ask, route, verb, find(route));
      case "exec", "attach", "portforward" -> throw notInPods(route);
      default -> throw Refusal.noSuchPath();
    };
  }

  private Refusal notInPods(Route route) {
    ObjectNode _ = find(route);
    return Refusal.notImplemented(
        "the pods of the sandbox are no containers: it serves logs, but no " + route.subresource());
  }

  private Answer onObject(Ask ask, Route route, String verb) {
    return switch (verb) {
      case "list" -> listings.list(ask, route);
      case "watch" -> listings.watch(ask, route);
      case "create" -> writes.create(ask, route);
      case "delete" -> writes.delete(ask, route);
      case "deletecollection" -> writes.deleteAll(ask, route);
      default -> onPart(ask, route, verb, Resources.Part.MAIN);
    };
  }

  private Answer onPart(Ask ask, Route route, String verb, Resources.Part part) {
    return switch (verb) {
      case "get" -> shown.one(ask, 200, route.kind(), find(route));
      case "update" -> writes.replace(ask, route, part);
      case "patch" -> writes.patch(ask, route, part);
      default -> throw Refusal.methodNotAllowed();
    };
  }

  private ObjectNode find(Route route) {
    Kind kind = route.kind();
    return cluster
        .store()
        .find(kind, route.namespace(), route.name())
        .orElseThrow(() -> Refusal.notFound(kind, route.name()));
  }
}
