// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// What Entra ID answers for each [Refusal]: error, AADSTS number, status and sentence.
///
/// Sentences and statuses are those of recorded or publicly quoted answers; for one cause Azure
/// answers differently over the years, and these are the newest.
///
/// @param number of the AADSTS code
/// @param text without the code in front and the trace behind
record RefusalWording(int status, String error, int number, String text) {
  private static final String CHECK =
      " Check your federated identity credential Subject, Audience and Issuer against the presented"
          + " assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
  private static final DateTimeFormatter TICKS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

  static RefusalWording of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.TenantUnknown(String tenant) ->
          request(
              90002,
              "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."
                  .formatted(tenant));
      case Refusal.ParameterMissing(String parameter) ->
          request(
              900144,
              "The request body must contain the following parameter: '%s'.".formatted(parameter));
      case Refusal.GrantUnsupported(String grant) ->
          new RefusalWording(
              400,
              "unsupported_grant_type",
              70003,
              "The app requested an unsupported grant type '%s'.".formatted(grant));
      case Refusal.ClientUnknown(String clientId, String tenant) ->
          new RefusalWording(
              400,
              "unauthorized_client",
              700016,
              "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant."
                  .formatted(clientId, tenant));
      case Refusal.NothingProven() ->
          client(
              7000218,
              "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
      case Refusal.SecretWrong(String clientId) ->
          client(
              7000215,
              "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'."
                  .formatted(clientId));
      case Refusal.AssertionUnreadable() -> client(50027, "JWT token is invalid or malformed.");
      case Refusal.NoTrust(String clientId, String displayName) ->
          client(
              70025,
              "The client '%s'(%s) has no configured federated identity credentials."
                  .formatted(clientId, displayName));
      case Refusal.IssuerUnmatched(String issuer) -> unmatched(700211, "issuer", issuer);
      case Refusal.AudienceUnmatched(String audience) -> unmatched(700212, "audience", audience);
      case Refusal.SubjectUnmatched(String subject) -> unmatched(700213, "subject", subject);
      case Refusal.SubjectDiffersInCase(String subject) ->
          client(
              7002138,
              "No matching federated identity record found for presented assertion subject '%s'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison."
                      .formatted(subject)
                  + CHECK);
      case Refusal.IssuerUnreachable() ->
          request(90061, "Request to External OIDC endpoint failed.");
      case Refusal.SignatureWrong(String keyId) ->
          client(
              700027,
              "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Key identifier: '%s']"
                  .formatted(keyId));
      case Refusal.OutsideItsTime(Instant now, Instant from, Instant until) ->
          client(
              700024,
              "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials ."
                  .formatted(TICKS.format(now), TICKS.format(from), TICKS.format(until)));
      case Refusal.ScopeInvalid(String scope) ->
          new RefusalWording(
              400,
              "invalid_scope",
              70011,
              "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope %s is not valid."
                  .formatted(scope));
      case Refusal.ResourceUnknown(String resource, String tenant) ->
          new RefusalWording(
              400,
              "invalid_resource",
              500011,
              "The resource principal named %s was not found in the tenant named %s. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant."
                  .formatted(resource, tenant));
    };
  }

  private static RefusalWording unmatched(int number, String part, String presented) {
    return client(
        number,
        "No matching federated identity record found for presented assertion %s '%s'."
                .formatted(part, presented)
            + CHECK);
  }

  private static RefusalWording request(int number, String text) {
    return new RefusalWording(400, "invalid_request", number, text);
  }

  private static RefusalWording client(int number, String text) {
    return new RefusalWording(401, "invalid_client", number, text);
  }
}
