// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What holds for resources of every type: what a read, a list, an update or a deletion shows was
/// there before, and so was what it belongs to.
record ResourcePremises(Scene scene) implements Inference {
  @Override
  public void before(Step step) {
    switch (step.exchange().addressee()) {
      case Addressee.Arm() -> {
        parent(step);
        if (step.exchange().succeeded()) {
          shown(step);
        } else if (step.exchange().status() == 404) {
          vanish(step);
        }
      }
      case Addressee.Entra(), Addressee.Vault _, Addressee.Issuer(), Addressee.Other _ -> {
        // these know no resources of ARM's form
      }
    }
  }

  private void parent(Step step) {
    Optional<String> top = ArmPath.topResource(step.path());
    boolean below = top.isPresent() && !isResource(step.path(), top.get());
    if (!below || step.exchange().code().equals("ResourceGroupNotFound")) {
      return;
    }
    String id = top.get();
    if (isGone(step.exchange(), id)) {
      scene.store().remove(id);
    } else if (!ArmPath.type(id).toLowerCase(Locale.ROOT).startsWith("microsoft.authorization/")) {
      scene.there(spelled(id), ArmPath.type(id), Scene.unknown(spelled(id), ArmPath.type(id)));
    }
  }

  private static boolean isResource(String path, String top) {
    return path.equalsIgnoreCase(top);
  }

  /// The parent is gone when Azure says so, or names it as what it does not know.
  private static boolean isGone(Exchange exchange, String parent) {
    return exchange.code().equals("ParentResourceNotFound")
        || (exchange.code().equals("ResourceNotFound")
            && exchange.message().contains("/" + ArmPath.name(parent) + "'"));
  }

  /// Identities write the word their own way.
  private static String spelled(String id) {
    return ArmPath.type(id).startsWith("Microsoft.ManagedIdentity")
        ? id.replace("/resourceGroups/", "/resourcegroups/")
        : id;
  }

  private void shown(Step step) {
    JsonNode body = step.answered();
    switch (step.exchange().method()) {
      case "GET" -> {
        if (body.path("value").isArray()) {
          body.path("value").forEach(item -> put(item, inList(step, item)));
          new MorePages(scene).before(step);
        } else {
          put(body, ofRequest(step, body));
        }
      }
      case "PUT", "PATCH" -> {
        if (step.exchange().status() == 200 && !comesToBe(step)) {
          put(body, ofRequest(step, body));
        }
      }
      case "DELETE" -> deleted(step, body);
      default -> {
        // an action shows nothing that its parent did not
      }
    }
  }

  /// The id under which it was there. Examples invent one that is not the one they ask for.
  private String ofRequest(Step step, JsonNode body) {
    boolean invented =
        scene.recording().kind() == Recording.Kind.OFFICIAL_EXAMPLE && body.has("id");
    return invented ? spelled(step.path()) : body.path("id").asString("");
  }

  private String inList(Step step, JsonNode item) {
    String id = item.path("id").asString("");
    String scope = step.path().replaceFirst("(?i)/providers/[^/]+/[^/]+$", "");
    boolean elsewhere =
        scene.recording().kind() == Recording.Kind.OFFICIAL_EXAMPLE
            && !id.regionMatches(true, 0, scope, 0, scope.length());
    return elsewhere ? spelled(step.path()) + "/" + ArmPath.name(id) : id;
  }

  /// Vaults answer 200 also when they are created or recovered.
  private static boolean comesToBe(Step step) {
    String state = step.exchange().body().at("/properties/provisioningState").asString("");
    String mode = step.exchange().sent().at("/properties/createMode").asString("");
    return state.equals("RegisteringDns") || mode.equals("recover");
  }

  private void deleted(Step step, JsonNode body) {
    if (step.exchange().status() == 204) {
      vanish(step);
    } else if (body.has("id")) {
      put(body, ofRequest(step, body));
    } else {
      String type = ArmPath.type(step.path());
      scene.there(step.path(), type, Scene.unknown(step.path(), type));
    }
  }

  /// What is not there any more though no recorded request deleted it, somebody else has. What a
  /// recorded request deleted, the sandbox itself must know to be gone.
  private void vanish(Step step) {
    boolean deleted =
        step.earlier().stream()
            .filter(exchange -> exchange.method().equals("DELETE"))
            .anyMatch(exchange -> isAt(step.path(), exchange.path()));
    boolean isResource = !step.exchange().method().equals("POST");
    if (isResource && !deleted) {
      scene.store().remove(step.path());
    }
  }

  private static boolean isAt(String path, String other) {
    return (path + "/").toLowerCase(Locale.ROOT).startsWith(other.toLowerCase(Locale.ROOT) + "/");
  }

  /// A resource as its body shows it. Polls and documents have other ids, or none.
  private void put(JsonNode body, String id) {
    if (id.startsWith("/") && body.has("type")) {
      ObjectNode tree = (ObjectNode) body.deepCopy();
      tree.put("id", id).put("name", ArmPath.name(id));
      scene.there(id, type(body), tree);
    } else if (body.has("subscriptionId") && body.has("displayName")) {
      scene.there(id, "Microsoft.Resources/subscriptions", body);
    }
  }

  /// Groups call themselves by a shorter name than their type has.
  private static String type(JsonNode body) {
    String type = body.path("type").asString("");
    return type.equals("Microsoft.Resources/resourceGroups")
        ? "Microsoft.Resources/subscriptions/resourceGroups"
        : type;
  }
}
