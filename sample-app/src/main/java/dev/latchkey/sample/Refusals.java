// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import com.azure.core.exception.HttpResponseException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds who refused in what the Azure libraries throw.
final class Refusals {
  private static final Pattern ENTRA_CODE = Pattern.compile("AADSTS\\d+");
  private static final Pattern VAULT_CODE = Pattern.compile("\"code\"\\s*:\\s*\"(\\w+)\"");
  private static final int CAUSES_MAX = 16;

  private Refusals() {}

  /// The refusal behind an exception: Entra's code first, since a vault never answers with one.
  static Refusal of(Throwable failure) {
    @Nullable Refusal network = null;
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++, cause = cause.getCause()) {
      var code = ENTRA_CODE.matcher(String.valueOf(cause.getMessage()));
      if (code.find()) {
        return new Refusal(Hop.ENTRA, code.group());
      }
      if (cause instanceof HttpResponseException answer && answer.getResponse() != null) {
        return ofVault(answer);
      }
      if (cause instanceof IOException) {
        network = new Refusal(Hop.NETWORK, cause.getClass().getSimpleName());
      }
    }
    return network == null ? new Refusal(Hop.NETWORK, failure.getClass().getSimpleName()) : network;
  }

  /// The innermost code of the answer's body: `Forbidden` holds `ForbiddenByRbac`.
  private static Refusal ofVault(HttpResponseException answer) {
    var code = VAULT_CODE.matcher(String.valueOf(answer.getMessage()));
    String innermost = "HTTP " + answer.getResponse().getStatusCode();
    while (code.find()) {
      innermost = code.group(1);
    }
    return new Refusal(Hop.KEY_VAULT, innermost);
  }
}
