// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.ownership.Conflicts;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.OpenApi;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The API server of one cluster: who asks, may they, and which part answers.
final class ApiServer implements Service {
  private final KubernetesCluster cluster;
  private final Authentication authentication;
  private final Authorization authorization;
  private final Impersonation impersonation;
  private final ObjectCalls objects;

  ApiServer(World world, KubernetesCluster cluster, NodeSide nodes) {
    this.cluster = cluster;
    this.authentication = new Authentication(world, cluster);
    this.authorization = new Authorization(world, cluster);
    this.impersonation = new Impersonation(authorization);
    this.objects =
        new ObjectCalls(world, cluster, nodes, new Reviews(authentication, authorization));
  }

  @Override
  public Answer answer(Ask ask) {
    try {
      Caller asking = authentication.caller(ask).orElseThrow(Refusal::unauthorized);
      Caller caller = impersonation.caller(ask, asking);
      cluster.addOns().keep();
      return Route.of(ask.path())
          .map(route -> onObjects(ask, caller, route))
          .orElseGet(() -> onPath(ask, caller));
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (Conflicts conflicts) {
      return Refusal.conflicts(conflicts).answer();
    }
  }

  private Answer onObjects(Ask ask, Caller caller, Route route) {
    String verb = verb(ask, route);
    Kind kind = route.kind();
    Attempt attempt =
        Attempt.on(verb, kind, route.subresource(), route.authorizedNamespace(), route.name());
    Optional<String> refusal = authorization.refusal(caller, attempt);
    if (refusal.isPresent()) {
      throw Refusal.forbidden(kind, route.name(), attempt.refusalTo(caller.name(), refusal.get()));
    }
    return objects.answer(ask, caller, route, verb);
  }

  private static String verb(Ask ask, Route route) {
    boolean one = !route.name().isEmpty();
    return switch (ask.method()) {
      case "GET", "HEAD" -> one ? "get" : ObjectCalls.watches(ask) ? "watch" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> one ? "delete" : "deletecollection";
      default -> throw Refusal.methodNotAllowed();
    };
  }

  private Answer onPath(Ask ask, Caller caller) {
    String path = ask.path().length() > 1 ? ask.path().replaceAll("/+$", "") : ask.path();
    Attempt attempt = Attempt.onPath(ask.method().equals("GET") ? "get" : "post", path);
    if (authorization.refusal(caller, attempt).isPresent()) {
      throw Refusal.forbiddenPath(caller.name(), path, attempt.verb());
    }
    if (!ask.method().equals("GET")) {
      throw Refusal.methodNotAllowed();
    }
    String version = cluster.view().kubernetesVersion();
    return switch (path) {
      case "/version" -> Answer.json(200, Discovery.version(version));
      case "/healthz", "/livez", "/readyz" -> text("ok");
      case "/api" ->
          AggregatedDiscovery.of(ask, path)
              .orElseGet(() -> Answer.json(200, Discovery.coreVersions()));
      case "/apis" ->
          AggregatedDiscovery.of(ask, path).orElseGet(() -> Answer.json(200, Discovery.groups()));
      case "/openapi/v3" -> Answer.json(200, OpenApi.index());
      case "/openapi/v2" -> openApi(ask, version);
      default -> ofGroup(path, version);
    };
  }

  private static Answer openApi(Ask ask, String version) {
    if (!ask.header("accept").orElse("").contains("protobuf")) {
      return Answer.json(200, OpenApi.second(version));
    }
    return new Answer(
        200,
        Map.of("content-type", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf"),
        new Answer.Body.Raw(OpenApi.secondAsProtobuf(version)));
  }

  private static Answer ofGroup(String path, String version) {
    List<String> parts = Arrays.asList(path.substring(1).split("/", -1));
    boolean document = parts.size() > 2 && path.startsWith("/openapi/v3/");
    List<String> rest = document ? parts.subList(2, parts.size()) : parts;
    String root = rest.getFirst();
    String named = String.join("/", rest.subList(1, rest.size()));
    for (Kind kind : Kinds.groupVersions()) {
      String expected = kind.group().isEmpty() ? "api" : "apis";
      if (root.equals(expected) && named.equals(kind.apiVersion())) {
        ObjectNode answer =
            document ? OpenApi.document(named, version) : Discovery.resources(kind.apiVersion());
        return Answer.json(200, answer);
      }
      if (!document && root.equals("apis") && named.equals(kind.group())) {
        ObjectNode group = Discovery.group(kind);
        return Answer.json(200, group.put("kind", "APIGroup").put("apiVersion", "v1"));
      }
    }
    throw Refusal.noSuchPath();
  }

  private static Answer text(String text) {
    return new Answer(
        200,
        Map.of("content-type", "text/plain; charset=utf-8"),
        new Answer.Body.Raw(text.getBytes(StandardCharsets.UTF_8)));
  }
}
