// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.trust;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.FederatedCredential;
import java.util.List;
import java.util.Optional;

/// The sentences of [ChainProblem].
final class ChainWording {
  private ChainWording() {}

  static Text of(ChainProblem problem) {
    return switch (problem) {
      case ChainProblem.NoPod p ->
          new Text(
              "No pod runs under the service account `" + p.account() + "`.",
              List.of(),
              "The chart makes no pod that uses it, or its pods could not be made.",
              "set serviceAccountName of the chart's workload to " + p.account().name());
      case ChainProblem.PodWithoutLabel p ->
          new Text(
              "The pod `" + p.pod() + "` lacks the label that the webhook looks for.",
              List.of("needed   azure.workload.identity/use: \"true\""),
              "The workload identity webhook changes only pods with this label, on the pod itself.",
              "add the label to the pod template of the chart");
      case ChainProblem.PodNotMutated p ->
          new Text(
              "The pod `" + p.pod() + "` carries the label, but nothing was injected into it.",
              List.of("missing  " + String.join(", ", p.missing())),
              "It was made before the workload identity webhook served, or the webhook is off.",
              "kubectl delete pod " + p.pod() + ", then latchkey verify");
      case ChainProblem.PodOfOtherIdentity p ->
          new Text(
              "The pod `" + p.pod() + "` signs in as another identity.",
              List.of("identity  " + p.wanted(), "pod       " + p.seen()),
              "Pods keep the client id that they were made with.",
              again(p.cluster()));
      case ChainProblem.AccountOfOtherIdentity p ->
          new Text(
              "The service account `" + p.account() + "` does not name the cluster's identity.",
              List.of(
                  "identity    " + p.wanted(),
                  "annotation  " + (p.seen().isEmpty() ? "(none)" : p.seen())),
              "The webhook takes the client id from azure.workload.identity/client-id.",
              again(p.cluster()));
      case ChainProblem.TokenOfOtherIssuer p ->
          new Text(
              "The cluster issues tokens of another issuer than Azure reports for it.",
              List.of("cluster  " + p.ofCluster(), "token    " + p.ofToken()),
              "The API server has not taken over the issuer, or is another cluster's.",
              "az aks update without options reconciles the cluster; then " + again(p.cluster()));
      case ChainProblem.CredentialMissing p ->
          new Text(
              "The identity `" + p.identity() + "` has no federated credential of ours.",
              List.of("missing  " + p.credential()),
              "Without it Entra ID exchanges no token of this service account.",
              again(p.cluster()));
      case ChainProblem.IssuerDiffers p ->
          new Text(
              "The federated credential `"
                  + p.credential()
                  + "` trusts another issuer than the cluster has.",
              List.of("cluster     " + p.ofCluster(), "credential  " + p.ofCredential()),
              "Entra ID compares issuers character by character" + reference(p.refusal()) + ".",
              again(p.cluster()));
      case ChainProblem.SubjectDiffers p ->
          new Text(
              "The federated credential `" + p.credential() + "` trusts another service account.",
              List.of("account     " + p.ofAccount(), "credential  " + p.ofCredential()),
              "Entra ID compares subjects character by character, case included"
                  + reference(p.refusal())
                  + ".",
              again(p.cluster()));
      case ChainProblem.AudienceDiffers p ->
          new Text(
              "The federated credential `" + p.credential() + "` is meant for another audience.",
              List.of("needed      " + FederatedCredential.AUDIENCE, "credential  " + p.seen()),
              "There is one audience for all clouds" + reference(p.refusal()) + ".",
              again(p.cluster()));
      case ChainProblem.ExchangeRefused p ->
          new Text(
              "Entra ID refuses the service account's token for `" + p.identity() + "`.",
              List.of("answer   " + p.refusal().message()),
              "%s, asked %d times; the credential itself looks right."
                  .formatted(p.refusal().reference(), p.attempts()),
              again(p.cluster()) + "   (in a minute, if the credential is new)");
      case ChainProblem.SecretUnreadable p ->
          new Text(
              "The identity may not read `" + p.secret() + "` in `" + p.vault() + "`.",
              List.of("answer   " + p.refusal().message()),
              "%s, asked %d times.".formatted(p.refusal().reference(), p.attempts()),
              again(p.cluster()));
      case ChainProblem.SecretMissing p ->
          new Text(
              "There is no secret `" + p.secret() + "` in `" + p.vault() + "`.",
              List.of(),
              "The identity may read it, but the vault does not have it: "
                  + p.refusal().reference(),
              "az keyvault secret set --vault-name %s --name %s --file FILE"
                  .formatted(p.vault(), p.secret()));
      case ChainProblem.OverPrivileged p ->
          new Text(
              "`%s` can read the whole vault `%s`, not only the declared secrets."
                  .formatted(p.identity(), p.vault()),
              List.of("expected  403 for a secret that does not exist", "seen      404"),
              p.because().isEmpty()
                  ? "A role above the secrets allows it; it was not made by latchkey."
                  : "Allowed by " + String.join(", ", p.because()) + ", not by latchkey.",
              "az role assignment delete --ids ID   (of the assignment above the secrets)");
      case ChainProblem.ForeignTokenAccepted p ->
          new Text(
              "The identity `%s` accepts a token of the cluster `%s`."
                  .formatted(p.identity(), p.other()),
              List.of(),
              "One of its federated credentials trusts that cluster's service account too.",
              "az identity federated-credential list --identity-name " + p.identity());
    };
  }

  private static String again(ClusterName cluster) {
    return "latchkey deploy --only " + cluster;
  }

  private static String reference(Optional<AzureAnswer> refusal) {
    return refusal.map(answer -> ": " + answer.reference()).orElse("");
  }
}
