// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.clock.Seed;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The network of a new cluster: what follows from its plugin, its way out and its families.
final class NetworkTree {
  private static final String PLUGIN = "networkPlugin";
  private static final String MODE = "networkPluginMode";
  private static final String BALANCER = "loadBalancerProfile";
  private static final String NAT = "natGatewayProfile";

  private final Seed seed;

  NetworkTree(Seed seed) {
    this.seed = seed;
  }

  /// Completes the network that was asked for.
  void write(ObjectNode properties, String id, ApiVersion version, Release release) {
    ObjectNode network = properties.withObject("networkProfile");
    plugin(properties, network, version);
    put(network, "outboundType", "loadBalancer");
    if (network.path("loadBalancerSku").asString("standard").equalsIgnoreCase("standard")) {
      network.put("loadBalancerSku", release.balancer());
      wayOut(properties, network, id);
    }
    ranges(network);
  }

  /// kubenet was the plugin of who chose none until 2024, Azure CNI Overlay since.
  private static void plugin(ObjectNode properties, ObjectNode network, ApiVersion version) {
    boolean chosen = network.has(PLUGIN);
    if (!chosen && version.since("2025-01-01")) {
      network.put(PLUGIN, "azure").put(MODE, "overlay");
    }
    put(network, PLUGIN, "kubenet");
    if (!network.path(PLUGIN).asString("").equals("azure")) {
      return;
    }
    put(network, "networkDataplane", "azure");
    if (chosen && !network.has(MODE)) {
      ObjectNode windows = properties.withObject("windowsProfile");
      put(windows, "adminUsername", "azureuser");
      if (!windows.has("enableCSIProxy")) {
        windows.put("enableCSIProxy", true);
      }
    }
  }

  private static void put(ObjectNode tree, String member, String value) {
    if (!tree.has(member)) {
      tree.put(member, value);
    }
  }

  private void wayOut(ObjectNode properties, ObjectNode network, String id) {
    String group = properties.path("nodeResourceGroup").asString("");
    String addresses =
        "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/publicIPAddresses/"
            .formatted(id.split("/", -1)[2], group);
    switch (network.path("outboundType").asString("")) {
      case "loadBalancer" -> balancer(network.withObject(BALANCER), addresses, id);
      case "managedNATGateway" -> gateway(network, addresses, id);
      default -> {
        // the user's own routes and gateways have no addresses of ours
      }
    }
  }

  private void balancer(ObjectNode balancer, String addresses, String id) {
    put(balancer, "backendPoolType", "nodeIPConfiguration");
    if (balancer.has("outboundIPs") || balancer.has("outboundIPPrefixes")) {
      return;
    }
    ObjectNode managed = balancer.withObject("managedOutboundIPs");
    if (!managed.has("count")) {
      managed.put("count", 1);
    }
    effective(balancer, managed.path("count").asInt(), id, guid -> addresses + guid);
    effective(balancer, managed.path("countIPv6").asInt(0), id, guid -> addresses + guid + "-ipv6");
  }

  private void gateway(ObjectNode network, String addresses, String id) {
    network.putObject(BALANCER);
    ObjectNode gateway = network.withObject(NAT);
    ObjectNode managed = gateway.withObject("managedOutboundIPProfile");
    if (!managed.has("count")) {
      managed.put("count", 1);
    }
    effective(gateway, managed.path("count").asInt(), id, guid -> addresses + guid);
    if (!gateway.has("idleTimeoutInMinutes")) {
      gateway.put("idleTimeoutInMinutes", 4);
    }
  }

  private void effective(ObjectNode profile, int count, String id, UnaryOperator<String> address) {
    for (int i = 0; i < Math.min(count, 100); i++) {
      String guid = seed.uuid("public address", id).toString();
      profile.withArray("effectiveOutboundIPs").addObject().put("id", address.apply(guid));
    }
  }

  private static void ranges(ObjectNode network) {
    boolean azure = network.path(PLUGIN).asString("").equals("azure");
    boolean ownAddresses = !azure || network.path(MODE).asString("").equals("overlay");
    if (ownAddresses) {
      range(network, "podCidr", "10.244.0.0/16");
    }
    range(network, "serviceCidr", "10.0.0.0/16");
    put(network, "dnsServiceIP", "10.0.0.10");
    if (!network.has("ipFamilies")) {
      network.putArray("ipFamilies").add("IPv4");
    }
  }

  /// One range, and the list of ranges that begins with it.
  private static void range(ObjectNode network, String member, String value) {
    JsonNode first = network.path(member + "s").path(0);
    put(network, member, first.asString(value));
    if (!network.has(member + "s")) {
      network.putArray(member + "s").add(network.path(member).asString(""));
    }
  }
}
