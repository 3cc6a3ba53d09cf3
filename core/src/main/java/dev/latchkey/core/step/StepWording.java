// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.problem.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The sentences of [StepProblem].
final class StepWording {
  private StepWording() {}

  static Text of(StepProblem problem) {
    return switch (problem) {
      case StepProblem.OfCluster p -> ofCluster(p);
      case StepProblem.OfIdentity p -> ofIdentity(p);
      case StepProblem.OfVault p -> ofVault(p);
      case StepProblem.OfRelease p -> ofRelease(p);
      case StepProblem.OfAny p -> ofAny(p);
    };
  }

  private static Text ofCluster(StepProblem.OfCluster problem) {
    return switch (problem) {
      case StepProblem.ClusterMissing p ->
          new Text(
              "There is no AKS cluster `%s` in the resource group `%s`."
                  .formatted(p.cluster().name(), p.cluster().resourceGroup()),
              List.of("id  " + p.cluster()),
              "Azure Resource Manager knows no such cluster, or the signed-in principal may not see it.",
              "correct the cluster in the file, or: az aks show --ids " + p.cluster());
      case StepProblem.ClusterNotRunning p ->
          new Text(
              "The cluster is " + p.why() + ".",
              List.of(),
              "Nothing can be deployed to it, and the file does not say `optional: true`.",
              "az aks start --ids " + p.cluster() + ", or set `optional: true` for it");
      case StepProblem.ApiServerUnreachable p -> OutOfReach.of(p);
      case StepProblem.UpdateFailed p ->
          new Text(
              "Azure could not switch workload identity on.",
              List.of("answer   " + p.refusal().message()),
              p.refusal().reference()
                  + ". The identity and its access are made but nothing is deployed.",
              "az aks update --ids "
                  + p.cluster()
                  + " repairs the cluster; then run latchkey again");
      case StepProblem.IssuerNotAnnounced p ->
          new Text(
              "The update ended, but Azure reports no OIDC issuer for the cluster.",
              List.of(),
              "",
              "az aks show --ids %s --query oidcIssuerProfile".formatted(p.cluster()));
      case StepProblem.IssuerChanged p ->
          new Text(
              "The cluster's issuer changed during its update.",
              List.of("first  " + p.first(), "last   " + p.last()),
              "The credential was made for the issuer that the update announced first.",
              "latchkey deploy --only " + p.cluster());
    };
  }

  private static Text ofIdentity(StepProblem.OfIdentity problem) {
    return switch (problem) {
      case StepProblem.IdentityOfOthers p ->
          new Text(
              "The managed identity `%s` belongs to others.".formatted(p.identity().name()),
              List.of("wanted  " + p.wanted(), "seen    " + p.seen()),
              "Its tag `%s` names them; sharing it would let them read these secrets."
                  .formatted(p.tag()),
              "choose another identity.name in the file");
      case StepProblem.IdentityShared p ->
          new Text(
              "%d clusters of this fleet would have the one managed identity `%s`."
                  .formatted(p.clusters().size(), p.identity().name()),
              p.clusters().stream().map(cluster -> "cluster  " + cluster).toList(),
              "Each of them could then read what the others may read.",
              "put {cluster} into identity.name, or set identity.name at each cluster");
      case StepProblem.ProviderNotRegistered p ->
          new Text(
              "The subscription `%s` is not registered for `%s`."
                  .formatted(p.subscription(), p.namespace()),
              List.of(),
              "Azure makes no identity in it until it is. Nothing was begun that needs one.",
              "az provider register --namespace %s --subscription %s --wait"
                  .formatted(p.namespace(), p.subscription()));
      case StepProblem.NodeResourceGroup p ->
          new Text(
              "The managed identity would lie in the cluster's node resource group `%s`."
                  .formatted(p.identity().resourceGroup()),
              List.of(),
              "AKS owns that group and deletes it with the cluster.",
              "set identity.resourceGroup to a group of yours");
      case StepProblem.CredentialsFull p ->
          new Text(
              "The managed identity `%s` has %d federated credentials already."
                  .formatted(p.identity().name(), p.limit()),
              List.of("id  " + p.identity()),
              "Entra ID allows no identity more, and the limit cannot be raised.",
              ("give this application an identity of its own (identity.name), or delete what nobody"
                      + " uses: az identity federated-credential list --identity-name %s"
                      + " --resource-group %s --subscription %s --output table")
                  .formatted(
                      p.identity().name(),
                      p.identity().resourceGroup(),
                      p.identity().subscription()));
      case StepProblem.Revoked p ->
          new Text(
              "Access of `%s` was cut.".formatted(p.identity().name()),
              List.of("tag  latchkey-revoked: " + p.since()),
              "Somebody revoked this cluster's access on purpose; deploying would give it back.",
              "az tag update --operation Delete --tags latchkey-revoked=%s --resource-id %s"
                  .formatted(p.since(), p.identity()));
    };
  }

  private static Text ofVault(StepProblem.OfVault problem) {
    return switch (problem) {
      case StepProblem.SecretsMissing p ->
          new Text(
              "The vault `%s` does not have %s."
                  .formatted(
                      p.vault().name(),
                      p.secrets().stream()
                          .map(secret -> "`" + secret + "`")
                          .collect(Collectors.joining(", "))),
              List.of("id  " + p.vault()),
              "The file declares what is not there, so no access was granted.",
              "az keyvault secret set --vault-name %s --name %s --file FILE, or correct the secrets in"
                      .formatted(p.vault().name(), p.secrets().getFirst())
                  + " the file");
      case StepProblem.VaultMissing p ->
          new Text(
              "There is no Key Vault `%s` in the resource group `%s`."
                  .formatted(p.vault().name(), p.vault().resourceGroup()),
              List.of("id  " + p.vault()),
              "Azure Resource Manager knows no such vault, or the signed-in principal may not see it.",
              "correct keyVault in the file");
      case StepProblem.VaultObeysPolicies p ->
          new Text(
              "The vault `%s` obeys access policies, which cannot be limited to secrets."
                  .formatted(p.vault().name()),
              List.of(
                  "wanted  a role on each declared secret",
                  "seen    enableRbacAuthorization is not true"),
              "A policy would let the identity read every secret of the vault.",
              "set keyVault.access: policy to accept that, or move the vault to roles: "
                  + "az keyvault update --enable-rbac-authorization true --name "
                  + p.vault().name());
      case StepProblem.VaultObeysRoles p ->
          new Text(
              "The vault `%s` obeys roles, so that an access policy has no effect."
                  .formatted(p.vault().name()),
              List.of("file    keyVault.access: policy", "seen    enableRbacAuthorization: true"),
              "",
              "set keyVault.access: roles");
      case StepProblem.AccessOfOthers p ->
          new Text(
              "The identity holds the role at the vault `%s` already, by another's assignment."
                  .formatted(p.vault().name()),
              List.of(
                  "wanted      the declared secrets alone",
                  "readable    " + p.readable(),
                  "assignment  " + p.assignment()),
              "Azure takes one assignment of a role at a scope, and that of others is theirs to change.",
              "az role assignment delete --ids %s/providers/Microsoft.Authorization/roleAssignments/%s"
                  .formatted(p.vault(), p.assignment()));
      case StepProblem.RoleAssignmentsFull p ->
          new Text(
              "The vault's subscription `%s` has no room for the role assignments of this run."
                  .formatted(p.subscription()),
              List.of(
                  "limit   " + grouped(p.limit()),
                  "used    " + grouped(p.used()),
                  "to make " + grouped(p.needed())),
              "Azure allows no more in a subscription, and raises the limit for nobody."
                  + " None of them was made.",
              "set keyVault.access: condition (one assignment for each cluster, however many"
                  + " secrets), or remove assignments that nobody needs");
    };
  }

  private static Text ofRelease(StepProblem.OfRelease problem) {
    return switch (problem) {
      case StepProblem.NamespaceMissing p ->
          new Text(
              "The namespace `" + p.namespace() + "` is missing.",
              List.of(),
              "The file says `namespace: { create: false }`, so others make it.",
              "kubectl create namespace %s, or set namespace.create: true"
                  .formatted(p.namespace()));
      case StepProblem.ChartLacks p ->
          new Text(
              "The chart does not carry the identity to a pod.",
              List.of("object  " + p.object(), "path    " + p.path(), "needed  " + p.needed()),
              "Without it the pod gets no token of this identity. Nothing was deployed.",
              "correct the chart, or map its values with chart.identityValues");
      case StepProblem.FieldsFixed p -> FixedWording.of(p);
      case StepProblem.ReleaseOfOthers p ->
          new Text(
              "The Helm release `%s` in `%s` is of another chart, and others deployed it."
                  .formatted(p.release(), p.namespace()),
              List.of("cluster  " + p.deployed(), "file     " + p.chart()),
              "Another revision would delete what that chart made, so the release is left alone.",
              ("choose another chart.release; or, where yours shall take its place, once and by hand:"
                      + " helm upgrade %s YOUR_CHART --namespace %s")
                  .formatted(p.release(), p.namespace()));
      case StepProblem.ReleaseBusy p ->
          new Text(
              "The Helm release `%s` is held by an operation that has not ended."
                  .formatted(p.release()),
              List.of("status  %s, revision %d".formatted(p.status(), p.revision())),
              "Helm allows one operation at a time; this one is not latchkey's.",
              "helm rollback %s --namespace %s when nobody works on it"
                  .formatted(p.release(), p.namespace()));
      case StepProblem.RolloutStuck p ->
          new Text(
              "`%s` cannot start: %s.".formatted(p.object(), p.reason()),
              seen(p.message(), p.events()),
              "No waiting cures this. Pods of an earlier revision go on serving.",
              "correct the chart's values and deploy again");
      case StepProblem.RolloutTimedOut p ->
          new Text(
              "%d of %d pods are ready after %s."
                  .formatted(p.ready(), p.wanted(), words(p.bound())),
              p.events(),
              "That is this step's bound. Pods of an earlier revision go on serving.",
              "kubectl describe the pods, then deploy again");
      case StepProblem.RollBackFailed p -> ofRollBack(p);
      case StepProblem.ServesNoMore p ->
          new Text(
              "The application stopped serving while its wave was watched: " + p.seen() + ".",
              p.message().isEmpty() ? p.events() : seen(p.message(), p.events()),
              "It was ready before, so this counts as a failure of the wave.",
              "look at its pods and their logs, correct the release and deploy again");
    };
  }

  private static Text ofAny(StepProblem.OfAny problem) {
    return switch (problem) {
      case StepProblem.Required p ->
          new Text(
              "The " + p.thing() + " is not as needed, and the file leaves it to its owner.",
              List.of("needed   " + p.needed()),
              "`manage` says `require`, so this step changed nothing.",
              p.command());
      case StepProblem.ScopeLocked p ->
          new Text(
              "`%s` cannot be written: a lock forbids it.".formatted(p.resource().name()),
              List.of("lock  " + p.lock().name() + ", ReadOnly", "on    " + p.lock().scope()),
              "Such a lock forbids every change at its scope and below it, whatever rights there are."
                  + " Nothing was sent.",
              "az lock delete --ids " + p.lock().id());
      case StepProblem.LagOutlasted p ->
          new Text(
              "Waited %s: %s.".formatted(words(p.waited()), p.lag().words()),
              p.last().map(answer -> List.of("answer   " + answer.message())).orElse(List.of()),
              "It usually takes %s%s."
                  .formatted(
                      words(p.lag().usual()),
                      p.last().map(answer -> "; last answer: " + answer.reference()).orElse("")),
              "run latchkey again later; nothing needs undoing");
      case StepProblem.Interrupted _ ->
          new Text(
              "The run was interrupted.",
              List.of(),
              "What was made stays.",
              "run latchkey again; it goes on where this run ended");
      case StepProblem.InterruptedAtWork _ ->
          new Text(
              "The run was interrupted while this was in flight.",
              List.of(),
              "It may still be carried out, and nobody has seen how it ended.",
              "run latchkey again; it looks at what is there, and goes on from that");
      case StepProblem.Bug p ->
          new Text(
              "This is a bug in latchkey.",
              List.of("detail   " + p.detail()),
              "",
              "run again with --debug and report what it prints");
    };
  }

  private static List<String> seen(String message, List<String> events) {
    var lines = new ArrayList<String>();
    lines.add("message  " + message);
    events.forEach(event -> lines.add("event    " + event));
    return lines;
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A duration for people: `15 s`, `5 min`.
  static String words(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    return seconds < 120 ? seconds + " s" : duration.toMinutes() + " min";
  }

  private static Text ofRollBack(StepProblem.RollBackFailed problem) {
    Text last = problem.last().text();
    return new Text(
        "The roll-back to %s failed: %s".formatted(revisions(problem.revisions()), last.what()),
        last.seen(),
        last.why(),
        last.next());
  }

  /// `revision 4`, or `the revisions 4, 3`.
  static String revisions(List<Integer> numbers) {
    String list = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return numbers.size() == 1 ? "revision " + list : "the revisions " + list;
  }
}
