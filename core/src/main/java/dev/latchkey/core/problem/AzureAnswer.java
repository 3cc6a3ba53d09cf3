// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.problem;

/// An error that a service answered: Azure Resource Manager, Entra ID, Key Vault or a cluster.
///
/// @param status HTTP status
/// @param code the service's code: `AuthorizationFailed`, `AADSTS700213`, `ForbiddenByRbac` …
/// @param message the service's text, never with a token or a secret value
/// @param correlationId what the service's support asks for; may be empty
public record AzureAnswer(int status, String code, String message, String correlationId) {
  /// One line: code, status and correlation id.
  public String reference() {
    String ids = correlationId.isEmpty() ? "" : ", correlation id " + correlationId;
    return code + " (HTTP " + status + ids + ")";
  }
}
