// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.problem.Text;
import java.util.List;

/// The sentences of [AzureProblem].
final class AzureWording {
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
              "let an owner grant it, then run latchkey again");
      case AzureProblem.Refused p ->
          new Text(
              p.what() + " was refused.",
              AzureProblem.seen(p.refusal()),
              p.refusal().reference(),
              "run it again with --debug to see each request");
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
      case AzureProblem.NotUnderstood p ->
          new Text(
              p.what() + ": the answer has not the form that the service documents.",
              List.of("detail   " + p.detail()),
              "",
              "run again with --debug and report what it prints");
    };
  }
}
