// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.Recordings;
import dev.latchkey.core.resource.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ClusterTreeTest {
  private static final String FOLDER = "arm-managedclusters";

  /// What a body may differ in from what was got: the members that only answers have …
  private static final Set<String> LEFT_OUT =
      Set.of(
          "/id",
          "/name",
          "/type",
          "/systemData",
          "/eTag",
          "/identity/principalId",
          "/identity/tenantId",
          "/properties/provisioningState",
          "/properties/powerState",
          "/properties/currentKubernetesVersion",
          "/properties/fqdn",
          "/properties/azurePortalFQDN",
          "/properties/privateFQDN",
          "/properties/maxAgentPools",
          "/properties/resourceUID",
          "/properties/oidcIssuerProfile/issuerURL",
          "/properties/agentPoolProfiles/*/provisioningState",
          "/properties/agentPoolProfiles/*/currentOrchestratorVersion",
          "/properties/agentPoolProfiles/*/nodeImageVersion",
          "/properties/agentPoolProfiles/*/eTag");

  /// … and the two switches.
  private static final Set<String> SWITCHES =
      Set.of(
          "/properties/oidcIssuerProfile/enabled",
          "/properties/securityProfile/workloadIdentity/enabled");

  /// What the recorded `az` did not know in 2023, so that it got lost.
  private static final Set<String> LOST_BY_AZ =
      Set.of(
          "/properties/supportPlan",
          "/properties/storageProfile/diskCSIDriver/enabled",
          "/properties/storageProfile/fileCSIDriver/enabled",
          "/properties/storageProfile/snapshotController/enabled");

  @Test
  void sendsEveryRecordedClusterBackAsItCameButForTheSwitches() {
    List<JsonNode> whole = wholeClusters();
    assertThat(whole).hasSizeGreaterThan(40);

    for (JsonNode got : whole) {
      ObjectNode sent = ClusterTree.withWorkloadIdentity(got);

      assertThat(changes(got, sent)).as(got.path("id").asString()).isSubsetOf(allowed());
      assertThat(sent.at("/properties/oidcIssuerProfile/enabled").asBoolean()).isTrue();
      assertThat(sent.at("/properties/securityProfile/workloadIdentity/enabled").asBoolean())
          .isTrue();
    }
  }

  @Test
  void readsFromWhereTheApiServerCanBeReached() {
    assertThat(reach("{}")).isEqualTo(new Reach.Anywhere());
    assertThat(reach("{\"authorizedIPRanges\":null,\"enablePrivateCluster\":false}"))
        .isEqualTo(new Reach.Anywhere());
    assertThat(reach("{\"authorizedIPRanges\":[\"203.0.113.0/24\"]}"))
        .isEqualTo(new Reach.Ranges(List.of("203.0.113.0/24")));
    assertThat(reach("{\"enablePrivateCluster\":true}")).isEqualTo(new Reach.OwnNetwork());
  }

  private static Reach reach(String accessProfile) {
    ObjectNode cluster = (ObjectNode) wholeClusters().getFirst().deepCopy();
    cluster
        .withObject("properties")
        .set("apiServerAccessProfile", JsonMapper.shared().readTree(accessProfile));
    return ClusterTree.observed(cluster).reach();
  }

  @Test
  void leavesTheTreeThatItGotUntouched() {
    for (JsonNode got : wholeClusters()) {
      JsonNode copy = got.deepCopy();

      ClusterTree.withWorkloadIdentity(got);

      assertThat(got).isEqualTo(copy);
    }
  }

  @Test
  void sendsWhatTheAzureCliSentWhenItEnabledTheIssuer() {
    assertLikeAz("update-enable-oidc-issuer.json");
  }

  @Test
  void sendsWhatTheAzureCliSentWhenItEnabledWorkloadIdentity() {
    assertLikeAz("update-enable-workload-identity.json");
  }

  private static void assertLikeAz(String name) {
    var exchanges = Recordings.exchanges(Recordings.file(FOLDER, name));
    JsonNode got = exchanges.getFirst().at("/response/body");
    JsonNode sentByAz = exchanges.get(1).at("/request/body");

    var different = changes(sentByAz, ClusterTree.withWorkloadIdentity(got));

    different.removeAll(SWITCHES);
    assertThat(different).isEqualTo(LOST_BY_AZ);
  }

  private static Set<String> allowed() {
    Set<String> allowed = new TreeSet<>(LEFT_OUT);
    allowed.addAll(SWITCHES);
    return allowed;
  }

  private static List<JsonNode> wholeClusters() {
    List<JsonNode> whole = new ArrayList<>();
    for (JsonNode file : Recordings.folder(FOLDER).values()) {
      for (JsonNode exchange : Recordings.exchanges(file)) {
        JsonNode body = exchange.at("/response/body");
        body.path("value").forEach(item -> addCluster(item, whole));
        addCluster(body, whole);
      }
    }
    return whole;
  }

  private static void addCluster(JsonNode body, List<JsonNode> whole) {
    String type = body.path("type").asString("");
    if (type.equalsIgnoreCase("Microsoft.ContainerService/managedClusters")) {
      whole.add(body);
    }
  }

  /// The places where two trees differ, with `*` for the number of a pool.
  private static Set<String> changes(JsonNode before, JsonNode after) {
    Map<String, JsonNode> left = new TreeMap<>();
    Map<String, JsonNode> right = new TreeMap<>();
    leaves("", before, left);
    leaves("", after, right);
    Set<String> changed = new TreeSet<>();
    left.forEach((path, value) -> addIf(differs(path, value, right), path, changed));
    right.forEach((path, value) -> addIf(differs(path, value, left), path, changed));
    return changed;
  }

  /// An empty object that the other side has filled is told by what it is filled with.
  private static boolean differs(String path, JsonNode value, Map<String, JsonNode> other) {
    boolean filled = other.keySet().stream().anyMatch(key -> key.startsWith(path + "/"));
    return !value.equals(other.get(path)) && !filled;
  }

  private static void addIf(boolean different, String path, Set<String> changed) {
    if (different) {
      String general = path.replaceAll("/agentPoolProfiles/\\d+/", "/agentPoolProfiles/*/");
      changed.add(general.replaceFirst("^(/systemData|/properties/powerState)/.*", "$1"));
    }
  }

  private static void leaves(String path, JsonNode tree, Map<String, JsonNode> into) {
    if (tree.isObject() && !tree.isEmpty()) {
      tree.properties()
          .forEach(member -> leaves(path + "/" + member.getKey(), member.getValue(), into));
      return;
    }
    if (tree.isArray() && !tree.isEmpty()) {
      for (int index = 0; index < tree.size(); index++) {
        leaves(path + "/" + index, tree.get(index), into);
      }
      return;
    }
    into.put(path, tree);
  }
}
