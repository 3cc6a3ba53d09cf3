// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `ServiceAccount` admission: each pod runs as an account, and gets that account's token.
final class AccountAdmission {
  private static final String MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  private AccountAdmission() {}

  static void admit(Store store, Seed seed, ObjectNode pod) {
    String namespace = Trees.text(pod, "metadata", "namespace");
    String podName = Trees.text(pod, "metadata", "name");
    ObjectNode spec = Trees.child(pod, "spec");
    if (Trees.text(spec, "serviceAccountName").isEmpty()) {
      spec.put("serviceAccountName", "default").put("serviceAccount", "default");
    }
    String name = Trees.text(spec, "serviceAccountName");
    JsonNode account =
        store
            .find(Kinds.SERVICE_ACCOUNT, namespace, name)
            .orElseThrow(
                () ->
                    Refusal.forbidden(
                        Kinds.POD,
                        shownName(pod),
                        "error looking up service account "
                            + namespace
                            + "/"
                            + name
                            + ": serviceaccount \""
                            + name
                            + "\" not found"));
    if (mounts(spec, account)) {
      addToken(spec, "kube-api-access-" + seed.hex("volume", namespace + "/" + podName, 5));
    }
  }

  /// Kubernetes gives a pod its name after it is admitted: a refusal names the prefix.
  ///
  /// @see <a href="https://github.com/kubernetes/apiserver/blob/master/pkg/admission/errors.go">how
  ///   it finds the name</a>
  private static String shownName(JsonNode pod) {
    String prefix = Trees.text(pod, "metadata", "generateName");
    return prefix.isEmpty() ? Trees.text(pod, "metadata", "name") : prefix;
  }

  private static boolean mounts(JsonNode spec, JsonNode account) {
    JsonNode ofPod = spec.path("automountServiceAccountToken");
    JsonNode decides = ofPod.isBoolean() ? ofPod : account.path("automountServiceAccountToken");
    return !decides.isBoolean() || decides.booleanValue();
  }

  private static void addToken(ObjectNode spec, String volume) {
    var used = false;
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : Trees.items(spec.path(list))) {
        ArrayNode mounts = Trees.list((ObjectNode) container, "volumeMounts");
        boolean there =
            Trees.items(mounts).stream()
                .anyMatch(mount -> Trees.text(mount, "mountPath").equals(MOUNT));
        if (!there) {
          mounts.addObject().put("name", volume).put("readOnly", true).put("mountPath", MOUNT);
          used = true;
        }
      }
    }
    if (used) {
      ObjectNode projected =
          Trees.list(spec, "volumes").addObject().put("name", volume).putObject("projected");
      projected.put("defaultMode", 0644);
      ArrayNode sources = projected.putArray("sources");
      sources
          .addObject()
          .putObject("serviceAccountToken")
          .put("expirationSeconds", 3607)
          .put("path", "token");
      sources
          .addObject()
          .set(
              "configMap",
              Trees.read("{'name':'kube-root-ca.crt','items':[{'key':'ca.crt','path':'ca.crt'}]}"));
      sources
          .addObject()
          .set(
              "downwardAPI",
              Trees.read(
                  "{'items':[{'path':'namespace','fieldRef':"
                      + "{'apiVersion':'v1','fieldPath':'metadata.namespace'}}]}"));
    }
  }
}
