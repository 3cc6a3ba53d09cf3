// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What can be wrong with a write of a vault, whatever else exists.
final class VaultChecks {
  private static final String VALID_NAME = "[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]";
  private static final int LEAST_DAYS = 7;
  private static final int MOST_DAYS = 90;

  private VaultChecks() {}

  static boolean isName(String name) {
    return name.matches(VALID_NAME);
  }

  /// Of a PUT.
  static Optional<Answer> whole(Call call) {
    String name = call.target().name();
    if (!isName(name)) {
      return refused(
          "VaultNameNotValid",
          "The vault name '%s' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742"
              .formatted(name));
    }
    if (call.body().path("location").asString("").isBlank()) {
      return refused("LocationRequired", "The location property is required for this definition.");
    }
    JsonNode properties = call.body().path("properties");
    boolean whole = properties.has("sku") && properties.has("tenantId");
    return whole
        ? Optional.empty()
        : refused(
            "BadRequest",
            "The parameters 'properties.sku' and 'properties.tenantId' are required.");
  }

  /// Of any write: what cannot be set, and what cannot be taken back.
  ///
  /// @param before the properties of the vault that is changed, or none
  static Optional<Answer> switches(Call call, Optional<JsonNode> before) {
    JsonNode properties = call.body().path("properties");
    JsonNode protection = properties.path("enablePurgeProtection");
    if (protection.isBoolean() && !protection.asBoolean()) {
      return irreversible(
          "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.");
    }
    JsonNode softDelete = properties.path("enableSoftDelete");
    boolean wasOn = before.map(one -> one.path("enableSoftDelete").asBoolean(true)).orElse(false);
    if (wasOn && softDelete.isBoolean() && !softDelete.asBoolean()) {
      return irreversible(
          "The property \"enableSoftDelete\" can be set to false only for creating new vault. Enabling the 'soft delete' functionality is an irreversible action.");
    }
    return retention(properties.path("softDeleteRetentionInDays"), before);
  }

  private static Optional<Answer> retention(JsonNode days, Optional<JsonNode> before) {
    if (!days.isNumber()) {
      return Optional.empty();
    }
    if (days.asInt(0) < LEAST_DAYS || days.asInt(0) > MOST_DAYS) {
      return irreversible(
          "The value of property \"softDeleteRetentionInDays\" must be between 7 and 90.");
    }
    boolean changed =
        before
            .map(one -> one.path("softDeleteRetentionInDays"))
            .filter(JsonNode::isNumber)
            .filter(set -> set.asInt() != days.asInt())
            .isPresent();
    return changed
        ? irreversible(
            "The property \"softDeleteRetentionInDays\" has been set already and it can't be modified.")
        : Optional.empty();
  }

  private static Optional<Answer> irreversible(String message) {
    return refused("BadRequest", message);
  }

  private static Optional<Answer> refused(String code, String message) {
    return Optional.of(Refusal.of(400, code, message));
  }
}
