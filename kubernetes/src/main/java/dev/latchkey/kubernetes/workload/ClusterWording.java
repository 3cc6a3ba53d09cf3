// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.problem.Text;
import dev.latchkey.kubernetes.workload.ClusterProblem.Right;
import java.util.List;

/// The sentences of [ClusterProblem].
final class ClusterWording {
  private ClusterWording() {}

  static Text of(ClusterProblem problem) {
    return switch (problem) {
      case ClusterProblem.Forbidden p ->
          new Text(
              "`%s` may not %s `%s` %s."
                  .formatted(
                      p.missing().user(),
                      p.missing().verb(),
                      p.missing().resource(),
                      place(p.missing())),
              List.of("cluster  " + p.cluster(), "answer   " + p.refusal().message()),
              switch (p.authority()) {
                    case AZURE_RBAC ->
                        "Rights in this cluster come from Azure role assignments; a new one takes"
                            + " effect within 5 minutes";
                    case KUBERNETES_RBAC ->
                        "Rights in this cluster come from its own roles and bindings";
                  }
                  + ": "
                  + p.refusal().reference()
                  + ".",
              switch (p.authority()) {
                case AZURE_RBAC -> assignment(p);
                case KUBERNETES_RBAC -> binding(p.missing());
              });
      case ClusterProblem.Unauthorized p ->
          new Text(
              "The cluster does not accept our credential.",
              List.of("cluster  " + p.cluster(), "answer   " + p.refusal().message()),
              "The token or certificate is for another tenant or cluster, or has ended: "
                  + p.refusal().reference()
                  + ".",
              "sign in to the cluster's tenant, then run latchkey again");
    };
  }

  private static String place(Right right) {
    return right.namespace().isEmpty()
        ? "in the cluster"
        : "in the namespace `" + right.namespace() + "`";
  }

  /// Writer is the least role for a namespace's objects; the namespace itself, and all that belongs
  /// to the whole cluster, needs the cluster's administrator.
  private static String assignment(ClusterProblem.Forbidden problem) {
    Right right = problem.missing();
    boolean wide = right.namespace().isEmpty() || right.resource().equals("namespaces");
    return ("az role assignment create --assignee-object-id %s --assignee-principal-type"
            + " ServicePrincipal --role \"Azure Kubernetes Service RBAC %s\" --scope %s%s")
        .formatted(
            right.user(),
            wide ? "Cluster Admin" : "Writer",
            problem.cluster(),
            wide ? "" : "/namespaces/" + right.namespace());
  }

  private static String binding(Right right) {
    return right.namespace().isEmpty()
        ? "kubectl create clusterrolebinding latchkey --clusterrole=cluster-admin --user=\"%s\""
            .formatted(right.user())
        : "kubectl create rolebinding latchkey --namespace=%s --clusterrole=admin --user=\"%s\""
            .formatted(right.namespace(), right.user());
  }
}
