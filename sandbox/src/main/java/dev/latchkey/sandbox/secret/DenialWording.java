// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Key Vault answers for each [Denial], in its recorded words.
///
/// @param inner the code of `innererror`, or the empty text when there is none
record DenialWording(int status, String code, String message, String inner) {

  static DenialWording of(Denial denial, KeyVault.Era era) {
    return switch (denial) {
      case Denial.TokenMissing() -> unauthorized(tokenMissing(era));
      case Denial.TokenUnreadable() -> unauthorized("Error validating token: 'S2S12086'.");
      case Denial.KeyUnknown(String header) ->
          unauthorized(
              "AKV10046: Unable to resolve the key used for signature validation. EncodedJwtHeader: '%s'."
                  .formatted(header));
      case Denial.SignatureWrong() ->
          unauthorized("Error validating token: IDX10511: Signature validation failed.");
      case Denial.TokenExpired() ->
          unauthorized("[TokenExpired] Error validating token: 'S2S12086'.");
      case Denial.TokenTooEarly() ->
          unauthorized(
              "Error validating token: IDX10222: Lifetime validation failed. The token is not yet valid.");
      case Denial.WrongAudience(String expected, String found) ->
          unauthorized(
              "AKV10022: Invalid audience. Expected %s, found: %s.".formatted(expected, found));
      case Denial.WrongIssuer(String expected, String found) ->
          unauthorized(
              "AKV10032: Invalid issuer. Expected one of %s, found %s.".formatted(expected, found));
      case Denial.NoRole denied -> forbidden(byRole(denied), "ForbiddenByRbac");
      case Denial.NoPolicy denied -> forbidden(byPolicy(denied), "AccessDenied");
      case Denial.BehindFirewall(var caller, var vault) ->
          forbidden(
              "Client address is not authorized and caller is not a trusted service.\r\nClient address: 127.0.0.1\r\nCaller: %s\r\nVault: %s"
                  .formatted(caller, place(vault)),
              "ForbiddenByFirewall");
      case Denial.BehindPrivateLink(var caller, var vault) ->
          forbidden(
              "Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\nCaller: %s\r\nVault: %s"
                  .formatted(caller, place(vault)),
              "ForbiddenByConnection");
      case Denial.PurgeProtected(var vault) ->
          forbidden(
              "Operation \"purge\" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.\r\nVault: "
                  + place(vault),
              "ForbiddenByPolicy");
      case Denial.Disabled() ->
          forbidden("Operation get is not allowed on a disabled secret.", "SecretDisabled");
      case Denial.TooManyRequests() ->
          plain(
              429,
              "Throttled",
              "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached");
      case Denial.OfRequest asked -> ofRequest(asked);
      case Denial.OfState state -> ofState(state);
    };
  }

  private static String tokenMissing(KeyVault.Era era) {
    String text = "Request is missing a Bearer or PoP token.";
    return switch (era) {
      case OLDER -> text;
      case NEWER -> "AKV10000: " + text;
    };
  }

  private static DenialWording ofRequest(Denial.OfRequest denial) {
    return switch (denial) {
      case Denial.VersionMissing() -> invalid("api-version must be specified");
      case Denial.VersionUnknown(String version) ->
          invalid(
              "The specified version (%s) is not recognized. Consider using the latest supported version (7.6)."
                  .formatted(version));
      case Denial.NameInvalid(String name) ->
          invalid("The request URI contains an invalid name: " + name);
      case Denial.BodyMissing() -> invalid("Request body not specified");
      case Denial.BodyInvalid(String message) -> invalid(message);
      case Denial.NoSuchOperation() -> plain(404, "NotFound", "Resource not found");
    };
  }

  private static DenialWording ofState(Denial.OfState denial) {
    return switch (denial) {
      case Denial.NotFound(String name) ->
          plain(
              404,
              "SecretNotFound",
              "A secret with (name/id) %s was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182"
                  .formatted(name));
      case Denial.DeletedNotFound(String name) ->
          plain(404, "SecretNotFound", "Deleted Secret not found: " + name);
      case Denial.BeingDeleted(String name) ->
          conflict(
              "Secret %s is currently being deleted and cannot be re-created; retry later."
                  .formatted(name),
              "ObjectIsBeingDeleted");
      case Denial.DeletionRuns() ->
          conflict("Secret is currently being deleted.", "ObjectIsBeingDeleted");
      case Denial.DeletedButRecoverable(String name) ->
          conflict(
              "Secret %s is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged."
                  .formatted(name),
              "ObjectIsDeletedButRecoverable");
      case Denial.BeingRecovered(String name) ->
          conflict(
              "Secret %s is currently being recovered and cannot be re-created; retry later."
                  .formatted(name),
              "ObjectIsBeingRecovered");
      case Denial.RecoveryRuns() ->
          conflict("Secret is currently being recovered.", "ObjectIsBeingRecovered");
      case Denial.RestoreConflict(String name) ->
          plain(409, "Conflict", "Secret %s already exists in this key vault.".formatted(name));
      case Denial.NotDeleted(String name) ->
          new DenialWording(
              400,
              "MethodNotAllowed",
              "Secret exists already: " + name,
              "RequestNotAllowedOnNonDeletedObject");
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

  private static DenialWording conflict(String message, String inner) {
    return new DenialWording(409, "Conflict", message, inner);
  }

  private static DenialWording invalid(String message) {
    return plain(400, "BadParameter", message);
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
