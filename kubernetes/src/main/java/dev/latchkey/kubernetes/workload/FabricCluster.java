// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.port.Workloads.Patience;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.port.Workloads.Webhook;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.resource.Token;
import dev.latchkey.kubernetes.access.ApiServers.Opened;
import dev.latchkey.kubernetes.manifest.Autoscaled;
import dev.latchkey.kubernetes.manifest.Manifest;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One cluster's API server through the fabric8 client.
final class FabricCluster implements Cluster {
  private static final String ENTRA_AUDIENCE = "api://AzureADTokenExchange";

  private final ResourceId id;
  private final Opened server;
  private final Time time;

  FabricCluster(ResourceId id, Opened server, Time time) {
    this.id = id;
    this.server = server;
    this.time = time;
  }

  @Override
  public NamespaceState namespace(String name) {
    try {
      Namespace found = server.ask(() -> server.client().namespaces().withName(name).get());
      return found == null ? NamespaceState.ABSENT : NamespaceState.PRESENT;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 403) {
        return NamespaceState.HIDDEN;
      }
      throw ClusterRefusal.of(id, server.host(), "Looking for the namespace `" + name + "`", e);
    }
  }

  @Override
  public void createNamespace(String name) {
    Namespace wanted =
        new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
    try {
      server.ask(() -> server.client().resource(wanted).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) { // another run was faster: it is there
        throw ClusterRefusal.of(id, server.host(), "Creating the namespace `" + name + "`", e);
      }
    }
  }

  @Override
  public Optional<Map<String, String>> annotations(ServiceAccount account) {
    var found =
        ask(
            "Reading the service account `" + account + "`",
            client ->
                client
                    .serviceAccounts()
                    .inNamespace(account.namespace())
                    .withName(account.name())
                    .get());
    return Optional.ofNullable(found)
        .map(
            present ->
                Objects.requireNonNullElse(present.getMetadata().getAnnotations(), Map.of()));
  }

  @Override
  public Webhook webhook(String namespace) {
    var pod = WebhookProbe.pod(namespace);
    try {
      return WebhookProbe.read(
          server.ask(() -> server.client().resource(pod).dryRun(true).create()));
    } catch (KubernetesClientException e) {
      return WebhookProbe.read(e)
          .orElseThrow(
              () ->
                  ClusterRefusal.of(
                      id, server.host(), "Trying a pod in the namespace `" + namespace + "`", e));
    }
  }

  @Override
  public List<Pod> pods(ServiceAccount account) {
    return ask(
            "Listing the pods of the namespace `" + account.namespace() + "`",
            client -> client.pods().inNamespace(account.namespace()).list())
        .getItems()
        .stream()
        .filter(pod -> !PodReading.isOver(pod))
        .map(PodReading::read)
        .filter(pod -> pod.serviceAccount().equals(account.name()))
        .sorted(Comparator.comparing(Pod::created).reversed())
        .toList();
  }

  @Override
  public LiveDrift drift(String namespace, String manifest) throws InterruptedException {
    Manifest rendered = Manifest.parse(manifest);
    var reader = new LiveObject(server, namespace, Autoscaled.by(rendered.objects()));
    return new LiveObjects(reader, rendered).drift();
  }

  @Override
  public List<FixedObject> fixed(String namespace, String before, String wanted) {
    return new FixedObjects(server, namespace)
        .between(Manifest.parse(before), Manifest.parse(wanted));
  }

  @Override
  public Rollout awaitRollout(String namespace, String manifest, Duration bound, Patience patience)
      throws InterruptedException {
    List<WorkloadRef> awaited = WorkloadRef.in(Manifest.parse(manifest));
    try (var watch = new RolloutWatch(server, namespace, awaited)) {
      return watch.await(time, bound, patience);
    } catch (KubernetesClientException e) {
      throw ClusterRefusal.of(id, server.host(), "Watching the rollout in `" + namespace + "`", e);
    }
  }

  @Override
  public Token token(ServiceAccount account, Pod boundTo, Duration life) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(ENTRA_AUDIENCE)
            .withExpirationSeconds(life.toSeconds())
            .withNewBoundObjectRef()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(boundTo.name())
            .withUid(boundTo.uid())
            .endBoundObjectRef()
            .endSpec()
            .build();
    String what = "Requesting a token of the service account `" + account + "`";
    TokenRequest issued =
        ask(
            what,
            client ->
                client
                    .serviceAccounts()
                    .inNamespace(account.namespace())
                    .withName(account.name())
                    .tokenRequest(request));
    if (issued.getStatus() == null || issued.getStatus().getToken() == null) {
      throw new ProblemException(new AzureProblem.NotUnderstood(what, "it has no token"));
    }
    return new Token(issued.getStatus().getToken());
  }

  @Override
  public void restart(List<Pod> pods) {
    for (Pod pod : pods) {
      ask(
          "Deleting the pod `" + pod.name() + "`",
          client -> client.pods().inNamespace(pod.namespace()).withName(pod.name()).delete());
    }
  }

  private <T extends @Nullable Object> T ask(String what, Function<KubernetesClient, T> request) {
    try {
      return server.ask(() -> request.apply(server.client()));
    } catch (KubernetesClientException e) {
      throw ClusterRefusal.of(id, server.host(), what, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
