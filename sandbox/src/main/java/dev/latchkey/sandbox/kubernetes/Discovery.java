// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.Comparator;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server says about itself: version, groups, and the types of each group.
final class Discovery {
  private static final Set<String> WITH_SCALE =
      Set.of("deployments", "replicasets", "statefulsets", "replicationcontrollers");

  private Discovery() {}

  static ObjectNode version(String kubernetesVersion) {
    String[] parts = kubernetesVersion.split("\\.", -1);
    return Trees.object()
        .put("major", parts[0])
        .put("minor", parts.length > 1 ? parts[1] : "0")
        .put("gitVersion", "v" + kubernetesVersion)
        .put("gitTreeState", "clean")
        .put("goVersion", "go1.24.6")
        .put("compiler", "gc")
        .put("platform", "linux/amd64");
  }

  static ObjectNode coreVersions() {
    ObjectNode versions = Trees.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  static ObjectNode groups() {
    ObjectNode list = Trees.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    for (Kind kind : Kinds.groupVersions()) {
      if (!kind.group().isEmpty()) {
        groups.add(group(kind));
      }
    }
    return list;
  }

  static ObjectNode group(Kind kind) {
    ObjectNode group = Trees.object().put("name", kind.group());
    group
        .putArray("versions")
        .addObject()
        .put("groupVersion", kind.apiVersion())
        .put("version", kind.version());
    group
        .putObject("preferredVersion")
        .put("groupVersion", kind.apiVersion())
        .put("version", kind.version());
    return group;
  }

  static ObjectNode resources(String apiVersion) {
    ObjectNode list =
        Trees.object()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", apiVersion);
    ArrayNode resources = list.putArray("resources");
    Kinds.list().stream()
        .filter(kind -> kind.apiVersion().equals(apiVersion))
        .sorted(Comparator.comparing(Kind::resource)) // kubectl shows `all` in this order
        .forEach(kind -> add(resources, kind));
    return list;
  }

  private static void add(ArrayNode resources, Kind kind) {
    ObjectNode entry = entry(resources, kind, kind.resource(), kind.name());
    entry.put("singularName", kind.singular());
    if (kind.review()) {
      verbs(entry, "create");
      return;
    }
    verbs(entry, "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    if (!kind.shortNames().isEmpty()) {
      kind.shortNames().forEach(Trees.list(entry, "shortNames")::add);
    }
    if (isWorkload(kind)) {
      entry.putArray("categories").add("all");
    }
    verbs(
        entry(resources, kind, kind.resource() + "/status", kind.name()), "get", "patch", "update");
    if (WITH_SCALE.contains(kind.resource())) {
      ObjectNode scale = entry(resources, kind, kind.resource() + "/scale", "Scale");
      verbs(scale.put("group", "autoscaling").put("version", "v1"), "get", "patch", "update");
    }
    if (kind.equals(Kinds.POD)) {
      verbs(entry(resources, kind, "pods/log", "Pod"), "get");
    }
    if (kind.equals(Kinds.SERVICE_ACCOUNT)) {
      ObjectNode token = entry(resources, kind, "serviceaccounts/token", "TokenRequest");
      verbs(token.put("group", "authentication.k8s.io").put("version", "v1"), "create");
    }
  }

  private static boolean isWorkload(Kind kind) {
    return kind.equals(Kinds.POD)
        || kind.equals(Kinds.SERVICE)
        || kind.name().equals("ReplicationController")
        || Set.of("apps", "batch", "autoscaling").contains(kind.group());
  }

  private static ObjectNode entry(ArrayNode resources, Kind kind, String name, String kindName) {
    return resources
        .addObject()
        .put("name", name)
        .put("singularName", "")
        .put("namespaced", kind.namespaced())
        .put("kind", kindName);
  }

  private static void verbs(ObjectNode entry, String... verbs) {
    for (String verb : verbs) {
      Trees.list(entry, "verbs").add(verb);
    }
  }
}
