// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Key Vault answers for each [Denial], in its recorded words.
///
/// @param inner the code of `innererror`, or the empty text when there is none
record DenialWording(int status, String code, String message, String inner) {

  static DenialWording of(Denial denial) {
    return switch (denial) {
      case Denial.TokenMissing() ->
          unauthorized("AKV10000: Request is missing a Bearer or PoP token.");
      case Denial.TokenUnsigned() ->
          unauthorized("Error validating token: IDX10511: Signature validation failed.");
      case Denial.TokenExpired() ->
          unauthorized(
              "Error validating token: IDX10223: Lifetime validation failed. The token is expired.");
      case Denial.WrongAudience(String expected, String found) ->
          unauthorized(
              "AKV10022: Invalid audience. Expected %s, found: %s.".formatted(expected, found));
      case Denial.WrongTenant(String expected, String found) ->
          unauthorized(
              "AKV10032: Invalid issuer. Expected %s, found %s.".formatted(expected, found));
      case Denial.VersionMissing() -> plain(400, "BadParameter", "api-version must be specified");
      case Denial.VersionUnknown(String version) ->
          plain(
              400,
              "BadParameter",
              "The specified version (%s) is not recognized. Consider using the latest supported version (7.6)."
                  .formatted(version));
      case Denial.NoRole denied -> forbidden(byRole(denied), "ForbiddenByRbac");
      case Denial.NoPolicy denied -> forbidden(byPolicy(denied), "AccessDenied");
      case Denial.BehindFirewall(KnownVaults.Rules vault) ->
          forbidden(
              "Client address is not authorized and caller is not a trusted service.\r\nClient address: 127.0.0.1\r\nCaller: (not authenticated)\r\nVault: "
                  + place(vault),
              "ForbiddenByFirewall");
      case Denial.BehindPrivateLink(KnownVaults.Rules vault) ->
          forbidden(
              "Connection is not an approved private link and caller was ignored because bypass is not set to 'AzureServices' and PublicNetworkAccess is set to 'Disabled'.\r\nVault: "
                  + place(vault),
              "ForbiddenByConnection");
      case Denial.Disabled() ->
          forbidden("Operation get is not allowed on a disabled secret.", "SecretDisabled");
      case Denial.NotFound(String name) ->
          plain(
              404,
              "SecretNotFound",
              "A secret with (name/id) %s was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182"
                  .formatted(name));
      case Denial.DeletedNotFound(String name) ->
          plain(404, "SecretNotFound", "Deleted Secret not found: " + name);
      case Denial.BeingDeleted(String name) ->
          new DenialWording(
              409,
              "Conflict",
              "Secret %s is currently being deleted.".formatted(name),
              "ObjectIsBeingDeleted");
      case Denial.DeletedButRecoverable(String name) ->
          new DenialWording(
              409,
              "Conflict",
              "Secret %s is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged."
                  .formatted(name),
              "ObjectIsDeletedButRecoverable");
      case Denial.NotDeleted(String name) ->
          new DenialWording(
              400,
              "MethodNotAllowed",
              "Secret exists already: " + name,
              "RequestNotAllowedOnNonDeletedObject");
      case Denial.BodyInvalid(String message) -> plain(400, "BadParameter", message);
      case Denial.NoSuchOperation() -> plain(404, "NotFound", "Resource not found");
    };
  }

  private static String byRole(Denial.NoRole denied) {
    return String.join(
        "\r\n",
        "Caller is not authorized to perform action on resource.",
        "If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.",
        "Caller: " + denied.caller(),
        "Action: '%s'".formatted(denied.action().dataAction()),
        "Resource: '%s'".formatted(denied.scope().toLowerCase(Locale.ROOT)),
        "Assignment: (not found)",
        "DenyAssignmentId: null",
        "DecisionReason: 'DeniedWithNoValidRBAC' ",
        "Vault: " + place(denied.vault()),
        "");
  }

  private static String byPolicy(Denial.NoPolicy denied) {
    return "The user, group or application '%s' does not have secrets %s permission on key vault '%s'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287"
        .formatted(denied.caller(), denied.action().permission(), place(denied.vault()));
  }

  private static String place(KnownVaults.Rules vault) {
    return vault.name() + ";location=" + vault.location();
  }

  private static DenialWording unauthorized(String message) {
    return plain(401, "Unauthorized", message);
  }

  private static DenialWording forbidden(String message, String inner) {
    return new DenialWording(403, "Forbidden", message, inner);
  }

  private static DenialWording plain(int status, String code, String message) {
    return new DenialWording(status, code, message, "");
  }

  ObjectNode body() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ObjectNode error = body.putObject("error").put("code", code).put("message", message);
    if (!inner.isEmpty()) {
      error.putObject("innererror").put("code", inner);
    }
    return body;
  }
}
