// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.azure.transport.Reply;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// AKS clusters through ARM.
///
/// Remembers how each cluster that it read is signed in at, so that asking for its credentials
/// costs no second read. Any thread may call.
public final class ArmManagedClusters implements ManagedClusters {
  /// Read and write use the same one: an older one hides members, and a write would drop them.
  private static final String VERSION = "2025-10-01";

  private static final String TYPE = "/providers/Microsoft.ContainerService/managedClusters";

  private final Arm arm;
  private final Map<ResourceId, SignIn> signIns = new ConcurrentHashMap<>();

  /// The clusters that this ARM holds.
  public ArmManagedClusters(Arm arm) {
    this.arm = arm;
  }

  @Override
  public Optional<ObservedCluster> find(ResourceId id) {
    return read(id).map(reply -> observed(reply.json()));
  }

  @Override
  public List<ObservedCluster> list(String subscription) {
    String what = "Listing the clusters of the subscription `" + subscription + "`";
    return arm.list(what, "/subscriptions/" + subscription + TYPE, VERSION, this::observed);
  }

  @Override
  public List<ObservedCluster> list(String subscription, String resourceGroup) {
    String what = "Listing the clusters of the resource group `" + resourceGroup + "`";
    String group = "/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup;
    return arm.list(what, group + TYPE, VERSION, this::observed);
  }

  @Override
  public Update enableWorkloadIdentity(ResourceId id, ObservedCluster expected) {
    String what = "Enabling workload identity on the cluster `" + id.name() + "`";
    Reply before = read(id).orElseThrow(() -> absent(what, id));
    Drift.of(expected, observed(before.json()))
        .ifPresent(
            answer -> {
              throw new ProblemException(new AzureProblem.Refused(what, answer));
            });
    Reply put =
        arm.put(
                what,
                id.text(),
                VERSION,
                ClusterTree.withWorkloadIdentity(before.json()),
                ifMatch(before.json()))
            .expectSuccess();
    return new Update(ClusterTree.issuer(put.json()), new Operation(id, statusUri(put, id)));
  }

  @Override
  public Progress progress(Operation operation) {
    String what = "Following the update of the cluster `" + operation.cluster().name() + "`";
    Reply reply =
        operation.statusUri().startsWith("/")
            ? arm.find(what, operation.statusUri(), VERSION)
                .orElseThrow(() -> absent(what, operation.cluster()))
            : arm.follow(what, operation.statusUri()).expectSuccess();
    if (reply.status() == 202) {
      return new Progress.Running();
    }
    if (reply.status() == 204) {
      return new Progress.Done();
    }
    JsonNode tree = reply.json();
    String state =
        tree.path("status")
            .asString(tree.at("/properties/provisioningState").asString("Succeeded"));
    return switch (state) {
      case "Succeeded" -> new Progress.Done();
      case "Failed", "Canceled" -> new Progress.Failed(ended(state, reply));
      default -> new Progress.Running(); // AKS has many words for it, and invents more
    };
  }

  @Override
  public Kubeconfig kubeconfig(ResourceId id) {
    String what = "Reading the credentials of the cluster `" + id.name() + "`";
    SignIn signIn = Optional.ofNullable(signIns.get(id)).orElseGet(() -> signIn(what, id));
    Reply reply = arm.post(what, id.text() + "/listClusterUserCredential", VERSION);
    String encoded = reply.json().at("/kubeconfigs/0/value").asString("");
    if (encoded.isEmpty()) {
      throw reply.notUnderstood("there is no kubeconfig in it");
    }
    try {
      String yaml = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return new Kubeconfig(id, signIn, yaml);
    } catch (IllegalArgumentException broken) { // its message may quote the credential
      throw reply.notUnderstood("the kubeconfig is not base64");
    }
  }

  private SignIn signIn(String what, ResourceId id) {
    return find(id).orElseThrow(() -> absent(what, id)).signIn();
  }

  private Optional<Reply> read(ResourceId id) {
    return arm.find("Reading the cluster `" + id.name() + "`", id.text(), VERSION);
  }

  private ObservedCluster observed(JsonNode tree) {
    ObservedCluster cluster = ClusterTree.observed(tree);
    signIns.put(cluster.id(), cluster.signIn());
    return cluster;
  }

  private static Map<String, String> ifMatch(JsonNode cluster) {
    return cluster
        .path("eTag")
        .asStringOpt()
        .map(etag -> Map.of("If-Match", etag))
        .orElse(Map.of());
  }

  /// `Azure-AsyncOperation` before `Location`; the cluster itself when the answer has neither.
  private static String statusUri(Reply put, ResourceId id) {
    return put.header("Azure-AsyncOperation").or(() -> put.header("Location")).orElse(id.text());
  }

  private static AzureAnswer ended(String state, Reply reply) {
    AzureAnswer answer = reply.refusal();
    String code = reply.json().at("/error/code").asString(state);
    String message = answer.message().isEmpty() ? "The operation ended " + state : answer.message();
    return new AzureAnswer(reply.status(), code, message, answer.correlationId());
  }

  private static ProblemException absent(String what, ResourceId id) {
    String words = "There is no cluster `" + id.name() + "` any more.";
    return new ProblemException(
        new AzureProblem.Refused(what, new AzureAnswer(404, "ResourceNotFound", words, "")));
  }
}
