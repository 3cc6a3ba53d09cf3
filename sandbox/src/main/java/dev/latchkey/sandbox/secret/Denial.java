// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.util.Locale;

/// Why Key Vault refuses; text and codes of each stand in [DenialWording].
sealed interface Denial {
  /// What was asked cannot be understood.
  sealed interface OfRequest extends Denial {}

  /// The secret is not in the state that the request needs.
  sealed interface OfState extends Denial {}

  record TokenMissing() implements Denial {}

  record TokenUnreadable() implements Denial {}

  record KeyUnknown(String header) implements Denial {}

  record SignatureWrong() implements Denial {}

  record TokenTooEarly() implements Denial {}

  record TokenExpired() implements Denial {}

  record WrongAudience(String expected, String found) implements Denial {}

  record WrongIssuer(String expected, String found) implements Denial {}

  record TooManyRequests() implements Denial {}

  record VersionMissing() implements OfRequest {}

  record VersionUnknown(String version) implements OfRequest {}

  record NoRole(Caller caller, Action action, String scope, Rules vault) implements Denial {}

  record NoPolicy(Caller caller, Action action, Rules vault) implements Denial {}

  record BehindFirewall(Caller caller, Rules vault) implements Denial {}

  record BehindPrivateLink(Caller caller, Rules vault) implements Denial {}

  record PurgeProtected(Rules vault) implements Denial {}

  record Disabled() implements Denial {}

  record NotFound(String nameAndVersion) implements OfState {}

  record DeletedNotFound(String name) implements OfState {}

  record BeingDeleted(String name) implements OfState {}

  record DeletedButRecoverable(String name) implements OfState {}

  record BeingRecovered(String name) implements OfState {}

  record DeletionRuns() implements OfState {}

  record RecoveryRuns() implements OfState {}

  record RestoreConflict(String name) implements OfState {}

  record NotDeleted(String name) implements OfState {}

  record NameInvalid(String name) implements OfRequest {}

  record BodyMissing() implements OfRequest {}

  record BodyInvalid(String message) implements OfRequest {}

  record NoSuchOperation() implements OfRequest {}

  /// Who asks, as its token says.
  ///
  /// @param managedIdentity its resource id, or the empty text for an application
  record Caller(String applicationId, String objectId, String issuer, String managedIdentity) {
    @Override
    public String toString() {
      String caller = "appid=%s;oid=%s;iss=%s".formatted(applicationId, objectId, issuer);
      return managedIdentity.isEmpty() ? caller : caller + ";xms_mirid=" + managedIdentity;
    }
  }

  /// What is asked for: a data action of roles, and a permission of access policies.
  enum Action {
    GET("getSecret/action"),
    LIST("readMetadata/action"),
    SET("setSecret/action"),
    UPDATE("update/action"),
    DELETE("delete"),
    BACKUP("backup/action"),
    RESTORE("restore/action"),
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
