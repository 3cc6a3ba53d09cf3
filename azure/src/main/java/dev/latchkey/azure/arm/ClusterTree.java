// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Pool;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Reach;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A managed cluster as AKS tells it, and the body that switches workload identity on.
final class ClusterTree {
  /// Members that only answers have. `az` leaves them out of its own updates, and so do we.
  ///
  /// Two that the recorded `az` leaves out are sent back: `supportPlan` and the drivers of
  /// `storageProfile`. Its model of 2023 did not know them; today both can be set, and a PUT
  /// without them could take a cluster out of long-term support.
  private static final List<String> TOP =
      List.of("id", "name", "type", "systemData", "eTag", "etag");

  private static final List<String> PROPERTIES =
      List.of(
          "provisioningState",
          "powerState",
          "currentKubernetesVersion",
          "fqdn",
          "azurePortalFQDN",
          "privateFQDN",
          "maxAgentPools",
          "resourceUID");
  private static final List<String> POOL =
      List.of(
          "provisioningState", "currentOrchestratorVersion", "nodeImageVersion", "eTag", "etag");
  private static final List<String> IDENTITY = List.of("principalId", "tenantId");

  private ClusterTree() {}

  /// The whole cluster without what only answers have, and with both switches on.
  static ObjectNode withWorkloadIdentity(JsonNode cluster) {
    ObjectNode body = (ObjectNode) cluster.deepCopy();
    body.remove(TOP);
    if (body.path("identity") instanceof ObjectNode identity) {
      identity.remove(IDENTITY);
    }
    ObjectNode properties = body.withObject("properties");
    properties.remove(PROPERTIES);
    for (JsonNode pool : properties.path("agentPoolProfiles")) {
      if (pool instanceof ObjectNode members) {
        members.remove(POOL);
      }
    }
    ObjectNode issuer = object(properties, "oidcIssuerProfile");
    issuer.remove("issuerURL");
    issuer.put("enabled", true);
    object(object(properties, "securityProfile"), "workloadIdentity").put("enabled", true);
    return body;
  }

  /// The object of this name, made when it is missing or null.
  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  static ObservedCluster observed(JsonNode cluster) {
    JsonNode properties = cluster.path("properties");
    List<Pool> pools = new ArrayList<>();
    for (JsonNode pool : properties.path("agentPoolProfiles")) {
      pools.add(
          new Pool(
              pool.path("name").asString(""),
              pool.path("provisioningState").asString("Succeeded"),
              pool.path("count").asInt(0),
              feature(pool.path("enableAutoScaling")),
              etag(pool)));
    }
    JsonNode entra = properties.path("aadProfile");
    return new ObservedCluster(
        new ResourceId(cluster.path("id").asString("")),
        cluster.path("location").asString(""),
        properties
            .path("currentKubernetesVersion")
            .asString(properties.path("kubernetesVersion").asString("")),
        properties.path("nodeResourceGroup").asString(""),
        properties.path("provisioningState").asString("Succeeded"),
        properties.at("/powerState/code").asString("Running").equals("Stopped")
            ? Power.STOPPED
            : Power.RUNNING,
        reach(properties.path("apiServerAccessProfile")),
        issuer(cluster),
        feature(properties.at("/securityProfile/workloadIdentity/enabled")),
        signIn(entra),
        entra.path("tenantID").asStringOpt().or(() -> tenant(cluster)).map(TenantId::new),
        pools,
        tags(cluster),
        etag(cluster));
  }

  /// The issuer, if it is switched on.
  static Optional<Issuer> issuer(JsonNode cluster) {
    return cluster
        .at("/properties/oidcIssuerProfile/issuerURL")
        .asStringOpt()
        .filter(url -> !url.isEmpty())
        .map(Issuer::new);
  }

  static Tags tags(JsonNode resource) {
    Map<String, String> tags = new TreeMap<>();
    resource
        .path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
    return new Tags(tags);
  }

  private static Reach reach(JsonNode access) {
    if (access.path("enablePrivateCluster").asBoolean(false)) {
      return new Reach.OwnNetwork();
    }
    List<String> ranges =
        access.path("authorizedIPRanges").valueStream().map(range -> range.asString("")).toList();
    return ranges.isEmpty() ? new Reach.Anywhere() : new Reach.Ranges(ranges);
  }

  private static Optional<String> tenant(JsonNode cluster) {
    return cluster.at("/identity/tenantId").asStringOpt();
  }

  private static SignIn signIn(JsonNode entra) {
    if (!entra.isObject()) {
      return SignIn.CERTIFICATE;
    }
    return entra.path("enableAzureRBAC").asBoolean(false)
        ? SignIn.ENTRA_AZURE_RBAC
        : SignIn.ENTRA_KUBERNETES_RBAC;
  }

  private static Feature feature(JsonNode value) {
    return value.asBoolean(false) ? Feature.ON : Feature.OFF;
  }

  /// Spelled `eTag`; some previews of 2024 spelled it `etag`.
  private static Optional<String> etag(JsonNode tree) {
    return tree.path("eTag").asStringOpt().or(() -> tree.path("etag").asStringOpt());
  }
}
