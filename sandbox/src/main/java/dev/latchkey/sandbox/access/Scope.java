// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where something counts: the tenant `/`, a management group, a subscription, a resource group or
/// a resource; and all that is below it.
///
/// All subscriptions of the simulated tenant lie below every management group that is named.
///
/// @param path lower-cased, without a slash at the end; empty for the tenant
public record Scope(String path) {
  private static final String MANAGEMENT_GROUPS =
      "/providers/microsoft.management/managementgroups/";
  private static final String SUBSCRIPTIONS = "/subscriptions/";

  /// The scope of a resource id in any casing.
  public static Scope of(String id) {
    String lower = id.toLowerCase(Locale.ROOT);
    return new Scope(lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower);
  }

  /// Whether this is the scope of an id or one above it.
  public boolean holds(String id) {
    return holds(of(id));
  }

  /// Whether this is the other scope or one above it.
  public boolean holds(Scope other) {
    return path.isEmpty()
        || other.path.equals(path)
        || other.path.startsWith(path + "/")
        || (isManagementGroup() && other.path.startsWith(SUBSCRIPTIONS));
  }

  /// Whether this is a management group.
  public boolean isManagementGroup() {
    return path.startsWith(MANAGEMENT_GROUPS) && path.indexOf('/', MANAGEMENT_GROUPS.length()) < 0;
  }

  /// The scope itself and all prefixes of its path, the tenant first; management groups left out.
  public List<Scope> upwards() {
    var found = new ArrayList<Scope>();
    found.add(new Scope(""));
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      found.add(new Scope(path.substring(0, slash)));
    }
    if (!path.isEmpty()) {
      found.add(this);
    }
    return found;
  }
}
