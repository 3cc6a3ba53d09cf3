// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the tree of a cluster out of a request: what was sent, what AKS adds, and what it keeps.
final class ClusterTree {
  static final String TYPE = "Microsoft.ContainerService/ManagedClusters";

  private final Seed seed;
  private final Addresses addresses;
  private final String tenantId;

  ClusterTree(Seed seed, Addresses addresses, String tenantId) {
    this.seed = seed;
    this.addresses = addresses;
    this.tenantId = tenantId;
  }

  /// The cluster that a first PUT makes.
  ObjectNode created(String id, ObjectNode body) {
    ObjectNode tree = frame(id, body);
    ObjectNode properties = tree.putObject("properties");
    String location = body.path("location").asString("");
    JsonNode wanted = body.path("properties");
    String name = tree.path("name").asString();
    String version = wanted.path("kubernetesVersion").asString("1.34");
    String prefix = wanted.path("dnsPrefix").asString(name + "-dns");
    String fqdn = addresses.clusterFqdn(prefix, location, seed.hex("fqdn", id, 8));
    properties.put("provisioningState", "Creating");
    properties.putObject("powerState").put("code", "Running");
    properties.put("kubernetesVersion", version);
    properties.put(
        "currentKubernetesVersion", version.matches("\\d+\\.\\d+") ? version + ".0" : version);
    properties.put("dnsPrefix", prefix).put("fqdn", fqdn);
    properties.put("azurePortalFQDN", fqdn.replaceFirst("\\.hcp\\.", ".portal.hcp."));
    properties.set("agentPoolProfiles", JsonMapper.shared().createArrayNode());
    properties.putObject("servicePrincipalProfile").put("clientId", "msi");
    properties.put("nodeResourceGroup", "MC_" + group(id) + "_" + name + "_" + location);
    properties.put("enableRBAC", true).put("supportPlan", "KubernetesOfficial");
    network(properties);
    properties.put("maxAgentPools", 100);
    kubelet(properties, id);
    properties.putObject("autoUpgradeProfile").put("nodeOSUpgradeChannel", "NodeImage");
    properties.put("disableLocalAccounts", false);
    properties.putObject("securityProfile");
    ObjectNode storage = properties.putObject("storageProfile");
    storage.putObject("diskCSIDriver").put("enabled", true);
    storage.putObject("fileCSIDriver").put("enabled", true);
    storage.putObject("snapshotController").put("enabled", true);
    properties.putObject("oidcIssuerProfile").put("enabled", issuesByDefault(version));
    properties.putObject("workloadAutoScalerProfile");
    properties.put("resourceUID", seed.hex("resource uid", id, 24));
    properties.putObject("metricsProfile").putObject("costAnalysis").put("enabled", false);
    finish(tree, body, version);
    return tree;
  }

  /// Only new clusters from 1.34 on issue tokens without being told to.
  private static boolean issuesByDefault(String version) {
    String[] parts = version.split("\\.", -1);
    return parts.length > 1
        && parts[1].matches("\\d{1,4}")
        && (Integer.parseInt(parts[0]) > 1 || Integer.parseInt(parts[1]) >= 34);
  }

  /// The cluster that a later PUT makes: what was left out is gone, but for what only AKS writes.
  ObjectNode updated(String id, ObjectNode before, ObjectNode body) {
    ObjectNode tree = frame(id, body);
    ObjectNode properties = tree.putObject("properties");
    ObjectNode old = ClusterShape.properties(before);
    for (String kept : KEPT) {
      if (old.has(kept)) {
        properties.set(kept, old.path(kept).deepCopy());
      }
    }
    if (before.has("eTag")) {
      tree.set("eTag", before.path("eTag"));
    }
    if (before.has("identity")) {
      tree.set("identity", before.path("identity").deepCopy());
    }
    finish(tree, body, properties.path("kubernetesVersion").asString(""));
    return tree;
  }

  /// What a PUT that leaves them out does not take away.
  private static final String[] KEPT = {
    "provisioningState",
    "powerState",
    "kubernetesVersion",
    "currentKubernetesVersion",
    "dnsPrefix",
    "fqdn",
    "azurePortalFQDN",
    "privateFQDN",
    "agentPoolProfiles",
    "servicePrincipalProfile",
    "nodeResourceGroup",
    "enableRBAC",
    "supportPlan",
    "networkProfile",
    "maxAgentPools",
    "identityProfile",
    "disableLocalAccounts",
    "securityProfile",
    "storageProfile",
    "oidcIssuerProfile",
    "workloadAutoScalerProfile",
    "resourceUID",
    "metricsProfile",
    "nodeProvisioningProfile",
    "bootstrapProfile",
    "windowsProfile",
    "linuxProfile",
    "aadProfile"
  };

  private static ObjectNode frame(String id, ObjectNode body) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).set("location", body.path("location"));
    tree.put("name", id.substring(id.lastIndexOf('/') + 1));
    if (body.path("tags").isObject()) {
      tree.set("tags", body.path("tags").deepCopy());
    }
    tree.put("type", TYPE).put("kind", "Base");
    return tree;
  }

  private void finish(ObjectNode tree, ObjectNode body, String version) {
    ObjectNode properties = ClusterShape.properties(tree);
    JsonNode wanted = body.path("properties");
    JsonNode pools = properties.path("agentPoolProfiles").deepCopy();
    merge(properties, wanted);
    properties.set("agentPoolProfiles", pools((ArrayNode) pools, wanted, version));
    issuer(tree);
    entra(properties);
    for (String member : new String[] {"identity", "sku", "extendedLocation"}) {
      if (body.path(member).isObject()) {
        ObjectNode kept =
            tree.path(member) instanceof ObjectNode there
                ? there
                : JsonMapper.shared().createObjectNode();
        merge(kept, body.path(member));
        tree.set(member, kept);
      }
    }
    identity(tree);
    if (!tree.has("sku")) {
      tree.putObject("sku").put("name", "Base").put("tier", "Free");
    }
  }

  /// What was sent wins, member by member; lists as a whole; nulls say nothing.
  private static void merge(ObjectNode into, JsonNode sent) {
    sent.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (value.isObject() && into.path(member.getKey()) instanceof ObjectNode inner) {
                merge(inner, value);
              } else if (!value.isNull() && !READ_ONLY.contains(member.getKey())) {
                into.set(member.getKey(), value.deepCopy());
              }
            });
  }

  /// Members that clients may send back but cannot change.
  private static final Set<String> READ_ONLY =
      Set.of(
          "provisioningState",
          "currentKubernetesVersion",
          "fqdn",
          "azurePortalFQDN",
          "privateFQDN",
          "maxAgentPools",
          "resourceUID",
          "issuerURL",
          "principalId",
          "eTag",
          "currentOrchestratorVersion",
          "nodeImageVersion");

  /// Pools are matched by name; one that was not sent stays.
  private static ArrayNode pools(ArrayNode before, JsonNode wanted, String version) {
    ArrayNode pools = before;
    for (JsonNode sent : wanted.path("agentPoolProfiles")) {
      Optional<JsonNode> there =
          pools
              .valueStream()
              .filter(pool -> pool.path("name").equals(sent.path("name")))
              .findFirst();
      ObjectNode pool = (ObjectNode) there.orElseGet(() -> newPool(sent, version));
      if (there.isEmpty()) {
        pools.add(pool);
      }
      merge(pool, sent);
    }
    return pools;
  }

  private static ObjectNode newPool(JsonNode sent, String version) {
    ObjectNode pool = JsonMapper.shared().createObjectNode();
    pool.put("name", sent.path("name").asString("")).put("count", 1);
    pool.put("vmSize", "Standard_DS2_v2").put("osDiskSizeGB", 128).put("osDiskType", "Managed");
    pool.put("kubeletDiskType", "OS").put("maxPods", 110).put("type", "VirtualMachineScaleSets");
    pool.put("enableAutoScaling", false).put("provisioningState", "Creating");
    pool.putObject("powerState").put("code", "Running");
    pool.put("orchestratorVersion", version).put("currentOrchestratorVersion", version);
    pool.put("enableNodePublicIP", false).put("mode", "User").put("osType", "Linux");
    pool.put("osSKU", "Ubuntu");
    pool.put("nodeImageVersion", "AKSUbuntu-2204gen2containerd-202509.18.0");
    pool.putObject("upgradeSettings").put("maxSurge", "10%");
    pool.put("enableFIPS", false);
    return pool;
  }

  /// The address of the issuer is there from the first answer on, and stays for good.
  private void issuer(ObjectNode tree) {
    ObjectNode profile = ClusterShape.properties(tree).withObject("oidcIssuerProfile");
    if (profile.path("enabled").asBoolean(false) && !profile.has("issuerURL")) {
      String id = tree.path("id").asString();
      String guid = seed.uuid("issuer", id).toString();
      profile.put(
          "issuerURL", addresses.issuer(tree.path("location").asString(""), tenantId, guid));
    }
  }

  private void entra(ObjectNode properties) {
    if (properties.path("aadProfile") instanceof ObjectNode profile) {
      if (!profile.has("tenantID")) {
        profile.put("tenantID", tenantId);
      }
      if (!profile.has("enableAzureRBAC")) {
        profile.put("enableAzureRBAC", false);
      }
    }
  }

  private void identity(ObjectNode tree) {
    boolean assigned =
        tree.path("identity").path("type").asString("").equalsIgnoreCase("SystemAssigned");
    if (assigned && tree.path("identity") instanceof ObjectNode identity) {
      if (!identity.has("principalId")) {
        identity.put(
            "principalId", seed.uuid("cluster identity", tree.path("id").asString()).toString());
      }
      identity.put("tenantId", tenantId);
    }
  }

  private static void network(ObjectNode properties) {
    ObjectNode network = properties.putObject("networkProfile");
    network.put("networkPlugin", "azure").put("networkPluginMode", "overlay");
    network.put("networkPolicy", "none").put("networkDataplane", "azure");
    network.put("loadBalancerSku", "standard");
    ObjectNode balancer = network.putObject("loadBalancerProfile");
    balancer.putObject("managedOutboundIPs").put("count", 1);
    balancer.put("backendPoolType", "nodeIPConfiguration");
    network.put("podCidr", "10.244.0.0/16").put("serviceCidr", "10.0.0.0/16");
    network.put("dnsServiceIP", "10.0.0.10").put("outboundType", "loadBalancer");
    network.putArray("podCidrs").add("10.244.0.0/16");
    network.putArray("serviceCidrs").add("10.0.0.0/16");
    network.putArray("ipFamilies").add("IPv4");
  }

  private void kubelet(ObjectNode properties, String id) {
    String subscription = id.split("/", -1)[2];
    String name = id.substring(id.lastIndexOf('/') + 1) + "-agentpool";
    String group = properties.path("nodeResourceGroup").asString("");
    properties
        .putObject("identityProfile")
        .putObject("kubeletidentity")
        .put(
            "resourceId",
            "/subscriptions/%s/resourcegroups/%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s"
                .formatted(subscription, group, name))
        .put("clientId", seed.uuid("kubelet client", id).toString())
        .put("objectId", seed.uuid("kubelet principal", id).toString());
  }

  private static String group(String id) {
    return id.split("/", -1)[4];
  }
}
