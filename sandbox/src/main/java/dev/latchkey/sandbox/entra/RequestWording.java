// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import static dev.latchkey.sandbox.entra.RefusalWording.request;

/// Wording of requests that cannot be understood, or ask for what is not there.
final class RequestWording {
  private RequestWording() {}

  static RefusalWording of(Refusal.OfRequest refusal) {
    return switch (refusal) {
      case Refusal.InstanceUnknown() ->
          new RefusalWording(400, "invalid_instance", 50049, "Unknown or invalid instance.");
      case Refusal.TenantInvalid(String tenant) ->
          request(
              900023,
              "Specified tenant identifier '%s' is neither a valid DNS name, nor a valid external domain."
                  .formatted(tenant));
      case Refusal.TenantUnknown(String tenant, var purpose) -> tenantUnknown(tenant, purpose);
      case Refusal.MethodWrong(String method) ->
          request(
              900561,
              "The endpoint only accepts POST requests. Received a %s request.".formatted(method));
      case Refusal.ParameterMissing(String parameter) ->
          request(
              900144,
              "The request body must contain the following parameter: '%s'.".formatted(parameter));
      case Refusal.FieldMissing(String field) ->
          request(
              90014,
              "The required field '%s' is missing from the credential. Ensure that you have all the necessary parameters for the login request."
                  .formatted(field));
      case Refusal.GrantUnsupported(String grant) ->
          new RefusalWording(
              400,
              "unsupported_grant_type",
              70003,
              "The app requested an unsupported grant type '%s'.".formatted(grant));
      case Refusal.AssertionTypeUnsupported() ->
          request(
              50027,
              "Invalid JWT token. The client assertion type is not supported: use urn:ietf:params:oauth:client-assertion-type:jwt-bearer.");
      case Refusal.ClientUnknown(String clientId, String tenant) ->
          new RefusalWording(
              400,
              "unauthorized_client",
              700016,
              "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant."
                  .formatted(clientId, tenant));
    };
  }

  private static RefusalWording tenantUnknown(String tenant, Refusal.Purpose purpose) {
    String text =
        "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."
            .formatted(tenant);
    return switch (purpose) {
      case DISCOVERY -> new RefusalWording(400, "invalid_tenant", 90002, text);
      case TOKEN -> request(90002, text);
    };
  }

  static RefusalWording of(Refusal.OfScope refusal) {
    return switch (refusal) {
      case Refusal.ScopeInvalid(String scope) ->
          scope(
              70011,
              "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope %s is not valid."
                  .formatted(scope));
      case Refusal.ScopeNotDefault(String scope) ->
          scope(
              1002012,
              "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
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

  static RefusalWording of(Refusal.OfDevice refusal) {
    return switch (refusal) {
      case Refusal.Pending() ->
          new RefusalWording(
              400,
              "authorization_pending",
              70016,
              "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");
      case Refusal.DeviceCodeExpired() ->
          new RefusalWording(
              400,
              "expired_token",
              70020,
              "The provided value for the input parameter 'device_code' is not valid. This device code has expired.");
      case Refusal.DeviceCodeUnknown() ->
          grant(
              70000,
              "The provided value for the input parameter 'device_code' is not valid. This device code is unknown.");
      case Refusal.RefreshTokenInvalid() ->
          grant(
              9002313,
              "Invalid request. Request is malformed or invalid: the refresh token is none that this tenant issued to the client.");
    };
  }

  private static RefusalWording scope(int number, String text) {
    return new RefusalWording(400, "invalid_scope", number, text);
  }

  private static RefusalWording grant(int number, String text) {
    return new RefusalWording(400, "invalid_grant", number, text);
  }
}
