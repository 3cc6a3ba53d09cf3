// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

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
    if (isGone(step.exchange())) {
      scene.store().remove(id);
    } else if (!ArmPath.type(id).toLowerCase(Locale.ROOT).startsWith("microsoft.authorization/")) {
      scene.there(spelled(id), ArmPath.type(id), Scene.unknown(spelled(id), ArmPath.type(id)));
    }
  }

  private static boolean isResource(String path, String top) {
    return path.equalsIgnoreCase(top);
  }

  /// The parent is gone when Azure says so, or when it does not know the resource of an action.
  private static boolean isGone(Exchange exchange) {
    return exchange.code().equals("ParentResourceNotFound")
        || (exchange.method().equals("POST") && exchange.code().equals("ResourceNotFound"));
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
          body.path("value").forEach(this::put);
        } else {
          put(body);
        }
      }
      case "PUT", "PATCH" -> {
        if (step.exchange().status() == 200) {
          put(body);
        }
      }
      case "DELETE" -> deleted(step, body);
      default -> {
        // an action shows nothing that its parent did not
      }
    }
  }

  private void deleted(Step step, JsonNode body) {
    if (step.exchange().status() == 204) {
      scene.store().remove(step.path());
    } else if (body.has("id")) {
      put(body);
    } else {
      String type = ArmPath.type(step.path());
      scene.there(step.path(), type, Scene.unknown(step.path(), type));
    }
  }

  /// A resource as its body shows it. Polls and documents have other ids, or none.
  private void put(JsonNode body) {
    String id = body.path("id").asString("");
    if (id.startsWith("/") && body.has("type")) {
      scene.there(id, body.path("type").asString(""), body);
    }
  }
}
