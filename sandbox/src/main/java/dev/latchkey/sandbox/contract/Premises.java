// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.access.Directory;
import dev.latchkey.sandbox.access.Member;
import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.access.Role;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.contract.Recording.Exchange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What must have been there for Azure to answer as it did. Set right before the exchange that
/// shows it: recorded answers may reveal a state, they are never played back.
final class Premises {
  private static final String ASSIGNMENTS = "/providers/microsoft.authorization/roleassignments/";
  private static final String CREDENTIALS = "/federatedidentitycredentials";

  private final AzureResources azure;
  private final Store store;
  private final Directory directory;
  private final String tenantId;
  private final String caller;

  Premises(AzureResources azure, Directory directory, String tenantId, String caller) {
    this.azure = azure;
    this.store = azure.store();
    this.directory = directory;
    this.tenantId = tenantId;
    this.caller = caller;
  }

  void set(Exchange exchange, String path, Bindings bindings) {
    place(exchange, path);
    if (exchange.status() < 300) {
      there(exchange, path, bindings);
    }
    if (lower(path).contains(ASSIGNMENTS) && exchange.method().equals("PUT")) {
      assignment(exchange, path, bindings);
    }
    if (exchange.body().at("/error/message").asString("").startsWith("Issuer and subject")) {
      String other = path.substring(0, path.lastIndexOf('/')) + "/another";
      store.put(
          Stored.of(other, type(exchange), resource(other, type(exchange), Body.credential())));
    }
  }

  /// Subscription, group and what the resource belongs to.
  private void place(Exchange exchange, String path) {
    String[] words = path.split("/", -1);
    if (words.length < 3 || !words[1].equalsIgnoreCase("subscriptions")) {
      return;
    }
    if (store.find("/subscriptions/" + words[2]).isEmpty()) {
      azure.addSubscription(words[2], "Example Subscription");
    }
    if (words.length < 5 || !words[3].equalsIgnoreCase("resourceGroups")) {
      return;
    }
    String group = "/subscriptions/" + words[2] + "/resourceGroups/" + words[4];
    boolean gone = exchange.code().equals("ResourceGroupNotFound");
    if (gone) {
      store.remove(group);
    } else if (store.find(group).isEmpty()) {
      azure.addGroup(words[2], words[4], "westeurope");
    }
    parent(exchange, words);
  }

  private void parent(Exchange exchange, String[] words) {
    boolean nested = words.length > 9;
    if (!nested || exchange.code().equals("ResourceGroupNotFound")) {
      return;
    }
    String parent = String.join("/", List.of(words).subList(0, 9));
    if (exchange.code().equals("ParentResourceNotFound")) {
      store.remove(parent);
    } else if (store.find(parent).isEmpty()
        && !words[6].equalsIgnoreCase("Microsoft.Authorization")) {
      String type = words[6] + "/" + words[7];
      String id =
          type.startsWith("Microsoft.ManagedIdentity")
              ? parent.replace("/resourceGroups/", "/resourcegroups/")
              : parent;
      store.put(Stored.of(id, type, resource(id, type, JsonMapper.shared().createObjectNode())));
    }
  }

  /// What a read, a list, a deletion or an update shows was there before.
  private void there(Exchange exchange, String path, Bindings bindings) {
    JsonNode body = exchange.body();
    switch (exchange.method()) {
      case "GET" -> {
        if (body.path("value").isArray()) {
          body.path("value").forEach(item -> put(item, bindings));
        } else {
          put(body, bindings);
        }
      }
      case "PUT" -> {
        if (exchange.status() == 200) {
          put(body, bindings);
        }
      }
      case "DELETE" -> {
        boolean had = exchange.status() == 200;
        if (had && body.has("id")) {
          put(body, bindings);
        } else if (had && store.find(path).isEmpty()) {
          String type = type(exchange);
          store.put(
              Stored.of(path, type, resource(path, type, JsonMapper.shared().createObjectNode())));
        }
      }
      default -> {
        // an action shows nothing that its parent did not
      }
    }
  }

  private void put(JsonNode body, Bindings bindings) {
    String id = bindings.translated(body.path("id").asString(""));
    String type = body.path("type").asString("");
    if (id.isEmpty() || store.find(id).isPresent()) {
      return;
    }
    String text = bindings.translated(body.toString());
    store.put(Stored.of(id, type, (ObjectNode) JsonMapper.shared().readTree(text)));
  }

  private void assignment(Exchange exchange, String path, Bindings bindings) {
    JsonNode sent =
        JsonMapper.shared().readTree(bindings.translated(Body.of(exchange, caller).toString()));
    String principal = sent.at("/properties/principalId").asString("");
    String role = sent.at("/properties/roleDefinitionId").asString("");
    known(exchange, principal, role);
    String scope = path.substring(0, lower(path).indexOf(ASSIGNMENTS));
    switch (exchange.code()) {
      case "RoleAssignmentExists" -> azure.assign(principal, lastWord(role), scope);
      case "RoleAssignmentUpdateNotPermitted" -> {
        ObjectNode other = resource(path, "Microsoft.Authorization/roleAssignments", sent);
        ((ObjectNode) other.path("properties")).put("principalId", new UUID(0, 1).toString());
        store.put(Stored.of(path, "Microsoft.Authorization/roleAssignments", other));
      }
      default -> {
        // nothing else shows in the code
      }
    }
  }

  /// The principal is visible unless the answer says otherwise; the role exists.
  private void known(Exchange exchange, String principal, String role) {
    Optional<Member.Type> type = type(exchange.body()).or(() -> type(exchange.sent()));
    if (type.isPresent()) {
      directory.add(new Member(principal, type.get()));
    } else {
      Instant visible = exchange.code().equals("PrincipalNotFound") ? Instant.MAX : Instant.EPOCH;
      String client =
          directory.byObjectId(principal).map(Principal::clientId).orElse("client of " + principal);
      directory.add(
          new Principal(principal, client, tenantId, "recorded", Optional.empty(), visible));
    }
    if (azure.roles().find(role).isEmpty()) {
      azure
          .roles()
          .add(
              new Role(
                  lastWord(role),
                  "recorded",
                  "",
                  Role.Kind.BUILT_IN,
                  List.of("/"),
                  List.of(),
                  new Role.History("", Optional.empty(), "", Optional.empty())));
    }
  }

  /// What the principal is, if it is none that signs in.
  private static Optional<Member.Type> type(JsonNode body) {
    String word = body.at("/properties/principalType").asString("");
    return Stream.of(Member.Type.values()).filter(type -> type.word().equals(word)).findFirst();
  }

  private static ObjectNode resource(String id, String type, JsonNode content) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", lastWord(id)).put("type", type);
    tree.set(
        "properties",
        content.path("properties").isObject()
            ? content.path("properties").deepCopy()
            : JsonMapper.shared().createObjectNode());
    return tree;
  }

  private static String type(Exchange exchange) {
    return exchange.path().toLowerCase(Locale.ROOT).contains(CREDENTIALS)
        ? "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials"
        : exchange.type();
  }

  private static String lastWord(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
