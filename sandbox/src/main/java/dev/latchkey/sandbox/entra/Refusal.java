// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.time.Instant;

/// Why Entra ID gives no token. Number, status and text of each stand in [RefusalWording].
sealed interface Refusal {
  /// What was asked cannot be understood, or names nobody that is here.
  sealed interface OfRequest extends Refusal {}

  record InstanceUnknown() implements OfRequest {}

  record TenantInvalid(String tenant) implements OfRequest {}

  /// A tenant that is not here; the error's name depends on what was wanted of it.

  record TenantUnknown(String tenant, Purpose purpose) implements OfRequest {}

  record MethodWrong(String method) implements OfRequest {}

  record ParameterMissing(String parameter) implements OfRequest {}

  record FieldMissing(String field) implements OfRequest {}

  record GrantUnsupported(String grant) implements OfRequest {}

  record AssertionTypeUnsupported() implements OfRequest {}

  record ClientUnknown(String clientId, String tenant) implements OfRequest {}

  /// The client secret, or the lack of any proof.
  sealed interface OfSecret extends Refusal {}

  record NothingProven() implements OfSecret {}

  record SecretWrong(String clientId) implements OfSecret {}

  record SecretExpired(String clientId) implements OfSecret {}

  /// Any assertion, whoever signed it.
  sealed interface OfAssertion extends Refusal {}

  record AssertionUnreadable() implements OfAssertion {}

  record AlgorithmUnsupported(String algorithm) implements OfAssertion {}

  record OutsideItsTime(Instant now, Instant from, Instant until) implements OfAssertion {}

  /// An assertion that the client itself signed.
  sealed interface OfCertificate extends Refusal {}

  record ThumbprintMissing() implements OfCertificate {}

  record CertificateUnknown(String thumbprint, String clientId) implements OfCertificate {}

  record CertificateExpired(String thumbprint, Instant from, Instant until)
      implements OfCertificate {}

  record CertificateMismatch(String thumbprint, Instant from, Instant until)
      implements OfCertificate {}

  record OtherClient() implements OfCertificate {}

  record OtherAudience() implements OfCertificate {}

  /// An assertion that an outside issuer signed.
  sealed interface OfFederation extends Refusal {}

  record NoTrust(String clientId, String displayName) implements OfFederation {}

  record IssuerUnmatched(Presented assertion) implements OfFederation {}

  record AudienceUnmatched(Presented assertion) implements OfFederation {}

  record SubjectUnmatched(Presented assertion) implements OfFederation {}

  record SubjectDiffersInCase(Presented assertion) implements OfFederation {}

  record IssuerUnreachable() implements OfFederation {}

  record KeysUnreadable() implements OfFederation {}

  record SignatureWrong(String keyId) implements OfFederation {}

  /// What the token shall be good for.
  sealed interface OfScope extends Refusal {}

  record ScopeInvalid(String scope) implements OfScope {}

  record ScopeNotDefault(String scope) implements OfScope {}

  record ResourceUnknown(String resource, String tenant) implements OfScope {}

  /// The sign-in on another device, and the refresh of what it gave.
  sealed interface OfDevice extends Refusal {}

  record Pending() implements OfDevice {}

  record DeviceCodeExpired() implements OfDevice {}

  record DeviceCodeUnknown() implements OfDevice {}

  record RefreshTokenInvalid() implements OfDevice {}

  /// What a client wants of a tenant.
  enum Purpose {
    DISCOVERY,
    TOKEN
  }

  /// What an assertion says and federated credentials are compared with.
  record Presented(String issuer, String subject, String audience) {}
}
