// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.Locale;

/// A built-in role of Azure that latchkey knows, by its id.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security">built-in
///   roles</a>
public enum Role {
  /// Reads the values and the metadata of secrets; nothing else.
  KEY_VAULT_SECRETS_USER("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User");

  private final String guid;
  private final String title;

  Role(String guid, String title) {
    this.guid = guid;
    this.title = title;
  }

  /// The role definition's GUID, the same in every tenant.
  public String guid() {
    return guid;
  }

  /// The name that Azure shows.
  public String title() {
    return title;
  }

  /// Whether a role definition id, whatever its prefix, is this role.
  public boolean is(String roleDefinitionId) {
    return roleDefinitionId.toLowerCase(Locale.ROOT).endsWith("/" + guid);
  }
}
