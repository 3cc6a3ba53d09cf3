// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.OfficialData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Our types against the documents that Kubernetes itself publishes.
class SchemaTest {
  private static final List<String> COMPARED =
      List.of(
          "type",
          "format",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type",
          "x-kubernetes-patch-merge-key",
          "x-kubernetes-patch-strategy");

  /// Their documents are not among those of the comparison.
  private static final List<String> APART = List.of("scheduling.k8s.io/v1", "storage.k8s.io/v1");

  static List<Kind> compared() {
    return Kinds.groupVersions().stream()
        .filter(kind -> !APART.contains(kind.apiVersion()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("compared")
  void eachTypeLooksAsKubernetesPublishesIt(Kind ofGroup) throws IOException {
    JsonNode theirs = document(ofGroup).at("/components/schemas");
    JsonNode ours = OpenApi.document(ofGroup.apiVersion(), "1.34.0").at("/components/schemas");

    var differences = new TreeMap<String, String>();
    ours.properties().forEach(each -> compare(each.getKey(), each.getValue(), theirs, differences));

    assertThat(differences).isEmpty();
    assertThat(ours.size()).isGreaterThan(5);
  }

  @Test
  void everyReferenceOfADocumentLeadsToASchemaInIt() {
    for (Kind kind : Kinds.groupVersions()) {
      ObjectNode document = OpenApi.document(kind.apiVersion(), "1.34.0");

      assertThat(references(document))
          .allSatisfy(name -> assertThat(document.at("/components/schemas").has(name)).isTrue());
    }
  }

  private static List<String> references(JsonNode node) {
    var found = new ArrayList<String>();
    node.findValues("$ref").stream()
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .forEach(each -> found.add(each.substring(each.lastIndexOf('/') + 1)));
    return found;
  }

  private static void compare(
      String name, JsonNode ours, JsonNode allTheirs, Map<String, String> differences) {
    JsonNode theirs = allTheirs.path(name);
    String required = texts(theirs.path("required"));
    if (!texts(ours.path("required")).equals(required)) {
      differences.put(name + " required", ours.path("required") + " is " + required);
    }
    compareWords(name, ours, theirs, differences);
    ObjectNode fields = ours.path("properties").deepCopy() instanceof ObjectNode o ? o : empty();
    theirs.path("properties").propertyNames().stream()
        .filter(field -> !fields.has(field))
        .forEach(field -> differences.put(name + "." + field, "is missing"));
    for (var field : fields.properties()) {
      JsonNode their = theirs.path("properties").path(field.getKey());
      if (their.isMissingNode()) {
        differences.put(name + "." + field.getKey(), "is not there");
      }
      compareValues(name + "." + field.getKey(), field.getValue(), their, differences);
    }
  }

  private static void compareValues(
      String path, JsonNode ours, JsonNode theirs, Map<String, String> differences) {
    compareWords(path, ours, theirs, differences);
    if (!reference(ours).equals(reference(theirs))) {
      differences.put(path, reference(ours) + " is " + reference(theirs));
    }
    for (String inside : List.of("items", "additionalProperties")) {
      if (ours.has(inside) || theirs.has(inside)) {
        compareValues(path + "/" + inside, ours.path(inside), theirs.path(inside), differences);
      }
    }
  }

  private static void compareWords(
      String path, JsonNode ours, JsonNode theirs, Map<String, String> differences) {
    for (String word : COMPARED) {
      if (!ours.path(word).toString().equals(theirs.path(word).toString())) {
        differences.put(path + " " + word, ours.path(word) + " is " + theirs.path(word));
      }
    }
  }

  private static String reference(JsonNode schema) {
    return Optional.of(schema.path("$ref").asString(""))
        .filter(text -> !text.isEmpty())
        .orElse(schema.path("allOf").path(0).path("$ref").asString(""));
  }

  private static String texts(JsonNode list) {
    return Trees.items(list).stream().map(JsonNode::asString).sorted().toList().toString();
  }

  private static ObjectNode empty() {
    return JsonMapper.shared().createObjectNode();
  }

  private static JsonNode document(Kind kind) throws IOException {
    String root = kind.group().isEmpty() ? "api_" : "apis_";
    String name = root + kind.apiVersion().replace('/', '_') + ".json";
    Path file = OfficialData.at("kubernetes-openapi/1.34/" + name);
    return JsonMapper.shared().readTree(Files.readString(file));
  }
}
