// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Refusal;
import dev.latchkey.sandbox.kubernetes.World;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The mutation of the workload identity webhook, as AKS installs it.
///
/// @see <a
///   href="https://github.com/Azure/azure-workload-identity/blob/main/pkg/webhook/webhook.go">the
///   webhook</a>
final class Webhook {
  static final String PREFIX = "azure.workload.identity/";
  private static final String NAME = "mutation.azure-workload-identity.io";
  private static final String EXPIRATION = PREFIX + "service-account-token-expiration";
  private static final long SHORTEST = 3600;
  private static final long LONGEST = 86400;

  private final World world;
  private final TokenPath path;

  Webhook(World world, TokenPath path) {
    this.world = world;
    this.path = path;
  }

  /// Adds variables and token to a pod that the API server calls the webhook for.
  void mutate(KubernetesCluster cluster, ObjectNode pod) {
    if (!cluster.callsWebhook(pod)) {
      return;
    }
    String namespace = Trees.text(pod, "metadata", "namespace");
    String name = Trees.text(pod, "spec", "serviceAccountName");
    JsonNode account =
        cluster
            .store()
            .find(Kinds.SERVICE_ACCOUNT, namespace, name)
            .orElseThrow(() -> refuse("serviceaccounts \"" + name + "\" not found"));
    ClusterView view = cluster.view();
    if (Trees.at(pod, "metadata", "annotations").has(ProxySidecar.ANNOTATION)) {
      ProxySidecar.inject(pod, view.kubernetesVersion());
    }
    long expiration = expiration(pod, account);
    String volume = path.volume(shownName(pod));
    Map<String, String> variables = variables(view, account);
    Set<String> skipped = skipped(pod);
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : Trees.items(Trees.at(pod, "spec", list))) {
        if (!skipped.contains(Trees.text(container, "name"))) {
          mutate((ObjectNode) container, variables, volume);
        }
      }
    }
    put(Trees.list(Trees.child(pod, "spec"), "volumes"), volume(volume, expiration));
  }

  /// A pod that a controller makes has no name yet when it comes to the webhook.
  private static String shownName(JsonNode pod) {
    String prefix = Trees.text(pod, "metadata", "generateName");
    return prefix.isEmpty() ? Trees.text(pod, "metadata", "name") : prefix + " (prefix)";
  }

  private static Set<String> skipped(JsonNode pod) {
    return Arrays.stream(annotation(pod, PREFIX + "skip-containers").split(";", -1))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  private Map<String, String> variables(ClusterView view, JsonNode account) {
    JsonNode tenant = Trees.at(account, "metadata", "annotations", PREFIX + "tenant-id");
    var variables = new LinkedHashMap<String, String>();
    variables.put("AZURE_CLIENT_ID", annotation(account, PREFIX + "client-id"));
    variables.put("AZURE_TENANT_ID", tenant.isMissingNode() ? view.tenantId() : tenant.asString());
    variables.put("AZURE_FEDERATED_TOKEN_FILE", path.mount() + "/" + path.file());
    variables.put("AZURE_AUTHORITY_HOST", world.addresses().login() + "/");
    return variables;
  }

  private void mutate(ObjectNode container, Map<String, String> variables, String volume) {
    ArrayNode env = Trees.list(container, "env");
    variables.forEach(
        (name, value) -> {
          boolean defined =
              Trees.items(env).stream().anyMatch(each -> Trees.text(each, "name").equals(name));
          if (!defined && !value.isEmpty()) {
            env.addObject().put("name", name).put("value", value);
          }
        });
    ObjectNode mount =
        Trees.object().put("name", volume).put("readOnly", true).put("mountPath", path.mount());
    put(Trees.list(container, "volumeMounts"), mount);
  }

  /// In the place of what has its name, or at the end.
  private static void put(ArrayNode list, ObjectNode wanted) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path("name").equals(wanted.path("name"))) {
        list.set(i, wanted);
        return;
      }
    }
    list.add(wanted);
  }

  private ObjectNode volume(String name, long expiration) {
    ObjectNode volume = Trees.object().put("name", name);
    volume
        .putObject("projected")
        .putArray("sources")
        .addObject()
        .putObject("serviceAccountToken")
        .put("audience", "api://AzureADTokenExchange")
        .put("expirationSeconds", expiration)
        .put("path", path.file());
    return volume;
  }

  private static long expiration(JsonNode pod, JsonNode account) {
    String ofPod = annotation(pod, EXPIRATION);
    String wanted = ofPod.isEmpty() ? annotation(account, EXPIRATION) : ofPod;
    if (wanted.isEmpty()) {
      return SHORTEST;
    }
    long seconds = number(wanted);
    if (seconds < SHORTEST || seconds > LONGEST) {
      throw refuse(
          "token expiration "
              + seconds
              + " not valid. Expected value to be between "
              + SHORTEST
              + " and "
              + LONGEST);
    }
    return seconds;
  }

  /// Reads a number, or refuses it in the words of Go.
  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      boolean digits = text.matches("[+-]?[0-9]+");
      throw refuse(
          "strconv.ParseInt: parsing \""
              + text
              + "\": "
              + (digits ? "value out of range" : "invalid syntax"));
    }
  }

  private static String annotation(JsonNode object, String name) {
    return Trees.text(object, "metadata", "annotations", name);
  }

  /// Every refusal of the webhook is a 400, whatever it is about.
  static Refusal refuse(String message) {
    return Refusal.byWebhook(NAME, 400, message);
  }
}
