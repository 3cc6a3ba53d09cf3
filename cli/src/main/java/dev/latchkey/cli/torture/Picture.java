// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.plan.Thing;
import dev.latchkey.sandbox.state.SavedWorld;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A world without what differs from run to run although nothing is different: times, versions,
/// numbers of revisions, the port of the sandbox.
///
/// @param things what is in it by name, each as text
record Picture(SortedMap<String, String> things) {
  private static final Set<String> PASSING =
      Set.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "managedFields",
          "status",
          "etag",
          "deployment.kubernetes.io/revision");

  /// What the controllers of a cluster make from the rest.
  private static final Set<String> FOLLOWING = Set.of("ReplicaSet", "Node");

  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?";

  Picture {
    things = new TreeMap<>(things);
  }

  static Picture of(SavedWorld world) {
    var things = new TreeMap<String, String>();
    JsonNode tree = world.tree();
    for (JsonNode each : tree.at("/azure/resources")) {
      JsonNode resource = each.path("resource");
      things.put(resource.path("id").asString(), text(resource.path("tree"), world));
    }
    for (JsonNode principal : tree.at("/directory/principals")) {
      things.put(
          "principal " + principal.path("displayName").asString(),
          principal.path("objectId").asString());
    }
    for (JsonNode cluster : tree.path("kubernetes")) {
      objects(cluster, things, world);
    }
    return new Picture(things);
  }

  private static void objects(JsonNode cluster, Map<String, String> things, SavedWorld world) {
    String id = cluster.path("id").asString();
    String name = id.substring(id.lastIndexOf('/') + 1);
    var newest = new TreeMap<Integer, ObjectNode>();
    for (JsonNode object : cluster.path("objects")) {
      String kind = object.path("kind").asString();
      if (object.path("type").asString().equals("helm.sh/release.v1")) {
        ObjectNode record = record(object);
        newest.put(record.path("version").asInt(), record);
      } else if (!FOLLOWING.contains(kind)) {
        String where = object.at("/metadata/namespace").asString("");
        things.put(
            "%s %s %s/%s".formatted(name, kind, where, object.at("/metadata/name").asString()),
            text(object, world));
      }
    }
    if (!newest.isEmpty()) {
      things.put(name + " release", text(release(newest.lastEntry().getValue()), world));
    }
  }

  /// A release is what its newest revision says; those before are history.
  private static JsonNode release(ObjectNode record) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("name", record.path("name").asString())
        .put("namespace", record.path("namespace").asString())
        .put("state", record.at("/info/status").asString())
        .put("chart", record.at("/chart/metadata/version").asString())
        .put("manifest", record.path("manifest").asString())
        .set("config", record.path("config"));
  }

  private static ObjectNode record(JsonNode secret) {
    byte[] packed = Base64.getDecoder().decode(secret.at("/data/release").asString());
    byte[] zipped = Base64.getDecoder().decode(packed);
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      String text = new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
      return (ObjectNode) JsonMapper.shared().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("this is no record of Helm's", e);
    }
  }

  private static String text(JsonNode tree, SavedWorld world) {
    return lasting(tree)
        .toString()
        .replace("localhost:" + world.port(), "localhost")
        .replaceAll("https://127\\.0\\.0\\.1:\\d+", "https://127.0.0.1")
        .replaceAll(CERTIFICATE, "…")
        .replaceAll(TIME, "…");
  }

  /// Members in the order of their names, without those that pass.
  private static JsonNode lasting(JsonNode node) {
    if (node.isArray()) {
      ArrayNode all = JsonMapper.shared().createArrayNode();
      node.forEach(each -> all.add(lasting(each)));
      return all;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode kept = JsonMapper.shared().createObjectNode();
    for (String name : new TreeSet<>(node.propertyNames())) {
      if (!PASSING.contains(name)) {
        kept.set(name, lasting(node.path(name)));
      }
    }
    return kept;
  }

  /// What is different in the other one, one a line.
  List<String> differences(Picture other) {
    var all = new TreeSet<>(things.keySet());
    all.addAll(other.things.keySet());
    var differences = new ArrayList<String>();
    for (String name : all) {
      String here = things.get(name);
      String there = other.things.get(name);
      if (here == null) {
        differences.add(name + " is one too many");
      } else if (there == null) {
        differences.add(name + " is missing");
      } else if (!here.equals(there)) {
        differences.add(name + " differs: " + firstDifference(here, there));
      }
    }
    return differences;
  }

  private static String firstDifference(String here, String there) {
    int at = 0;
    while (at < Math.min(here.length(), there.length()) && here.charAt(at) == there.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - 60);
    return "`%s` was `%s`"
        .formatted(
            there.substring(from, Math.min(there.length(), at + 60)),
            here.substring(from, Math.min(here.length(), at + 60)));
  }

  /// What latchkey has to have changed, if this became the other: how many things of each kind.
  SortedMap<Thing.Kind, Integer> changes(Picture other) {
    var changes = new TreeMap<Thing.Kind, Integer>();
    other.things.forEach(
        (name, there) -> {
          if (!there.equals(things.get(name))) {
            kind(name).ifPresent(kind -> changes.merge(kind, 1, Integer::sum));
          }
        });
    return changes;
  }

  private static Optional<Thing.Kind> kind(String name) {
    String text = Objects.requireNonNull(name);
    if (text.endsWith(" release")) {
      return Optional.of(Thing.Kind.RELEASE);
    }
    if (text.matches(".* Namespace /(?!kube-|default$).*")) { // a cluster is born with the others
      return Optional.of(Thing.Kind.NAMESPACE);
    }
    if (text.contains("/roleAssignments/")) {
      return Optional.of(Thing.Kind.ROLE_ASSIGNMENT);
    }
    if (text.contains("/federatedIdentityCredentials/")) {
      return Optional.of(Thing.Kind.CREDENTIAL);
    }
    if (text.contains("/userAssignedIdentities/")) {
      return Optional.of(Thing.Kind.IDENTITY);
    }
    return Optional.empty();
  }
}
