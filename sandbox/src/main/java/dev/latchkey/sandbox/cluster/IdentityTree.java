// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Seed;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The identities that come with a cluster: its own, its nodes', and one per add-on that needs it.
final class IdentityTree {
  /// Add-ons with an identity, and how it is called before the cluster's name.
  private static final Map<String, String> ADDONS =
      Map.of(
          "azureKeyvaultSecretsProvider", "azurekeyvaultsecretsprovider",
          "omsagent", "omsagent",
          "azurepolicy", "azurepolicy",
          "ingressApplicationGateway", "ingressapplicationgateway");

  private final Store store;
  private final Seed seed;
  private final String tenantId;

  IdentityTree(Store store, Seed seed, String tenantId) {
    this.store = store;
    this.seed = seed;
    this.tenantId = tenantId;
  }

  /// Completes the identities of a cluster: those that are there stay as they are.
  void write(ObjectNode tree, String id) {
    ObjectNode properties = ClusterShape.properties(tree);
    if (tree.path("identity") instanceof ObjectNode identity) {
      own(identity, id);
      kubelet(properties, id);
      addons(properties, id);
    }
    if (!properties.has("servicePrincipalProfile")) {
      properties.putObject("servicePrincipalProfile").put("clientId", "msi");
    }
  }

  private void own(ObjectNode identity, String id) {
    switch (identity.path("type").asString("")) {
      case "SystemAssigned" -> {
        if (!identity.has("principalId")) {
          identity.put("principalId", seed.uuid("cluster identity", id).toString());
        }
        identity.put("tenantId", tenantId);
      }
      case "UserAssigned" ->
          identity
              .path("userAssignedIdentities")
              .properties()
              .forEach(one -> known((ObjectNode) one.getValue(), one.getKey()));
      default -> {
        // "None", and what a later version may bring, has nothing to complete
      }
    }
  }

  private void known(ObjectNode shown, String identity) {
    JsonNode properties =
        store.find(identity).map(Stored::tree).map(IdentityTree::content).orElse(shown);
    shown.put("clientId", id(properties, "clientId", identity));
    shown.put("principalId", id(properties, "principalId", identity));
  }

  private static JsonNode content(ObjectNode identity) {
    return identity.path("properties");
  }

  private String id(JsonNode properties, String member, String identity) {
    return properties
        .path(member)
        .asStringOpt()
        .orElseGet(() -> seed.uuid(member, identity).toString());
  }

  private void kubelet(ObjectNode properties, String id) {
    if (!properties.has("identityProfile")) {
      ObjectNode kubelet = properties.putObject("identityProfile").putObject("kubeletidentity");
      managed(kubelet, properties, ClusterShape.name(id) + "-agentpool", id);
    }
  }

  private void addons(ObjectNode properties, String id) {
    properties
        .path("addonProfiles")
        .properties()
        .forEach(
            addon -> {
              if (addon.getValue() instanceof ObjectNode profile) {
                addon(profile, addon.getKey(), properties, id);
              }
            });
  }

  private void addon(ObjectNode profile, String name, ObjectNode properties, String id) {
    if (!profile.has("config")) {
      profile.putNull("config");
    }
    boolean enabled = profile.path("enabled").asBoolean(false);
    String prefix = ADDONS.get(name);
    if (enabled && prefix != null && !profile.has("identity")) {
      managed(profile.putObject("identity"), properties, prefix + "-" + ClusterShape.name(id), id);
    } else if (!enabled) {
      profile.remove("identity");
    }
  }

  private void managed(ObjectNode into, ObjectNode properties, String name, String id) {
    String resource =
        "/subscriptions/%s/resourcegroups/%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s"
            .formatted(
                id.split("/", -1)[2], properties.path("nodeResourceGroup").asString(""), name);
    into.put("resourceId", resource)
        .put("clientId", seed.uuid("client " + name, id).toString())
        .put("objectId", seed.uuid("principal " + name, id).toString());
  }
}
