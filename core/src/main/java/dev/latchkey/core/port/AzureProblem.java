// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.problem.WrongInput;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an adapter met: a service refused, could not be reached, or said what nobody understands.
public sealed interface AzureProblem extends Problem {
  /// The caller lacks a right.
  ///
  /// @param action what is missing, such as `Microsoft.Authorization/roleAssignments/write`
  record NotAllowed(String what, String action, String scope, AzureAnswer refusal)
      implements AzureProblem {}

  /// The caller will lack a right: none of the roles that it holds has it, and nothing was asked.
  ///
  /// @param action what is missing, such as `Microsoft.Authorization/roleAssignments/write`
  record RightMissing(String what, String action, ResourceId scope, PrincipalId caller)
      implements AzureProblem {}

  /// An Azure Policy forbids the write.
  ///
  /// @param policies those that forbid it, as far as Azure tells
  /// @param reason what the policy's owner says to whom it refuses something
  record DisallowedByPolicy(
      String what, List<Policy> policies, Optional<String> reason, AzureAnswer refusal)
      implements AzureProblem {
    public DisallowedByPolicy {
      policies = List.copyOf(policies);
    }
  }

  /// A policy, as it is assigned somewhere.
  ///
  /// @param assignment its resource id
  /// @param compared what it looked at: `location is westeurope, NotIn ["northeurope"]`
  record Policy(String name, String assignment, List<String> compared) {
    public Policy {
      compared = List.copyOf(compared);
    }
  }

  /// The service answered an error.
  record Refused(String what, AzureAnswer refusal) implements AzureProblem {}

  /// No answer came.
  ///
  /// @param reason what the network said, such as `connection refused`
  record Unreachable(String what, String host, String reason) implements AzureProblem {}

  /// The service kept on saying that we ask too fast.
  record Throttled(String what, AzureAnswer refusal, Duration waited) implements AzureProblem {}

  /// Nobody could sign in.
  record SignInFailed(String source, String reason, Optional<AzureAnswer> refusal)
      implements AzureProblem {}

  /// A way to sign in lacks variables of the environment.
  ///
  /// @param unset those that are not set
  /// @param unknown those that still read `$(NAME)`: the pipeline has no variable of that name
  record VariablesMissing(String source, List<String> unset, List<String> unknown)
      implements AzureProblem, WrongInput {
    public VariablesMissing {
      unset = List.copyOf(unset);
      unknown = List.copyOf(unknown);
    }
  }

  /// The answer is not of the form that the service documents.
  record NotUnderstood(String what, String detail) implements AzureProblem {}

  @Override
  default String code() {
    return switch (this) {
      case NotAllowed _, RightMissing _ -> "permission-missing";
      case DisallowedByPolicy _ -> "disallowed-by-policy";
      case Refused _ -> "refused";
      case Unreachable _ -> "unreachable";
      case Throttled _ -> "throttled";
      case SignInFailed _ -> "sign-in-failed";
      case VariablesMissing _ -> "sign-in-variables-missing";
      case NotUnderstood _ -> "answer-not-understood";
    };
  }

  @Override
  default Optional<AzureAnswer> answer() {
    return switch (this) {
      case NotAllowed problem -> Optional.of(problem.refusal());
      case DisallowedByPolicy problem -> Optional.of(problem.refusal());
      case Refused problem -> Optional.of(problem.refusal());
      case Throttled problem -> Optional.of(problem.refusal());
      case SignInFailed problem -> problem.refusal();
      case RightMissing _, Unreachable _, VariablesMissing _, NotUnderstood _ -> Optional.empty();
    };
  }

  @Override
  default Text text() {
    return AzureWording.of(this);
  }

  /// The refusal in short, for `seen`.
  static List<String> seen(AzureAnswer answer) {
    return List.of("answer   " + answer.message());
  }
}
