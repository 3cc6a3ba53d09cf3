// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values that latchkey hands to a chart: whose identity it is, and where its secrets are.
final class HandedOver {
  /// Where our own workload chart wants each of them.
  private static final Map<String, List<String>> WORKLOAD_CHART =
      Map.of(
          "clientId", List.of("identity.clientId"),
          "tenantId", List.of("identity.tenantId"),
          "authorityHost", List.of("identity.authorityHost"),
          "vaultUri", List.of("keyVault.uri"),
          "secrets", List.of("secrets"),
          "serviceAccount", List.of("serviceAccount.name"));

  private HandedOver() {}

  /// The chart's own values with ours on top.
  static ChartValues values(
      Target target, String clientId, String tenantId, String authorityHost, String vaultUri) {
    List<Map<String, String>> secrets =
        target.vault().secrets().stream()
            // another order in the file is no reason for another revision
            .sorted(Comparator.comparing(secret -> secret.name().value()))
            .map(secret -> Map.of("name", secret.name().value(), "as", secret.as()))
            .toList();
    var ours = new LinkedHashMap<String, Object>();
    ours.put("clientId", clientId);
    ours.put("tenantId", tenantId);
    ours.put("authorityHost", authorityHost);
    ours.put("vaultUri", vaultUri);
    ours.put("secrets", secrets);
    ours.put("serviceAccount", target.serviceAccount().name());
    ChartValues values = target.chart().values();
    for (var value : ours.entrySet()) {
      for (String path : paths(target.chart(), value.getKey())) {
        values = values.with(new ChartValues(at(path, value.getValue())));
      }
    }
    return values;
  }

  /// The same for an identity and a vault that are there.
  static ChartValues values(
      Target target, ManagedIdentity identity, Vault vault, String authorityHost) {
    return values(
        target, identity.client().value(), identity.tenant().value(), authorityHost, vault.uri());
  }

  /// Whether these values of a release were handed over for this identity.
  static boolean holds(ChartValues values, ManagedIdentity identity) {
    return values.tree().toString().contains(identity.client().value());
  }

  /// Whether these values of a release were handed over with this secret of this vault.
  static boolean lists(Target target, ChartValues values, SecretName secret, Vault vault) {
    boolean sameVault =
        paths(target.chart(), "vaultUri").stream()
            .anyMatch(path -> vault.uri().equals(read(values.tree(), path)));
    return sameVault
        && paths(target.chart(), "secrets").stream()
            .anyMatch(
                path ->
                    read(values.tree(), path) instanceof List<?> secrets
                        && secrets.stream().anyMatch(each -> isNamed(each, secret)));
  }

  private static boolean isNamed(Object entry, SecretName secret) {
    return entry instanceof Map<?, ?> members && secret.value().equals(members.get("name"));
  }

  private static @Nullable Object read(Map<?, ?> tree, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return tree.get(path);
    }
    return tree.get(path.substring(0, dot)) instanceof Map<?, ?> below
        ? read(below, path.substring(dot + 1))
        : null;
  }

  private static List<String> paths(ChartWish chart, String name) {
    Map<String, List<String>> mapping =
        chart.identityValues().isEmpty() ? WORKLOAD_CHART : chart.identityValues();
    return mapping.getOrDefault(name, List.of());
  }

  private static Map<String, Object> at(String path, Object value) {
    int dot = path.indexOf('.');
    return dot < 0
        ? Map.of(path, value)
        : Map.of(path.substring(0, dot), at(path.substring(dot + 1), value));
  }
}
