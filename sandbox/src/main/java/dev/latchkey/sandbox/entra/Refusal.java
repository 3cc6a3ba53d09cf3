// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.time.Instant;

/// Why Entra ID gives no token. Number, status and text of each stand in [RefusalWording].
sealed interface Refusal {
  record TenantUnknown(String tenant) implements Refusal {}

  record ParameterMissing(String parameter) implements Refusal {}

  record GrantUnsupported(String grant) implements Refusal {}

  record ClientUnknown(String clientId, String tenant) implements Refusal {}

  record NothingProven() implements Refusal {}

  record SecretWrong(String clientId) implements Refusal {}

  record AssertionUnreadable() implements Refusal {}

  record NoTrust(String clientId, String displayName) implements Refusal {}

  record IssuerUnmatched(String issuer) implements Refusal {}

  record AudienceUnmatched(String audience) implements Refusal {}

  record SubjectUnmatched(String subject) implements Refusal {}

  record SubjectDiffersInCase(String subject) implements Refusal {}

  record IssuerUnreachable() implements Refusal {}

  record SignatureWrong(String keyId) implements Refusal {}

  record OutsideItsTime(Instant now, Instant from, Instant until) implements Refusal {}

  record ScopeInvalid(String scope) implements Refusal {}

  record ResourceUnknown(String resource, String tenant) implements Refusal {}
}
