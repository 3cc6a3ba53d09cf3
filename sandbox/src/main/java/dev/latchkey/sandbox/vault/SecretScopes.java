// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Veto;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Refuses roles at secrets that do not exist, where [UnknownSecretScopes] says so.
public final class SecretScopes implements Veto {
  private static final String ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";
  private static final Pattern SECRET =
      Pattern.compile("(?i).*/providers/Microsoft\\.KeyVault/vaults/([^/]+)/secrets/([^/]+)");

  private final UnknownSecretScopes unknown;
  private final Supplier<SecretNames> secrets;

  /// A look at these secrets.
  public SecretScopes(UnknownSecretScopes unknown, Supplier<SecretNames> secrets) {
    this.unknown = unknown;
    this.secrets = secrets;
  }

  @Override
  public Optional<Answer> refusal(ResourceType type, Call call) {
    boolean grants = type.name().equals(ASSIGNMENTS) && call.ask().method().equals("PUT");
    return switch (unknown) {
      case ACCEPTED -> Optional.empty();
      case REFUSED -> grants ? refusal(call.target().scope()) : Optional.empty();
    };
  }

  private Optional<Answer> refusal(String scope) {
    Matcher secret = SECRET.matcher(scope);
    return secret.matches() && !isThere(secret.group(1), secret.group(2))
        ? Optional.of(Answers.notFound(scope))
        : Optional.empty();
  }

  private boolean isThere(String vault, String name) {
    return secrets.get().list(vault).stream()
        .anyMatch(secret -> secret.name().equalsIgnoreCase(name));
  }
}
