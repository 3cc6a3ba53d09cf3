// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What AKS itself puts into a cluster and takes away: the workload identity webhook.
///
/// Its objects are the cluster's own: who deletes the configuration has no webhook, who deletes the
/// service has one that cannot be called.
final class AddOns {
  private static final String NAMESPACE = "kube-system";
  private static final String SERVICE = "azure-wi-webhook-webhook-service";
  private static final String CONFIGURATION = "azure-wi-webhook-mutating-webhook-configuration";

  private final World world;
  private final KubernetesCluster cluster;
  private @Nullable Instant servedFrom;

  AddOns(World world, KubernetesCluster cluster) {
    this.world = world;
    this.cluster = cluster;
  }

  /// Whether the webhook is to be called for a new pod; a [Refusal] when it cannot be.
  boolean call(JsonNode pod) {
    keep();
    return cluster
        .store()
        .find(Kinds.MUTATING_WEBHOOK, "", CONFIGURATION)
        .map(configuration -> configuration.path("webhooks").path(0))
        .filter(hook -> selects(hook, pod))
        .filter(this::reaches)
        .isPresent();
  }

  private boolean selects(JsonNode hook, JsonNode pod) {
    JsonNode home =
        cluster
            .store()
            .find(Kinds.NAMESPACE, "", Trees.text(pod, "metadata", "namespace"))
            .orElseGet(Trees::object);
    return Selectors.of(hook.path("objectSelector")).test(pod)
        && Selectors.of(hook.path("namespaceSelector")).test(home);
  }

  private boolean reaches(JsonNode hook) {
    JsonNode service = Trees.at(hook, "clientConfig", "service");
    String name = Trees.text(service, "name");
    String namespace = Trees.text(service, "namespace");
    if (cluster.store().find(Kinds.SERVICE, namespace, name).isPresent()) {
      return true;
    }
    if (Trees.text(hook, "failurePolicy").equals("Ignore")) {
      return false;
    }
    String url =
        "https://"
            + name
            + "."
            + namespace
            + ".svc:"
            + Trees.number(service, 443, "port")
            + Trees.text(service, "path")
            + "?timeout="
            + Trees.number(hook, 10, "timeoutSeconds")
            + "s";
    throw Refusal.internal(
        "failed calling webhook \""
            + Trees.text(hook, "name")
            + "\": failed to call webhook: Post \""
            + url
            + "\": service \""
            + name
            + "\" not found");
  }

  /// Installs what the cluster's settings want by now, takes away what they do not want any more.
  void keep() {
    Instant now = world.clock().now();
    Optional<Instant> wanted = cluster.view().webhook().filter(from -> !from.isAfter(now));
    cluster
        .store()
        .alone(
            () -> {
              if (!Objects.equals(servedFrom, wanted.orElse(null))) {
                remove();
                wanted.ifPresent(_ -> install());
                servedFrom = wanted.orElse(null);
              }
              return wanted;
            });
  }

  /// From when on the webhook that is installed serves.
  Optional<Instant> servedFrom() {
    return cluster.store().alone(() -> Optional.ofNullable(servedFrom));
  }

  /// Takes the webhook of this moment for installed: whoever took its objects away since has none.
  void restore(Optional<Instant> from) {
    servedFrom = from.orElse(null);
  }

  private void install() {
    cluster.resources().create(Kinds.SERVICE, NAMESPACE, service());
    cluster.resources().create(Kinds.MUTATING_WEBHOOK, "", configuration());
  }

  private void remove() {
    cluster.resources().delete(Kinds.MUTATING_WEBHOOK, "", CONFIGURATION);
    cluster.resources().delete(Kinds.SERVICE, NAMESPACE, SERVICE);
  }

  private static ObjectNode service() {
    return Trees.read(
        """
        {'metadata':{'name':'azure-wi-webhook-webhook-service',
          'labels':{'azure-workload-identity.io/system':'true'}},
         'spec':{'ports':[{'port':443,'targetPort':9443}],
           'selector':{'azure-workload-identity.io/system':'true'}}}
        """);
  }

  private static ObjectNode configuration() {
    return Trees.read(
        """
        {'metadata':{'name':'azure-wi-webhook-mutating-webhook-configuration',
           'labels':{'azure-workload-identity.io/system':'true','admissions.enforcer/disabled':'true'}},
         'webhooks':[{'name':'mutation.azure-workload-identity.io','admissionReviewVersions':['v1','v1beta1'],
           'clientConfig':{'service':{'name':'azure-wi-webhook-webhook-service','namespace':'kube-system',
             'path':'/mutate-v1-pod','port':443}},
           'failurePolicy':'Fail','matchPolicy':'Equivalent','reinvocationPolicy':'IfNeeded',
           'sideEffects':'None','timeoutSeconds':10,'namespaceSelector':{},
           'objectSelector':{'matchLabels':{'azure.workload.identity/use':'true'}},
           'rules':[{'apiGroups':[''],'apiVersions':['v1'],'operations':['CREATE'],'resources':['pods'],'scope':'*'}]}]}
        """);
  }
}
