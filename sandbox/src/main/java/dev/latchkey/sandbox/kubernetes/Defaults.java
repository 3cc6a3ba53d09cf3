// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the API server fills in where a client says nothing.
final class Defaults {
  private Defaults() {}

  /// Fills in the object; what it says already stays.
  static void fill(Kind kind, ObjectNode object) {
    switch (kind.name()) {
      case "Deployment" -> deployment(Trees.child(object, "spec"));
      case "ReplicaSet", "ReplicationController" -> replicas(object);
      case "StatefulSet" -> {
        replicas(object);
        defaultText(Trees.child(object, "spec"), "podManagementPolicy", "OrderedReady");
        defaultText(Trees.child(object, "spec", "updateStrategy"), "type", "RollingUpdate");
      }
      case "DaemonSet" -> {
        template(Trees.child(object, "spec"), "Always");
        defaultText(Trees.child(object, "spec", "updateStrategy"), "type", "RollingUpdate");
      }
      case "CronJob" -> cronJob(Trees.child(object, "spec"));
      case "Job" -> job(object);
      case "Pod" -> pod(object);
      case "Service" -> service(object);
      case "Secret" -> secret(object);
      case "Namespace" -> namespace(object);
      default -> {} // nothing that clients of the sandbox look at
    }
  }

  private static void deployment(ObjectNode spec) {
    defaultNumber(spec, "replicas", 1);
    defaultNumber(spec, "revisionHistoryLimit", 10);
    defaultNumber(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = Trees.child(spec, "strategy");
    defaultText(strategy, "type", "RollingUpdate");
    if (Trees.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
      defaultText(rolling, "maxUnavailable", "25%");
      defaultText(rolling, "maxSurge", "25%");
    }
    template(spec, "Always");
  }

  private static void replicas(ObjectNode object) {
    ObjectNode spec = Trees.child(object, "spec");
    defaultNumber(spec, "replicas", 1);
    template(spec, "Always");
  }

  private static void job(ObjectNode object) {
    ObjectNode spec = Trees.child(object, "spec");
    defaultNumber(spec, "parallelism", 1);
    defaultNumber(spec, "completions", 1);
    defaultNumber(spec, "backoffLimit", 6);
    defaultText(spec, "completionMode", "NonIndexed");
    String uid = Trees.text(object, "metadata", "uid");
    String name = Trees.text(object, "metadata", "name");
    if (!spec.has("selector")) {
      Trees.child(spec, "selector", "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
      Trees.child(spec, "template", "metadata", "labels")
          .put("batch.kubernetes.io/controller-uid", uid)
          .put("batch.kubernetes.io/job-name", name)
          .put("controller-uid", uid)
          .put("job-name", name);
    }
    template(spec, "Never");
  }

  private static void cronJob(ObjectNode spec) {
    defaultText(spec, "concurrencyPolicy", "Allow");
    defaultNumber(spec, "successfulJobsHistoryLimit", 3);
    defaultNumber(spec, "failedJobsHistoryLimit", 1);
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    template(Trees.child(spec, "jobTemplate", "spec"), "Never");
  }

  private static void pod(ObjectNode pod) {
    podSpec(Trees.child(pod, "spec"), "Always");
    ObjectNode status = Trees.child(pod, "status");
    defaultText(status, "phase", "Pending");
    defaultText(status, "qosClass", "BestEffort");
  }

  private static void template(ObjectNode spec, String restartPolicy) {
    podSpec(Trees.child(spec, "template", "spec"), restartPolicy);
    if (!Trees.at(spec, "template").has("metadata")) {
      Trees.child(spec, "template").putObject("metadata");
    }
  }

  private static void podSpec(ObjectNode spec, String restartPolicy) {
    defaultText(spec, "restartPolicy", restartPolicy);
    defaultNumber(spec, "terminationGracePeriodSeconds", 30);
    defaultText(spec, "dnsPolicy", "ClusterFirst");
    defaultText(spec, "schedulerName", "default-scheduler");
    Trees.child(spec, "securityContext");
    String account = Trees.text(spec, "serviceAccountName");
    if (!account.isEmpty()) {
      defaultText(spec, "serviceAccount", account);
    }
    containers(spec.path("containers"));
    containers(spec.path("initContainers"));
    for (JsonNode volume : Trees.items(spec.path("volumes"))) {
      for (String source : new String[] {"configMap", "secret", "projected", "downwardAPI"}) {
        if (volume.path(source) instanceof ObjectNode there) {
          defaultNumber(there, "defaultMode", 0644);
        }
      }
    }
  }

  private static void containers(JsonNode containers) {
    for (JsonNode each : Trees.items(containers)) {
      if (each instanceof ObjectNode container) {
        container(container);
      }
    }
  }

  private static void container(ObjectNode container) {
    defaultText(container, "terminationMessagePath", "/dev/termination-log");
    defaultText(container, "terminationMessagePolicy", "File");
    String image = Trees.text(container, "image");
    boolean latest = !image.contains("@") && (image.endsWith(":latest") || untagged(image));
    defaultText(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
    Trees.child(container, "resources");
    for (JsonNode port : Trees.items(container.path("ports"))) {
      defaultText((ObjectNode) port, "protocol", "TCP");
    }
    for (String name : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.path(name) instanceof ObjectNode probe) {
        probe(probe);
      }
    }
  }

  private static boolean untagged(String image) {
    return image.substring(image.lastIndexOf('/') + 1).indexOf(':') < 0;
  }

  private static void probe(ObjectNode probe) {
    defaultNumber(probe, "timeoutSeconds", 1);
    defaultNumber(probe, "periodSeconds", 10);
    defaultNumber(probe, "successThreshold", 1);
    defaultNumber(probe, "failureThreshold", 3);
    if (probe.path("httpGet") instanceof ObjectNode http) {
      defaultText(http, "path", "/");
      defaultText(http, "scheme", "HTTP");
    }
  }

  private static void service(ObjectNode service) {
    ObjectNode spec = Trees.child(service, "spec");
    defaultText(spec, "type", "ClusterIP");
    defaultText(spec, "sessionAffinity", "None");
    defaultText(spec, "internalTrafficPolicy", "Cluster");
    for (JsonNode port : Trees.items(spec.path("ports"))) {
      defaultText((ObjectNode) port, "protocol", "TCP");
      if (!port.has("targetPort")) {
        ((ObjectNode) port).set("targetPort", port.path("port"));
      }
    }
    Trees.child(service, "status", "loadBalancer");
  }

  /// Gives a service its cluster IP, if it is to have one and says none.
  static void address(ObjectNode service, String ip) {
    ObjectNode spec = Trees.child(service, "spec");
    if (!spec.has("clusterIP") && !Trees.text(spec, "type").equals("ExternalName")) {
      spec.put("clusterIP", ip);
      spec.putArray("clusterIPs").add(ip);
      spec.putArray("ipFamilies").add("IPv4");
      spec.put("ipFamilyPolicy", "SingleStack");
    }
  }

  private static void secret(ObjectNode secret) {
    defaultText(secret, "type", "Opaque");
    if (secret.remove("stringData") instanceof ObjectNode texts) {
      Base64.Encoder encoder = Base64.getEncoder();
      ObjectNode data = Trees.child(secret, "data");
      Trees.texts(texts)
          .forEach(
              (name, text) ->
                  data.put(name, encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static void namespace(ObjectNode namespace) {
    Trees.child(namespace, "metadata", "labels")
        .put("kubernetes.io/metadata.name", Trees.text(namespace, "metadata", "name"));
    ArrayNode finalizers = Trees.list(Trees.child(namespace, "spec"), "finalizers");
    if (finalizers.isEmpty()) {
      finalizers.add("kubernetes");
    }
    defaultText(Trees.child(namespace, "status"), "phase", "Active");
  }

  private static void defaultText(ObjectNode object, String name, String value) {
    if (!object.has(name)) {
      object.put(name, value);
    }
  }

  private static void defaultNumber(ObjectNode object, String name, int value) {
    if (!object.has(name)) {
      object.put(name, value);
    }
  }
}
