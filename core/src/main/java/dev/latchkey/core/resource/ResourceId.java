// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The full id of an Azure resource. Compared without case, as Azure does; its text is kept as
/// received.
///
/// @param text begins with `/subscriptions/{id}/resourceGroups/{group}/providers/`
public record ResourceId(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/([^/]+/[^/]+)/([^/]+)(/.+)?",
          Pattern.CASE_INSENSITIVE);

  public ResourceId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not the id of a resource in a resource group: " + text);
    }
  }

  /// The id of an AKS cluster.
  public static ResourceId cluster(String subscription, String resourceGroup, String name) {
    return of(subscription, resourceGroup, "Microsoft.ContainerService/managedClusters", name);
  }

  /// The id of a user-assigned managed identity.
  public static ResourceId identity(String subscription, String resourceGroup, String name) {
    return of(
        subscription, resourceGroup, "Microsoft.ManagedIdentity/userAssignedIdentities", name);
  }

  /// The id of a Key Vault.
  public static ResourceId vault(String subscription, String resourceGroup, String name) {
    return of(subscription, resourceGroup, "Microsoft.KeyVault/vaults", name);
  }

  private static ResourceId of(String subscription, String group, String type, String name) {
    return new ResourceId(
        "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
            .formatted(subscription, group, type, name));
  }

  /// A resource below this one, such as `/secrets/db-password` of a vault.
  public ResourceId child(String type, String name) {
    return new ResourceId(text + "/" + type + "/" + name);
  }

  /// The subscription's GUID.
  public String subscription() {
    return part(1);
  }

  /// The resource group's name.
  public String resourceGroup() {
    return part(2);
  }

  /// The last segment.
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /// Whether this is the other id, or one below it.
  public boolean within(ResourceId other) {
    return key().equals(other.key()) || key().startsWith(other.key() + "/");
  }

  /// The text in lower case: what ids are compared by.
  public String key() {
    return text.toLowerCase(Locale.ROOT);
  }

  private String part(int group) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("checked when it was made: " + text);
    }
    return matcher.group(group);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceId id && id.key().equals(key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
