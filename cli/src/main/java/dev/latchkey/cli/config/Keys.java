// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.List;

/// Every key of the file, section by section. The schema for editors has the same ones; a test
/// compares them.
final class Keys {
  static final List<String> TOP =
      List.of(
          "apiVersion",
          "application",
          "subscription",
          "environment",
          "serviceAccount",
          "namespace",
          "identity",
          "keyVault",
          "chart",
          "manage",
          "rollout",
          "verify",
          "azure",
          "clusters");
  static final List<String> SERVICE_ACCOUNT = List.of("namespace", "name");
  static final List<String> NAMESPACE = List.of("create");
  static final List<String> IDENTITY =
      List.of("name", "resourceGroup", "subscription", "location", "tags");
  static final List<String> KEY_VAULT =
      List.of("name", "resourceGroup", "subscription", "secrets", "access");
  static final List<String> SECRET = List.of("name", "as");
  static final List<String> CHART =
      List.of("path", "version", "release", "values", "set", "identityValues");
  static final List<String> IDENTITY_VALUES =
      List.of("clientId", "tenantId", "authorityHost", "vaultUri", "secrets", "serviceAccount");
  static final List<String> MANAGE = List.of("cluster", "identity", "credential", "access");
  static final List<String> CLUSTER =
      List.of(
          "name",
          "resourceGroup",
          "subscription",
          "as",
          "environment",
          "optional",
          "identity",
          "keyVault",
          "secrets",
          "values",
          "set",
          "manage");
  static final List<String> SELECTION =
      List.of(
          "select",
          "maxChange",
          "environment",
          "optional",
          "identity",
          "keyVault",
          "secrets",
          "values",
          "set",
          "manage");
  static final List<String> SELECT = List.of("subscriptions", "tags", "resourceGroups", "names");

  /// Those of a selection that say nothing of a cluster.
  static final List<String> NO_SETTINGS = List.of("select", "maxChange");

  static final List<String> ROLLOUT = List.of("waves", "onFailure");
  static final List<String> WAVE =
      List.of("name", "clusters", "soak", "maxParallel", "maxFailures");
  static final List<String> VERIFY = List.of("from");
  static final List<String> AZURE = List.of("budget", "limits", "lags");
  static final List<String> RATE = List.of("size", "perSecond");
  static final List<String> LAG = List.of("usual", "bound");

  private Keys() {}
}
