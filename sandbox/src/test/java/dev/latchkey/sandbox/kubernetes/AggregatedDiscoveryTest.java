// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import static dev.latchkey.sandbox.kubernetes.TestWorld.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Trees;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AggregatedDiscoveryTest {
  private static final String SECOND = "application/json;" + form("v2");
  private static final String BETA = "application/json;" + form("v2beta1");

  /// What kubectl and Helm say that they understand, best first.
  private static final String OF_CLIENT_GO = SECOND + "," + BETA + ",application/json";

  private final TestWorld world = new TestWorld();

  @Test
  void tellsAllGroupsAtOnceInTheFormThatIsWantedMost() {
    Answer groups = asked("/apis", OF_CLIENT_GO);
    Answer core = asked("/api", OF_CLIENT_GO);

    assertThat(groups.headers()).containsEntry("content-type", SECOND);
    assertThat(tree(groups).path("apiVersion").asString()).isEqualTo("apidiscovery.k8s.io/v2");
    assertThat(tree(core).at("/items/0/versions/0/version").asString()).isEqualTo("v1");
    assertThat(type(tree(groups), "apps", "deployments"))
        .isEqualTo(
            Trees.read(
                """
                {"resource":"deployments",
                 "responseKind":{"group":"apps","version":"v1","kind":"Deployment"},
                 "scope":"Namespaced","singularResource":"deployment",
                 "verbs":["create","delete","deletecollection","get","list","patch","update","watch"],
                 "shortNames":["deploy"],"categories":["all"],
                 "subresources":[
                  {"subresource":"status",
                   "responseKind":{"group":"apps","version":"v1","kind":"Deployment"},
                   "verbs":["get","patch","update"]},
                  {"subresource":"scale",
                   "responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},
                   "verbs":["get","patch","update"]}]}
                """));
  }

  @Test
  void tellsTheSameTypesAsEachGroupByItself() {
    JsonNode groups = tree(asked("/apis", OF_CLIENT_GO));

    Set<String> together = new TreeSet<>();
    Set<String> oneByOne = new TreeSet<>();
    for (JsonNode group : groups.path("items")) {
      String version =
          group.at("/metadata/name").asString() + "/" + group.at("/versions/0/version").asString();
      for (JsonNode type : group.at("/versions/0/resources")) {
        together.add(version + " " + type.path("resource").asString());
        type.path("subresources")
            .forEach(
                part ->
                    together.add(
                        version
                            + " "
                            + type.path("resource").asString()
                            + "/"
                            + part.path("subresource").asString()));
      }
      world
          .get("/apis/" + version)
          .path("resources")
          .forEach(type -> oneByOne.add(version + " " + type.path("name").asString()));
    }

    assertThat(together).isEqualTo(oneByOne).hasSizeGreaterThan(30);
  }

  @Test
  void answersOlderClientsInTheirForm() {
    assertThat(asked("/apis", BETA).headers()).containsEntry("content-type", BETA);
    assertThat(tree(asked("/apis", "application/json")).path("kind").asString())
        .isEqualTo("APIGroupList");
  }

  private Answer asked(String path, String accepted) {
    return world.ask("GET", path, "", Map.of("accept", accepted), true);
  }

  private static JsonNode type(JsonNode groups, String group, String resource) {
    return groups
        .path("items")
        .valueStream()
        .filter(each -> each.at("/metadata/name").asString().equals(group))
        .flatMap(each -> each.at("/versions/0/resources").valueStream())
        .filter(each -> each.path("resource").asString().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  private static String form(String version) {
    return "g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList";
  }
}
