// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.time.Instant;
import java.util.Set;

/// How Entra ID worded its errors at a moment: the same cause got other numbers and links by year.
///
/// The dates lie between the last recorded or quoted answer of one form and the first of the next.
///
/// @param now the moment of the answer
record Era(Instant now) {
  /// From then on blanks and no line ends part sentence, trace, correlation and time.
  private static final Instant ON_ONE_LINE = Instant.parse("2023-10-01T00:00:00Z");

  /// Until then AADSTS70021 stood for issuer, subject and audience alike.
  private static final Instant FINER_NUMBERS = Instant.parse("2023-10-01T00:00:00Z");

  /// From then on links name learn.microsoft.com.
  private static final Instant LEARN = Instant.parse("2024-08-01T00:00:00Z");

  private static final Instant YEAR_2023 = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant YEAR_2024 = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant YEAR_2025 = Instant.parse("2025-01-01T00:00:00Z");

  private static final Set<Integer> NEVER_WITH_ADDRESS =
      Set.of(70011, 1002012, 90061, 50166, 501661, 900612);
  private static final Set<Integer> WITH_ADDRESS_SINCE_2025 =
      Set.of(700211, 700212, 700213, 7002138);

  /// What stands between the parts of a description.
  String separator() {
    return now.isBefore(ON_ONE_LINE) ? "\r\n" : " ";
  }

  boolean oneForAll() {
    return now.isBefore(FINER_NUMBERS);
  }

  /// The number for an issuer whose documents cannot be read; all three are quoted in public.
  int issuerUnreachable() {
    if (now.isBefore(YEAR_2023)) {
      return 90061;
    }
    return now.isBefore(YEAR_2024) ? 50166 : 501661;
  }

  String federationDocumentation() {
    return now.isBefore(LEARN)
        ? "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation"
        : "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
  }

  String certificateDocumentation() {
    return now.isBefore(LEARN)
        ? "https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials"
        : "https://learn.microsoft.com/entra/identity-platform/certificate-credentials";
  }

  /// Whether the body ends in the address of a page about the number.
  boolean hasAddress(int number) {
    if (NEVER_WITH_ADDRESS.contains(number)) {
      return false;
    }
    if (WITH_ADDRESS_SINCE_2025.contains(number)) {
      return !now.isBefore(YEAR_2025);
    }
    return number != 700024 || now.isBefore(YEAR_2024);
  }
}
