// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.util.Locale;

/// Why Key Vault refuses; text and codes of each stand in [DenialWording].
sealed interface Denial {
  record TokenMissing() implements Denial {}

  record TokenUnsigned() implements Denial {}

  record TokenExpired() implements Denial {}

  record WrongAudience(String expected, String found) implements Denial {}

  record WrongTenant(String expected, String found) implements Denial {}

  record VersionMissing() implements Denial {}

  record VersionUnknown(String version) implements Denial {}

  record NoRole(Caller caller, Action action, String scope, Rules vault) implements Denial {}

  record NoPolicy(Caller caller, Action action, Rules vault) implements Denial {}

  record BehindFirewall(Rules vault) implements Denial {}

  record BehindPrivateLink(Rules vault) implements Denial {}

  record Disabled() implements Denial {}

  record NotFound(String nameAndVersion) implements Denial {}

  record DeletedNotFound(String name) implements Denial {}

  record BeingDeleted(String name) implements Denial {}

  record DeletedButRecoverable(String name) implements Denial {}

  record NotDeleted(String name) implements Denial {}

  record BodyInvalid(String message) implements Denial {}

  record NoSuchOperation() implements Denial {}

  /// Who asks, as its token says.
  record Caller(String applicationId, String objectId, String issuer) {
    @Override
    public String toString() {
      return "appid=%s;oid=%s;iss=%s".formatted(applicationId, objectId, issuer);
    }
  }

  /// What is asked for: a data action of roles, and a permission of access policies.
  enum Action {
    GET("getSecret/action"),
    LIST("readMetadata/action"),
    SET("setSecret/action"),
    UPDATE("update/action"),
    DELETE("delete"),
    RECOVER("recover/action"),
    PURGE("purge/action");

    private final String suffix;

    Action(String suffix) {
      this.suffix = suffix;
    }

    String dataAction() {
      return "Microsoft.KeyVault/vaults/secrets/" + suffix;
    }

    /// Access policies know no `update`: it is part of `set`.
    String permission() {
      return this == UPDATE ? "set" : name().toLowerCase(Locale.ROOT);
    }
  }
}
