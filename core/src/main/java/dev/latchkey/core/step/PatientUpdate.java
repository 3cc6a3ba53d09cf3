// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import java.util.regex.Pattern;

/// An update of a cluster that is begun again some minutes later where Azure throttled itself
/// within it, with fewer updates at once in the subscription.
///
/// AKS asks other providers for what an update needs, and these limit a subscription's requests for
/// windows of 3 and of 30 minutes. The operation then fails as a whole, with a code of AKS's own
/// and the refusal somewhere in its message, so that no answer tells when to come again.
///
/// @see <a href="https://github.com/hashicorp/terraform-provider-azurerm/issues/19146">a report</a>
final class PatientUpdate {
  private static final int TRIES = 4;

  private static final Pattern THROTTLED =
      Pattern.compile("TooManyRequests|RequestsThrottled|Status(?:Code)?\\s*[=:]\\s*\"?429\\b");

  private PatientUpdate() {}

  /// One try, from its beginning to its end.
  interface Try<T> {
    T now() throws InterruptedException;
  }

  static <T> T of(Work work, Try<T> update) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      Watch.Turn turn = work.pace().until(Lag.UPDATES_THROTTLED, () -> work.watch().turn());
      try {
        return update.now();
      } catch (ProblemException e) {
        if (tries == TRIES || !isThrottled(e.problem())) {
          throw e;
        }
        tell(work, turn.throttled());
      } finally {
        turn.over();
      }
      work.pace().settle(Lag.UPDATES_THROTTLED, work.ports().time().now());
    }
  }

  private static void tell(Work work, int most) {
    work.found(
        "Azure throttled itself within the update, so it is begun again later; from here on no more"
            + " than %d of the subscription's clusters are updated at once".formatted(most));
  }

  private static boolean isThrottled(Problem problem) {
    return problem instanceof StepProblem.UpdateFailed failed && isThrottled(failed.refusal());
  }

  /// Whether a failed operation tells of too many requests, however deep in its message.
  static boolean isThrottled(AzureAnswer answer) {
    return THROTTLED.matcher(answer.code() + " " + answer.message()).find();
  }
}
