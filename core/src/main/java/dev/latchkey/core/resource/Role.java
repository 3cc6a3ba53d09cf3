// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A built-in role of Azure that lets secrets be read, by its id.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/security">built-in
///   roles</a>
public enum Role {
  /// Reads the values and the metadata of secrets; nothing else.
  KEY_VAULT_SECRETS_USER("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User"),
  /// Reads and writes secrets.
  KEY_VAULT_SECRETS_OFFICER("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "Key Vault Secrets Officer"),
  /// Does everything with what is in a vault.
  KEY_VAULT_ADMINISTRATOR("00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator");

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

  /// The role of a role definition id, if it is one that reads secrets.
  public static Optional<Role> reading(String roleDefinitionId) {
    return Arrays.stream(values()).filter(role -> role.is(roleDefinitionId)).findFirst();
  }

  /// Whether a role definition id, whatever its prefix, is this role.
  public boolean is(String roleDefinitionId) {
    return roleDefinitionId.toLowerCase(Locale.ROOT).endsWith("/" + guid);
  }
}
