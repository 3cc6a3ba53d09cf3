// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What stands in a cluster before anybody writes: namespaces, a node, roles and their bindings.
final class FirstObjects {
  static final String NODE_NAME = "aks-nodepool1-10000001-vmss000000";
  private static final String RBAC = "rbac.authorization.k8s.io";

  private static final List<String> WORKLOADS =
      List.of("deployments", "daemonsets", "replicasets", "statefulsets", "deployments/scale");
  private static final List<String> CORE =
      List.of(
          "pods",
          "pods/log",
          "pods/status",
          "services",
          "configmaps",
          "endpoints",
          "events",
          "persistentvolumeclaims",
          "replicationcontrollers",
          "serviceaccounts");

  private FirstObjects() {}

  static void create(KubernetesCluster cluster) {
    for (String name : List.of("default", "kube-node-lease", "kube-public", "kube-system")) {
      ObjectNode namespace = Trees.object();
      Trees.child(namespace, "metadata").put("name", name);
      cluster.resources().create(Kinds.NAMESPACE, "", namespace);
    }
    cluster.resources().create(Kinds.NODE, "", node());
    role(cluster, "cluster-admin", rule("*", "*", "*"), paths("*"));
    role(cluster, "admin", edits(), rbac("*"), secrets("*"), reviews());
    role(cluster, "edit", edits(), secrets("*"));
    role(cluster, "view", views());
    role(cluster, "system:discovery", paths("/api", "/api/*", "/apis", "/apis/*", "/version"));
    role(cluster, "system:basic-user");
    bind(cluster, "cluster-admin", "cluster-admin", "Group", Caller.MASTERS);
    bind(cluster, "system:discovery", "system:discovery", "Group", Caller.AUTHENTICATED);
    bind(cluster, "system:basic-user", "system:basic-user", "Group", Caller.AUTHENTICATED);
  }

  static void bind(
      KubernetesCluster cluster, String name, String role, String subjectKind, String subject) {
    ObjectNode binding = Trees.object();
    Trees.child(binding, "metadata").put("name", name);
    Trees.child(binding, "roleRef")
        .put("apiGroup", RBAC)
        .put("kind", "ClusterRole")
        .put("name", role);
    Trees.list(binding, "subjects")
        .addObject()
        .put("kind", subjectKind)
        .put("apiGroup", RBAC)
        .put("name", subject);
    cluster.resources().create(Kinds.CLUSTER_ROLE_BINDING, "", binding);
  }

  private static ObjectNode node() {
    return Trees.read(
        """
        {'metadata':{'name':'NODE','labels':{'kubernetes.io/hostname':'NODE','kubernetes.io/os':'linux',
           'kubernetes.io/arch':'amd64','kubernetes.azure.com/mode':'system'}},
         'spec':{'podCIDR':'10.244.0.0/24'}}
        """
            .replace("NODE", NODE_NAME));
  }

  private static void role(KubernetesCluster cluster, String name, ObjectNode... rules) {
    ObjectNode role = Trees.object();
    Trees.child(role, "metadata").put("name", name);
    Trees.child(role, "metadata", "labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    ArrayNode list = Trees.list(role, "rules");
    for (ObjectNode rule : rules) {
      if (rule.has("all")) {
        list.addAll((ArrayNode) rule.get("all"));
      } else {
        list.add(rule);
      }
    }
    cluster.resources().create(Kinds.CLUSTER_ROLE, "", role);
  }

  private static ObjectNode edits() {
    ArrayNode all = Trees.array();
    all.add(rule("", CORE, List.of("*")));
    all.add(rule("", List.of("serviceaccounts/token"), List.of("create")));
    all.add(rule("", List.of("namespaces"), List.of("get", "list", "watch")));
    all.add(rule("apps", WORKLOADS, List.of("*")));
    all.add(rule("batch", "*", "*"));
    all.add(rule("autoscaling", "*", "*"));
    all.add(rule("policy", "poddisruptionbudgets", "*"));
    all.add(rule("networking.k8s.io", "*", "*"));
    all.add(rule("events.k8s.io", "events", "*"));
    ObjectNode together = Trees.object();
    together.set("all", all);
    return together;
  }

  private static ObjectNode views() {
    List<String> looks = List.of("get", "list", "watch");
    ArrayNode all = Trees.array();
    all.add(rule("", CORE, looks));
    all.add(rule("", List.of("namespaces"), looks));
    all.add(rule("apps", WORKLOADS, looks));
    for (String group : List.of("batch", "autoscaling", "policy", "networking.k8s.io")) {
      all.add(rule(group, List.of("*"), looks));
    }
    ObjectNode together = Trees.object();
    together.set("all", all);
    return together;
  }

  private static ObjectNode secrets(String verb) {
    return rule("", "secrets", verb);
  }

  private static ObjectNode rbac(String verb) {
    return rule(RBAC, List.of("roles", "rolebindings"), List.of(verb));
  }

  private static ObjectNode reviews() {
    return rule("authorization.k8s.io", "localsubjectaccessreviews", "create");
  }

  private static ObjectNode rule(String group, String resource, String verb) {
    return rule(group, List.of(resource), List.of(verb));
  }

  private static ObjectNode rule(String group, List<String> resources, List<String> verbs) {
    ObjectNode rule = Trees.object();
    rule.putArray("apiGroups").add(group);
    resources.forEach(Trees.list(rule, "resources")::add);
    verbs.forEach(Trees.list(rule, "verbs")::add);
    return rule;
  }

  private static ObjectNode paths(String... paths) {
    ObjectNode rule = Trees.object();
    ArrayNode urls = rule.putArray("nonResourceURLs");
    for (String path : paths) {
      urls.add(path);
    }
    rule.putArray("verbs").add(paths.length == 1 ? "*" : "get");
    return rule;
  }
}
