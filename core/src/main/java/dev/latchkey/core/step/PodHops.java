// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.util.ArrayList;
import java.util.List;

/// The first hops of the trust chain: the pod got what the webhook injects, and the service account
/// names the identity.
final class PodHops {
  private static final String LABEL = "azure.workload.identity/use";
  private static final String ANNOTATION = "azure.workload.identity/client-id";
  private static final List<String> VARIABLES =
      List.of("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE");

  private final Cluster cluster;
  private final ProofSheet sheet;
  private final Target target;
  private final ManagedIdentity identity;

  PodHops(Work work, Cluster cluster) {
    this.cluster = cluster;
    this.sheet = new ProofSheet(work);
    this.target = work.target();
    this.identity = work.facts().identity().identity();
  }

  static boolean labelled(Pod pod) {
    return "true".equals(pod.labels().get(LABEL));
  }

  /// What the webhook should have injected and did not.
  static List<String> injected(Pod pod) {
    var missing = new ArrayList<String>();
    VARIABLES.stream()
        .filter(variable -> !pod.environment().containsKey(variable))
        .forEach(missing::add);
    if (!pod.tokenAudiences().contains(FederatedCredential.AUDIENCE)) {
      missing.add("a token for " + FederatedCredential.AUDIENCE);
    }
    return missing;
  }

  void provePod(Pod pod) {
    if (!labelled(pod)) {
      throw sheet.broken(
          Hop.POD, pod.name(), new ChainProblem.PodWithoutLabel(target.name(), pod.name()));
    }
    List<String> missing = injected(pod);
    if (!missing.isEmpty()) {
      throw sheet.broken(
          Hop.POD, pod.name(), new ChainProblem.PodNotMutated(target.name(), pod.name(), missing));
    }
    String seen = pod.environment().getOrDefault("AZURE_CLIENT_ID", "");
    if (!seen.equalsIgnoreCase(identity.client().value())) {
      throw sheet.broken(
          Hop.POD,
          pod.name(),
          new ChainProblem.PodOfOtherIdentity(
              target.name(), pod.name(), identity.client().value(), seen));
    }
    sheet.tell(Proof.proven(Hop.POD, pod.name(), "label, variables and token file"));
  }

  void proveAccount() {
    String seen =
        cluster
            .annotations(target.serviceAccount())
            .map(annotations -> annotations.getOrDefault(ANNOTATION, ""))
            .orElse("");
    if (!seen.equalsIgnoreCase(identity.client().value())) {
      throw sheet.broken(
          Hop.SERVICE_ACCOUNT,
          target.serviceAccount().toString(),
          new ChainProblem.AccountOfOtherIdentity(
              target.name(), target.serviceAccount(), identity.client().value(), seen));
    }
    sheet.tell(
        Proof.proven(Hop.SERVICE_ACCOUNT, target.serviceAccount().toString(), "client id " + seen));
  }
}
