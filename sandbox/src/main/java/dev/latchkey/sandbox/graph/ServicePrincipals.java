// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.graph;

import dev.latchkey.sandbox.access.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Service principals as Microsoft Graph shows them.
///
/// @see <a href="https://learn.microsoft.com/graph/api/resources/serviceprincipal">the type</a>
final class ServicePrincipals {
  private ServicePrincipals() {}

  /// The names by which one can be asked for.
  static List<String> names(Principal principal) {
    return principal.managedIdentity().isPresent()
        ? List.of(principal.clientId(), "https://identity.azure.net/" + principal.objectId())
        : List.of(principal.clientId());
  }

  static ObjectNode tree(Principal principal) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", principal.objectId());
    tree.putNull("deletedDateTime");
    tree.put("accountEnabled", true);
    var alternative = tree.putArray("alternativeNames");
    principal.managedIdentity().ifPresent(id -> alternative.add("isExplicit=True").add(id));
    tree.put("appDisplayName", applicationName(principal));
    tree.put("appId", principal.clientId());
    tree.put("appOwnerOrganizationId", applicationOwner(principal));
    tree.put("appRoleAssignmentRequired", false);
    tree.put("displayName", principal.displayName());
    var names = tree.putArray("servicePrincipalNames");
    names(principal).forEach(names::add);
    tree.put(
        "servicePrincipalType",
        principal.managedIdentity().isPresent() ? "ManagedIdentity" : "Application");
    tree.putArray("tags");
    return tree;
  }

  /// Nothing for a managed identity, which has no application that anybody sees.
  private static @Nullable String applicationName(Principal principal) {
    return principal.managedIdentity().isPresent() ? null : principal.displayName();
  }

  private static @Nullable String applicationOwner(Principal principal) {
    return principal.managedIdentity().isPresent() ? null : principal.tenantId();
  }
}
