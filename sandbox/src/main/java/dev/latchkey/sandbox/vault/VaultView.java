// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Stored;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads a stored vault for the data plane.
final class VaultView {
  private VaultView() {}

  static Vault of(Stored vault) {
    JsonNode properties = vault.tree().path("properties");
    return new Vault(
        vault.id(),
        vault.name(),
        properties.path("tenantId").asString(""),
        vault.tree().path("location").asString(""),
        properties.path("enableRbacAuthorization").asBoolean(false)
            ? Vault.PermissionModel.ROLES
            : Vault.PermissionModel.ACCESS_POLICIES,
        properties.path("accessPolicies").valueStream().map(VaultView::policy).toList(),
        network(properties),
        deletion(properties),
        properties.path("softDeleteRetentionInDays").asInt(90));
  }

  private static Vault.AccessPolicy policy(JsonNode tree) {
    return new Vault.AccessPolicy(
        tree.path("tenantId").asString(""),
        tree.path("objectId").asString(""),
        tree.path("permissions")
            .path("secrets")
            .valueStream()
            .map(permission -> permission.asString("").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  private static Vault.Network network(JsonNode properties) {
    JsonNode rules = properties.path("networkAcls");
    return new Vault.Network(
        properties.path("publicNetworkAccess").asString("").equalsIgnoreCase("Disabled")
            ? Vault.PublicAccess.DISABLED
            : Vault.PublicAccess.ENABLED,
        rules.path("defaultAction").asString("").equalsIgnoreCase("Deny")
            ? Vault.DefaultAction.DENY
            : Vault.DefaultAction.ALLOW,
        rules.path("ipRules").valueStream().map(rule -> rule.path("value").asString("")).toList());
  }

  static Vault.Deletion deletion(JsonNode properties) {
    if (!properties.path("enableSoftDelete").asBoolean(true)) {
      return Vault.Deletion.FINAL;
    }
    return properties.path("enablePurgeProtection").asBoolean(false)
        ? Vault.Deletion.PROTECTED
        : Vault.Deletion.RECOVERABLE;
  }
}
