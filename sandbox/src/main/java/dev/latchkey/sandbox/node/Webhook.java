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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The mutation of the workload identity webhook, as AKS installs it.
///
/// @see <a href="https://azure.github.io/azure-workload-identity/docs/">Azure Workload Identity</a>
final class Webhook {
  private static final String NAME = "mutation.azure-workload-identity.io";
  private static final String PREFIX = "azure.workload.identity/";
  private static final String EXPIRATION = PREFIX + "service-account-token-expiration";
  private static final long SHORTEST = 3600;
  private static final long LONGEST = 86400;

  private final World world;
  private final TokenPath path;

  Webhook(World world, TokenPath path) {
    this.world = world;
    this.path = path;
  }

  /// Adds variables and token to a labelled pod, once the webhook serves; leaves all others alone.
  void mutate(KubernetesCluster cluster, ObjectNode pod) {
    ClusterView view = cluster.view();
    boolean serves = view.webhook().filter(from -> !from.isAfter(world.clock().now())).isPresent();
    boolean labelled = Trees.text(pod, "metadata", "labels", PREFIX + "use").equals("true");
    if (!serves || !labelled) {
      return;
    }
    String namespace = Trees.text(pod, "metadata", "namespace");
    String name = Trees.text(pod, "spec", "serviceAccountName");
    JsonNode account =
        cluster
            .store()
            .find(Kinds.SERVICE_ACCOUNT, namespace, name)
            .orElseThrow(() -> refuse(404, "serviceaccounts \"" + name + "\" not found"));
    String volume = path.volume(world.seed(), Trees.text(pod, "metadata", "name"));
    long expiration = expiration(pod, account);
    Map<String, String> variables = variables(view, account);
    List<String> skipped =
        Arrays.stream(annotation(pod, PREFIX + "skip-containers").split(";", -1))
            .map(String::strip)
            .toList();
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : Trees.items(Trees.at(pod, "spec", list))) {
        if (!skipped.contains(Trees.text(container, "name"))) {
          mutate((ObjectNode) container, variables, volume);
        }
      }
    }
    addVolume(Trees.list(Trees.child(pod, "spec"), "volumes"), volume, expiration);
  }

  private Map<String, String> variables(ClusterView view, JsonNode account) {
    var variables = new LinkedHashMap<String, String>();
    String tenant = annotation(account, PREFIX + "tenant-id");
    variables.put("AZURE_CLIENT_ID", annotation(account, PREFIX + "client-id"));
    variables.put("AZURE_TENANT_ID", tenant.isEmpty() ? view.tenantId() : tenant);
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
    if (env.isEmpty()) {
      container.remove("env");
    }
    ArrayNode mounts = Trees.list(container, "volumeMounts");
    boolean mounted =
        Trees.items(mounts).stream().anyMatch(each -> Trees.text(each, "name").equals(volume));
    if (!mounted) {
      mounts.addObject().put("name", volume).put("readOnly", true).put("mountPath", path.mount());
    }
  }

  private void addVolume(ArrayNode volumes, String name, long expiration) {
    boolean there =
        Trees.items(volumes).stream().anyMatch(each -> Trees.text(each, "name").equals(name));
    if (!there) {
      volumes
          .addObject()
          .put("name", name)
          .putObject("projected")
          .putArray("sources")
          .addObject()
          .putObject("serviceAccountToken")
          .put("audience", "api://AzureADTokenExchange")
          .put("expirationSeconds", expiration)
          .put("path", path.file());
    }
  }

  private static long expiration(JsonNode pod, JsonNode account) {
    String ofPod = annotation(pod, EXPIRATION);
    String wanted = ofPod.isEmpty() ? annotation(account, EXPIRATION) : ofPod;
    if (wanted.isEmpty()) {
      return SHORTEST;
    }
    if (!wanted.matches("-?[0-9]{1,18}")) {
      throw refuse(400, "strconv.ParseInt: parsing \"" + wanted + "\": invalid syntax");
    }
    long seconds = Long.parseLong(wanted);
    if (seconds < SHORTEST || seconds > LONGEST) {
      throw refuse(
          400,
          "token expiration "
              + seconds
              + " not valid. Expected value to be between "
              + SHORTEST
              + " and "
              + LONGEST);
    }
    return seconds;
  }

  private static String annotation(JsonNode object, String name) {
    return Trees.text(object, "metadata", "annotations", name);
  }

  private static Refusal refuse(int code, String message) {
    return Refusal.byWebhook(NAME, code, message);
  }
}
