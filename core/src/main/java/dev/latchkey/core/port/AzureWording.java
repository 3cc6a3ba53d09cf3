// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The sentences of [AzureProblem].
final class AzureWording {
  private static final Pattern OBJECT_ID = Pattern.compile("object id '([^']+)'");

  /// The variable that Azure Pipelines gives only to a step that asks for it.
  private static final String JOB_TOKEN = "SYSTEM_ACCESSTOKEN";

  private static final String JOB_TOKEN_LINE = JOB_TOKEN + ": $(System.AccessToken)";

  private AzureWording() {}

  static Text of(AzureProblem problem) {
    return switch (problem) {
      case AzureProblem.NotAllowed p ->
          new Text(
              p.what() + " is not allowed.",
              List.of("missing  " + p.action(), "on       " + p.scope()),
              "The signed-in principal lacks this right: "
                  + p.refusal().reference()
                  + ". Nothing was changed by this request.",
              grant(p.action(), caller(p), p.scope()));
      case AzureProblem.RightMissing p ->
          new Text(
              p.what() + " is not allowed.",
              List.of("missing  " + p.action(), "on       " + p.scope()),
              "The signed-in principal lacks this right: none of the roles that it holds there has it."
                  + " Nothing was begun that needs it.",
              grant(p.action(), p.caller().value(), p.scope().text()));
      case AzureProblem.DisallowedByPolicy p ->
          new Text(
              p.what() + " is forbidden by Azure Policy.",
              seen(p),
              "Whoever assigned it decides what may be written there, whatever rights there are: "
                  + p.refusal().reference()
                  + ". Nothing was changed by this request.",
              exemption(p));
      case AzureProblem.Refused p ->
          new Text(
              p.what() + " was refused.",
              AzureProblem.seen(p.refusal()),
              p.refusal().reference(),
              afterRefusal(p.refusal().code()));
      case AzureProblem.Unreachable p ->
          new Text(
              p.what() + ": `" + p.host() + "` does not answer.",
              List.of("network  " + p.reason()),
              "No answer came back, so nothing is known of what the service did.",
              "reach `" + p.host() + "` from this machine, then run latchkey again");
      case AzureProblem.Throttled p ->
          new Text(
              p.what() + " was refused as too many requests, for " + p.waited().toSeconds() + " s.",
              AzureProblem.seen(p.refusal()),
              "Others use up the same limit: " + p.refusal().reference(),
              "run latchkey again when they are done");
      case AzureProblem.SignInFailed p ->
          new Text(
              "Signing in through " + p.source() + " failed.",
              List.of("reason   " + p.reason()),
              p.refusal().map(answer -> answer.reference()).orElse(""),
              "az login, or the variables of docs/configuration.md");
      case AzureProblem.VariablesMissing p ->
          new Text(
              "Signing in through " + p.source() + " lacks variables of the environment.",
              missing(p),
              "Nothing was sent to Azure."
                  + (lacksJobToken(p)
                      ? " Azure Pipelines gives the job's token only to a step that asks for it."
                      : ""),
              lacksJobToken(p)
                  ? "add under `env:` of the pipeline's step: " + JOB_TOKEN_LINE
                  : "set them, or choose another way: docs/configuration.md");
      case AzureProblem.NotUnderstood p ->
          new Text(
              p.what() + ": the answer has not the form that the service documents.",
              List.of("detail   " + p.detail()),
              "",
              "run again with --debug and report what it prints");
    };
  }

  private static List<String> missing(AzureProblem.VariablesMissing problem) {
    var missing = new ArrayList<String>();
    if (!problem.unset().isEmpty()) {
      missing.add("not set  " + String.join(", ", problem.unset()));
    }
    if (!problem.unknown().isEmpty()) {
      missing.add("text     $(…) as it was written: " + String.join(", ", problem.unknown()));
    }
    return missing;
  }

  private static boolean lacksJobToken(AzureProblem.VariablesMissing problem) {
    return problem.unset().contains(JOB_TOKEN) || problem.unknown().contains(JOB_TOKEN);
  }

  private static List<String> seen(AzureProblem.DisallowedByPolicy problem) {
    Stream<String> policies =
        problem.policies().stream()
            .flatMap(
                policy ->
                    Stream.concat(
                        Stream.of(
                            "policy      " + policy.name(), "assignment  " + policy.assignment()),
                        policy.compared().stream().map("because     "::concat)));
    List<String> lines =
        Stream.concat(policies, problem.reason().stream().map("reason      "::concat)).toList();
    return lines.isEmpty() ? AzureProblem.seen(problem.refusal()) : lines;
  }

  /// Whether the file can say it otherwise depends on the policy; its owner can always exempt.
  private static String exemption(AzureProblem.DisallowedByPolicy problem) {
    String assignment =
        problem.policies().stream().findFirst().map(AzureProblem.Policy::assignment).orElse("ID");
    return "let the file, or the resource that is there, be as the policy wants it; or its owner"
        + " exempts it: az policy exemption create --exemption-category Waiver"
        + " --policy-assignment %s --scope SCOPE --name NAME".formatted(assignment);
  }

  /// Azure's message is the only place that names the caller.
  private static String caller(AzureProblem.NotAllowed problem) {
    Matcher caller = OBJECT_ID.matcher(problem.refusal().message());
    return caller.find() ? caller.group(1) : "OBJECT_ID";
  }

  /// For the owner of the scope.
  private static String grant(String action, String caller, String scope) {
    return "az role assignment create --role \"%s\" --assignee-object-id %s --assignee-principal-type ServicePrincipal --scope %s"
        .formatted(role(action), caller, owned(scope));
  }

  /// The narrowest of Azure's own roles that holds the action.
  private static String role(String action) {
    String type =
        action.substring(0, Math.max(0, action.lastIndexOf('/'))).toLowerCase(Locale.ROOT);
    return switch (type) {
      case "microsoft.managedidentity/userassignedidentities",
          "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials" ->
          "Managed Identity Contributor";
      case "microsoft.authorization/roleassignments" -> "Role Based Access Control Administrator";
      case "microsoft.containerservice/managedclusters/listclusterusercredential" ->
          "Azure Kubernetes Service Cluster User Role";
      case "microsoft.containerservice/managedclusters" ->
          action.endsWith("/read") ? "Reader" : "Azure Kubernetes Service Contributor Role";
      case "microsoft.keyvault/vaults/accesspolicies" -> "Key Vault Contributor";
      default -> action.endsWith("/read") ? "Reader" : "a role that has this action";
    };
  }

  /// What an owner grants on: the resource that is there, not the one that was to be made.
  private static String owned(String scope) {
    return scope
        .replaceFirst("(?i)/providers/Microsoft\\.Authorization/.*", "")
        .replaceFirst("(?i)/(secrets|accessPolicies)/[^/]+$", "")
        .replaceFirst("(?i)/providers/Microsoft\\.ManagedIdentity/.*", "");
  }

  /// Azure names the locked scopes in its answer; a lock that only reads stops every POST as well.
  private static String afterRefusal(String code) {
    return code.equals("ScopeLocked")
        ? "az lock list --query \"[].id\", then az lock delete --ids ID of the one at that scope"
        : "run it again with --debug to see each request";
  }
}
