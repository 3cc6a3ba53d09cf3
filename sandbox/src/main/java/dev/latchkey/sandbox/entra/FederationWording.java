// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.RefusalWording.client;
import static dev.latchkey.sandbox.entra.RefusalWording.request;

import dev.latchkey.sandbox.entra.Refusal.Presented;

/// Wording of what is wrong with the assertion of an outside issuer.
final class FederationWording {
  private FederationWording() {}

  static RefusalWording of(Refusal.OfFederation refusal, Era era) {
    return switch (refusal) {
      case Refusal.NoTrust(String clientId, String displayName) ->
          client(
              70025,
              "The client '%s'(%s) has no configured federated identity credentials."
                  .formatted(clientId, displayName));
      case Refusal.IssuerUnmatched(Presented assertion) ->
          unmatched(700211, "issuer", assertion.issuer(), "Please check", assertion, era);
      case Refusal.AudienceUnmatched(Presented assertion) ->
          unmatched(700212, "audience", assertion.audience(), "Please check", assertion, era);
      case Refusal.SubjectUnmatched(Presented assertion) ->
          unmatched(700213, "subject", assertion.subject(), "Check", assertion, era);
      case Refusal.SubjectDiffersInCase(Presented assertion) -> differsInCase(assertion, era);
      case Refusal.IssuerUnreachable() ->
          request(era.issuerUnreachable(), "Request to External OIDC endpoint failed.");
      case Refusal.KeysUnreadable() -> request(900612, "Failed to parse provider signing keys.");
      case Refusal.SignatureWrong(String keyId) ->
          client(
              700027,
              "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Key identifier: '%s']"
                  .formatted(keyId));
    };
  }

  private static RefusalWording unmatched(
      int number, String part, String value, String check, Presented assertion, Era era) {
    if (era.oneForAll()) {
      return oneForAll(assertion);
    }
    return client(
        number,
        "No matching federated identity record found for presented assertion %s '%s'. %s your federated identity credential Subject, Audience and Issuer against the presented assertion. %s"
            .formatted(part, value, check, era.federationDocumentation()));
  }

  private static RefusalWording differsInCase(Presented assertion, Era era) {
    if (era.oneForAll()) {
      return oneForAll(assertion);
    }
    return client(
        7002138,
        "No matching federated identity record found for presented assertion subject '%s'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. See documentation at: https://learn.microsoft.com/entra/workload-id/workload-identity-federation. See breaking change notification and remediation at: https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024."
            .formatted(assertion.subject()));
  }

  private static RefusalWording oneForAll(Presented assertion) {
    return request(
        70021,
        "No matching federated identity record found for presented assertion. Assertion Issuer: '%s'. Assertion Subject: '%s'. Assertion Audience: '%s'. https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation"
            .formatted(assertion.issuer(), assertion.subject(), assertion.audience()));
  }
}
