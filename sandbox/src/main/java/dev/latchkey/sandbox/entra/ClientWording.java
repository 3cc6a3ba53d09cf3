// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.RefusalWording.client;
import static dev.latchkey.sandbox.entra.RefusalWording.request;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Wording of what is wrong with a client's own secret, assertion or certificate.
final class ClientWording {
  private static final DateTimeFormatter TICKS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter AMERICAN =
      DateTimeFormatter.ofPattern("MM/dd/uuuu HH:mm:ss").withZone(ZoneOffset.UTC);

  private ClientWording() {}

  static RefusalWording of(Refusal.OfSecret refusal) {
    return switch (refusal) {
      case Refusal.NothingProven() ->
          client(
              7000218,
              "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
      case Refusal.SecretWrong(String clientId) ->
          client(
              7000215,
              "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'."
                  .formatted(clientId));
      case Refusal.SecretExpired(String clientId) ->
          client(
              7000222,
              "The provided client secret keys for app '%s' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds."
                  .formatted(clientId));
    };
  }

  static RefusalWording of(Refusal.OfAssertion refusal, Era era) {
    return switch (refusal) {
      case Refusal.AssertionUnreadable() -> request(50027, "JWT token is invalid or malformed.");
      case Refusal.AlgorithmUnsupported(String algorithm) ->
          client(
              5002738,
              "Invalid JWT token. '%s' is not a supported signature algorithm. Supported signing algorithms are: 'RS256,RS384,RS512,PS256,PS384,PS512'"
                  .formatted(algorithm));
      case Refusal.OutsideItsTime(Instant now, Instant from, Instant until) ->
          client(
              700024,
              "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at %s ."
                  .formatted(
                      TICKS.format(now),
                      TICKS.format(from),
                      TICKS.format(until),
                      era.certificateDocumentation()));
    };
  }

  static RefusalWording of(Refusal.OfCertificate refusal, Era era) {
    return switch (refusal) {
      case Refusal.ThumbprintMissing() ->
          client(
              5002723,
              "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.");
      case Refusal.CertificateUnknown(String thumbprint, String clientId) ->
          client(
              700027,
              "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '%1$s', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '%2$s'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/%2$s']."
                  .formatted(thumbprint, clientId));
      case Refusal.CertificateExpired(String thumbprint, Instant from, Instant until) ->
          badSignature("The key used is expired.", thumbprint, from, until);
      case Refusal.CertificateMismatch(String thumbprint, Instant from, Instant until) ->
          badSignature(
              "The provided signature value did not match the expected signature value.",
              thumbprint,
              from,
              until);
      case Refusal.OtherClient() ->
          client(
              700021,
              "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at "
                  + era.certificateDocumentation()
                  + " .");
      case Refusal.OtherAudience() ->
          client(
              700023,
              "Client assertion audience claim does not match Realm issuer. Review the documentation at "
                  + era.certificateDocumentation()
                  + " .");
    };
  }

  private static RefusalWording badSignature(
      String reason, String thumbprint, Instant from, Instant until) {
    return client(
        700027,
        "Client assertion contains an invalid signature. [Reason - %s, Thumbprint of key used by client: '%s', Found key 'Start=%s, End=%s']"
            .formatted(reason, thumbprint, AMERICAN.format(from), AMERICAN.format(until)));
  }
}
