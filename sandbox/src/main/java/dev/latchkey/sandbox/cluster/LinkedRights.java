// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Linked;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a cluster's body names elsewhere, and the rights that ARM asks for there on each PUT, be it
/// changed or not.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/aks/concepts-identity#aks-service-permissions">AKS
///   service permissions</a>
final class LinkedRights {
  private static final String JOIN_SUBNET = "Microsoft.Network/virtualNetworks/subnets/join/action";
  private static final String ASSIGN =
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";
  private static final String SHARED_KEYS =
      "Microsoft.OperationalInsights/workspaces/sharedkeys/read";

  private LinkedRights() {}

  static List<Linked> of(JsonNode body) {
    JsonNode properties = body.path("properties");
    var found = new ArrayList<Linked>();
    found.addAll(subnets(properties));
    found.addAll(addresses(properties.at("/networkProfile/loadBalancerProfile")));
    found.addAll(identities(body));
    found.addAll(workspaces(properties.path("addonProfiles")));
    found.addAll(
        linked(
            "Microsoft.Compute/diskEncryptionSets/read",
            Stream.of(properties.path("diskEncryptionSetID"))));
    return List.copyOf(found);
  }

  private static List<Linked> subnets(JsonNode properties) {
    Stream<JsonNode> ofPools =
        properties
            .path("agentPoolProfiles")
            .valueStream()
            .flatMap(pool -> Stream.of(pool.path("vnetSubnetID"), pool.path("podSubnetID")));
    Stream<JsonNode> ofServer =
        Stream.of(properties.path("apiServerAccessProfile").path("subnetId"));
    return linked(JOIN_SUBNET, Stream.concat(ofPools, ofServer));
  }

  private static List<Linked> addresses(JsonNode balancer) {
    var found = new ArrayList<Linked>();
    found.addAll(
        linked(
            "Microsoft.Network/publicIPAddresses/join/action",
            ids(balancer.at("/outboundIPs/publicIPs"))));
    found.addAll(
        linked(
            "Microsoft.Network/publicIPPrefixes/join/action",
            ids(balancer.at("/outboundIPPrefixes/publicIPPrefixes"))));
    return found;
  }

  private static Stream<JsonNode> ids(JsonNode list) {
    return list.valueStream().map(one -> one.path("id"));
  }

  /// A kubelet's identity of one's own goes with a control plane's; else AKS makes one itself.
  private static List<Linked> identities(JsonNode body) {
    JsonNode identity = body.path("identity");
    if (!identity.path("type").asString("").equalsIgnoreCase("UserAssigned")) {
      return List.of();
    }
    var found = new ArrayList<Linked>();
    identity
        .path("userAssignedIdentities")
        .propertyNames()
        .forEach(id -> found.add(new Linked(ASSIGN, id)));
    JsonNode profile = body.path("properties").path("identityProfile");
    found.addAll(linked(ASSIGN, Stream.of(profile.path("kubeletidentity").path("resourceId"))));
    return found;
  }

  /// Members of add-ons are written in any casing.
  private static List<Linked> workspaces(JsonNode addons) {
    Stream<JsonNode> monitoring =
        member(addons, "omsagent").filter(addon -> addon.path("enabled").asBoolean(false));
    return linked(
        SHARED_KEYS,
        monitoring.flatMap(
            addon -> member(addon.path("config"), "logAnalyticsWorkspaceResourceID")));
  }

  private static Stream<JsonNode> member(JsonNode tree, String name) {
    return tree.propertyStream()
        .filter(member -> member.getKey().equalsIgnoreCase(name))
        .map(member -> member.getValue());
  }

  private static List<Linked> linked(String action, Stream<JsonNode> ids) {
    return ids.map(id -> id.asString(""))
        .filter(id -> !id.isEmpty())
        .map(id -> new Linked(action, id))
        .toList();
  }
}
