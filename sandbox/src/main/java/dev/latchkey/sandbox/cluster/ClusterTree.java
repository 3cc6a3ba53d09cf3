// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes the tree of a cluster out of a request: what was sent, what AKS adds, and what it keeps.
final class ClusterTree {
  static final String TYPE = "Microsoft.ContainerService/ManagedClusters";

  /// What a PUT that leaves them out does not take away.
  private static final List<String> KEPT =
      List.of(
          "provisioningState",
          "powerState",
          "kubernetesVersion",
          "currentKubernetesVersion",
          "dnsPrefix",
          "fqdn",
          "azurePortalFQDN",
          "privateFQDN",
          "privateLinkResources",
          "agentPoolProfiles",
          "servicePrincipalProfile",
          "nodeResourceGroup",
          "enableRBAC",
          "supportPlan",
          "networkProfile",
          "maxAgentPools",
          "identityProfile",
          "autoUpgradeProfile",
          "disableLocalAccounts",
          "securityProfile",
          "storageProfile",
          "oidcIssuerProfile",
          "workloadAutoScalerProfile",
          "resourceUID",
          "metricsProfile",
          "nodeProvisioningProfile",
          "bootstrapProfile",
          "controlPlanePluginProfiles",
          "windowsProfile",
          "linuxProfile",
          "aadProfile");

  private final Seed seed;
  private final Addresses addresses;
  private final String tenantId;
  private final NetworkTree networks;
  private final IdentityTree identities;

  ClusterTree(Store store, Seed seed, Addresses addresses, String tenantId) {
    this.seed = seed;
    this.addresses = addresses;
    this.tenantId = tenantId;
    this.networks = new NetworkTree(seed);
    this.identities = new IdentityTree(store, seed, tenantId);
  }

  /// The cluster that a first PUT makes.
  ObjectNode created(String id, ObjectNode body, ApiVersion version, Release release) {
    ObjectNode sent = Sent.of(body);
    ObjectNode tree = frame(id, sent);
    ObjectNode properties = tree.putObject("properties");
    properties.put("provisioningState", "Creating");
    ObjectNode wanted = sent.withObject("properties");
    Release.Kubernetes kubernetes =
        release.kubernetes(wanted.path("kubernetesVersion").asString(""));
    Sent.merge(properties, wanted);
    properties.put("kubernetesVersion", kubernetes.wanted());
    properties.put("currentKubernetesVersion", kubernetes.current());
    names(properties, id, tree.path("location").asString(""));
    properties.put("maxAgentPools", 100);
    properties.put("resourceUID", seed.hex("resource uid", id, 24));
    issues(properties, kubernetes.wanted());
    dashboard(properties, kubernetes.wanted());
    networks.write(properties, id, version, release);
    properties.remove("agentPoolProfiles");
    finish(tree, body, version, release);
    return tree;
  }

  /// The cluster that a later PUT makes: what was left out is gone, but for what only AKS writes.
  ObjectNode updated(
      String id, ObjectNode before, ObjectNode body, ApiVersion version, Release release) {
    ObjectNode sent = Sent.of(body);
    ObjectNode tree = frame(id, sent);
    ObjectNode properties = tree.putObject("properties");
    ObjectNode old = ClusterShape.properties(before);
    KEPT.stream()
        .filter(old::has)
        .forEach(member -> properties.set(member, old.path(member).deepCopy()));
    for (String member : List.of("eTag", "kind", "extendedLocation", "systemData")) {
      if (before.has(member) && !tree.has(member)) {
        tree.set(member, before.path(member).deepCopy());
      }
    }
    identity(tree, before);
    JsonNode pools = properties.path("agentPoolProfiles");
    Sent.merge(properties, sent.withObject("properties"));
    Sent.clear(properties, body.path("properties"));
    properties.set("agentPoolProfiles", pools);
    addons(properties, old);
    if (!tree.has("sku") && before.has("sku")) {
      tree.set("sku", before.path("sku").deepCopy());
    }
    upgrade(properties, release);
    finish(tree, body, version, release);
    return tree;
  }

  private static ObjectNode frame(String id, ObjectNode sent) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).set("location", sent.path("location"));
    tree.put("name", ClusterShape.name(id));
    for (String member : List.of("tags", "identity", "sku", "extendedLocation", "kind")) {
      if (sent.has(member)) {
        tree.set(member, sent.path(member).deepCopy());
      }
    }
    return tree.put("type", TYPE);
  }

  private void names(ObjectNode properties, String id, String location) {
    String name = ClusterShape.name(id);
    if (!properties.has("dnsPrefix")) {
      properties.put("dnsPrefix", properties.path("fqdnSubdomain").asString(name + "-dns"));
    }
    String prefix = properties.path("dnsPrefix").asString("");
    String fqdn = addresses.clusterFqdn(prefix, location, seed.hex("fqdn", id, 8));
    properties.put("fqdn", fqdn);
    properties.put("azurePortalFQDN", fqdn.replaceFirst("\\.hcp\\.", ".portal.hcp."));
    if (!properties.has("nodeResourceGroup")) {
      String group = id.split("/", -1)[4];
      properties.put("nodeResourceGroup", "MC_" + group + "_" + name + "_" + location);
    }
    if (properties.path("apiServerAccessProfile").path("enablePrivateCluster").asBoolean(false)) {
      privately(properties, id, location, prefix);
    }
  }

  private void privately(ObjectNode properties, String id, String location, String prefix) {
    ObjectNode access = properties.withObject("apiServerAccessProfile");
    if (!access.has("privateDNSZone")) {
      access.put("privateDNSZone", "system");
    }
    properties.put(
        "azurePortalFQDN",
        "%s-priv.portal.hcp.%s.azmk8s.io".formatted(seed.hex("portal", id, 32), location));
    properties.put(
        "privateFQDN",
        "%s-%s.%s.privatelink.%s.azmk8s.io"
            .formatted(
                prefix, seed.hex("private fqdn", id, 8), seed.uuid("private zone", id), location));
    ObjectNode link = properties.putArray("privateLinkResources").addObject();
    link.put("id", id + "/privateLinkResources/management").put("name", "management");
    link.put("type", "Microsoft.ContainerService/managedClusters/privateLinkResources");
    link.put("groupId", "management").putArray("requiredMembers").add("management");
  }

  /// Only new clusters from 1.34 on issue tokens without being told to.
  private static void issues(ObjectNode properties, String version) {
    ObjectNode profile = properties.withObject("oidcIssuerProfile");
    if (!profile.has("enabled")) {
      profile.put("enabled", PoolTree.minor(version) >= 34);
    }
  }

  /// Clusters before 1.19 had the dashboard as an add-on: on before 1.18, then off.
  private static void dashboard(ObjectNode properties, String version) {
    int minor = PoolTree.minor(version);
    if (minor < 19 && !properties.path("addonProfiles").has("KubeDashboard")) {
      properties
          .withObject("addonProfiles")
          .putObject("KubeDashboard")
          .put("enabled", minor < 18)
          .putNull("config");
    }
  }

  /// An identity of the same kind stays the same one.
  private static void identity(ObjectNode tree, ObjectNode before) {
    JsonNode old = before.path("identity");
    boolean same = old.path("type").equals(tree.path("identity").path("type"));
    if (old instanceof ObjectNode there && (same || !tree.has("identity"))) {
      ObjectNode kept = there.deepCopy();
      Sent.merge(kept, tree.path("identity"));
      tree.set("identity", kept);
    }
  }

  /// An add-on that is sent again keeps its identity.
  private static void addons(ObjectNode properties, ObjectNode old) {
    for (var addon : properties.path("addonProfiles").properties()) {
      JsonNode identity = old.at("/addonProfiles/" + addon.getKey() + "/identity");
      if (identity.isObject() && addon.getValue() instanceof ObjectNode profile) {
        profile.set("identity", identity.deepCopy());
      }
    }
  }

  private static void upgrade(ObjectNode properties, Release release) {
    String wanted = properties.path("kubernetesVersion").asString("");
    String current = properties.path("currentKubernetesVersion").asString(wanted);
    if (!current.equals(wanted) && !current.startsWith(wanted + ".")) {
      properties.put("currentKubernetesVersion", release.kubernetes(wanted).current());
    }
  }

  private void finish(ObjectNode tree, ObjectNode body, ApiVersion version, Release release) {
    ObjectNode properties = ClusterShape.properties(tree);
    PoolTree.write(properties, body.path("properties"), version, release);
    issuer(tree);
    entra(properties);
    identities.write(tree, tree.path("id").asString());
    if (!tree.has("sku")) {
      tree.putObject("sku");
    }
    sku(tree.withObject("sku"));
    Defaults.fill(tree, version);
  }

  /// Kept under today's names; [ClusterShape] shows older versions theirs.
  private static void sku(ObjectNode sku) {
    String name = sku.path("name").asString("Basic");
    String tier = sku.path("tier").asString("Free");
    sku.put("name", name.equals("Basic") ? "Base" : name);
    sku.put("tier", tier.equals("Paid") ? "Standard" : tier);
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
      if (!profile.has("adminUsers")) {
        profile.putNull("adminUsers");
      }
    }
  }
}
