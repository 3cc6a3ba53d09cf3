// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.problem.AzureAnswer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientUpdateTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ReconcileStandardLoadBalancerError | SubCode: OperationNotAllowed_TooManyRequests; Dependency: Microsoft.Compute",
        "TooManyRequests | ",
        "ReconcileVNetError | autorest/azure: Service returned an error. Status=429 Code=\"OperationNotAllowed\"",
        "InternalOperationError | StatusCode: 429, RawError: slow down",
        "SubscriptionRequestsThrottled | Number of requests exceeded the limit"
      })
  void tooManyRequestsAreFoundHoweverDeep(String code, String message) {
    assertThat(PatientUpdate.isThrottled(answer(code, message))).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "QuotaExceeded | Operation could not be completed as it results in exceeding approved Total Regional Cores quota, 4290 cores",
        "OperationNotAllowed | Another operation is in progress. Status=409",
        "ControlPlaneAddOnsNotReady | Pods not in Running status"
      })
  void otherFailuresAreNone(String code, String message) {
    assertThat(PatientUpdate.isThrottled(answer(code, message))).isFalse();
  }

  private static AzureAnswer answer(String code, String message) {
    return new AzureAnswer(200, code, message == null ? "" : message, "");
  }
}
