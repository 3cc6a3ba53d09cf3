// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.graph;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.token.Keys;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Microsoft Graph for a tenant of service principals alone: it looks them up and changes nothing.
///
/// An application may read the directory only after an administrator consented to it, so most
/// service principals are refused here and `az role assignment create --assignee` fails for them.
public final class MicrosoftGraph implements Service {
  /// What every path of it begins with, on the port that serves ARM as well.
  public static final String PREFIX = "/graph/";

  private static final Set<String> VERSIONS = Set.of("v1.0", "beta");
  private static final String PRINCIPALS = "servicePrincipals";
  private static final String PRINCIPAL_TYPE = "#microsoft.graph.servicePrincipal";

  private final World world;
  private final Badge badge;

  /// What it is built on.
  ///
  /// @param readers the object ids of those who may read the directory
  public record World(
      String tenantId,
      SandboxClock clock,
      Seed seed,
      Keys keys,
      Addresses addresses,
      Directory directory,
      Set<String> readers) {
    public World {
      readers = Set.copyOf(readers);
    }
  }

  /// The Microsoft Graph of this world.
  public MicrosoftGraph(World world) {
    this.world = world;
    this.badge = new Badge(world.tenantId(), world.keys(), world.addresses(), world.clock());
  }

  @Override
  public Answer answer(Ask ask) {
    try {
      String reader = badge.objectId(ask);
      List<String> words = words(ask.path());
      if (words.isEmpty() || !VERSIONS.contains(words.getFirst())) {
        throw new GraphRefused(400, "BadRequest", "Invalid version: " + String.join("/", words));
      }
      if (!world.readers().contains(reader)) {
        throw new GraphRefused(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.");
      }
      return permitted(ask, words.subList(1, words.size()));
    } catch (GraphRefused refused) {
      return refused(ask, refused);
    }
  }

  private static List<String> words(String path) {
    return Stream.of(path.substring(PREFIX.length()).split("/")).filter(w -> !w.isEmpty()).toList();
  }

  private Answer permitted(Ask ask, List<String> words) throws GraphRefused {
    String request = ask.method() + " " + String.join("/", words);
    return switch (request) {
      case "GET " + PRINCIPALS -> page(PRINCIPALS, matching(ask));
      case "GET users", "GET groups", "GET applications" -> page(words.getFirst(), List.of());
      case "GET me" ->
          throw new GraphRefused(
              400, "BadRequest", "/me request is only valid with delegated authentication flow.");
      case "POST directoryObjects/getByIds" -> page("directoryObjects", named(ask));
      default -> single(ask, words);
    };
  }

  private Answer single(Ask ask, List<String> words) throws GraphRefused {
    boolean look =
        ask.method().equals("GET")
            && words.size() == 2
            && (words.getFirst().equals(PRINCIPALS) || words.getFirst().equals("directoryObjects"));
    if (!look) {
      throw new GraphRefused(
          400,
          "BadRequest",
          "Resource not found for the segment '%s'."
              .formatted(words.isEmpty() ? "" : words.getLast()));
    }
    Principal found =
        visible()
            .filter(principal -> principal.objectId().equalsIgnoreCase(words.getLast()))
            .findFirst()
            .orElseThrow(
                () ->
                    new GraphRefused(
                        404,
                        "Request_ResourceNotFound",
                        "Resource '%s' does not exist or one of its queried reference-property objects are not present."
                            .formatted(words.getLast())));
    ObjectNode tree = context(PRINCIPALS + "/$entity");
    return Answer.json(200, tree.setAll(ServicePrincipals.tree(found)));
  }

  private List<ObjectNode> matching(Ask ask) throws GraphRefused {
    Clause clause = Clause.of(ask.parameter("$filter").orElse(""));
    return visible().filter(clause::accepts).map(ServicePrincipals::tree).toList();
  }

  private List<ObjectNode> named(Ask ask) throws GraphRefused {
    JsonNode body = body(ask);
    List<String> ids =
        body.path("ids").valueStream().map(id -> id.asString("").toLowerCase(Locale.ROOT)).toList();
    boolean wanted =
        body.path("types").isEmpty()
            || body.path("types")
                .valueStream()
                .map(type -> type.asString(""))
                .anyMatch(type -> Set.of("servicePrincipal", "directoryObject").contains(type));
    return visible()
        .filter(principal -> wanted && ids.contains(principal.objectId()))
        .map(MicrosoftGraph::typed)
        .toList();
  }

  private static ObjectNode typed(Principal principal) {
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("@odata.type", PRINCIPAL_TYPE);
    return tree.setAll(ServicePrincipals.tree(principal));
  }

  private static JsonNode body(Ask ask) throws GraphRefused {
    try {
      return JsonMapper.shared().readTree(ask.body());
    } catch (JacksonException e) {
      throw new GraphRefused(400, "BadRequest", "Unable to read JSON request payload.");
    }
  }

  private Stream<Principal> visible() {
    return world.directory().all().stream()
        .filter(principal -> !world.clock().now().isBefore(principal.visibleFrom()))
        .sorted(Comparator.comparing(Principal::objectId));
  }

  private Answer page(String what, List<ObjectNode> values) {
    ObjectNode tree = context(what);
    tree.putArray("value").addAll(values);
    return Answer.json(200, tree);
  }

  private ObjectNode context(String what) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("@odata.context", world.addresses().graph() + "/v1.0/$metadata#" + what);
  }

  private Answer refused(Ask ask, GraphRefused refused) {
    String id = world.seed().uuid("graph " + ask.method(), ask.path()).toString();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putObject("error")
        .put("code", refused.code())
        .put("message", refused.text())
        .putObject("innerError")
        .put("date", world.clock().now().toString().substring(0, 19))
        .put("request-id", id)
        .put("client-request-id", Optional.of(ask).flatMap(MicrosoftGraph::clientId).orElse(id));
    return Answer.json(refused.status(), tree);
  }

  private static Optional<String> clientId(Ask ask) {
    return ask.header("client-request-id");
  }
}
