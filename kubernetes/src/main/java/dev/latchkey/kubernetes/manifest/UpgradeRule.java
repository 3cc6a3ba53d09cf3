// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import dev.latchkey.core.resource.LiveDrift.Upgrade;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.Set;

/// Whether an upgrade sets back what others changed in an object.
///
/// Helm 3 compares three things of the kinds that it knows: what was rendered before, what is
/// rendered now, and what lives. Of all others, custom resources above all, it compares the first
/// two alone.
public final class UpgradeRule {
  /// Beside the groups without a dot in their names.
  private static final Set<String> KNOWN_TO_HELM =
      Set.of(
          "admissionregistration.k8s.io",
          "apiextensions.k8s.io",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "events.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "networking.k8s.io",
          "node.k8s.io",
          "rbac.authorization.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io");

  private UpgradeRule() {}

  /// What happens to the fields of an object.
  public static Upgrade of(Item object) {
    String group = object.group();
    return !group.contains(".") || KNOWN_TO_HELM.contains(group)
        ? Upgrade.SETS_BACK
        : Upgrade.LEAVES;
  }
}
