// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Field;
import dev.latchkey.cli.config.Value.Mapping;
import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.fleet.VaultAccess.Secret;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretCondition;
import dev.latchkey.core.resource.SecretName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the section `keyVault`.
final class VaultReader {
  private static final List<String> ACCESS = List.of("roles", "policy", "condition");

  private final Complaints complaints;

  VaultReader(Complaints complaints) {
    this.complaints = complaints;
  }

  /// The vault of one cluster.
  ///
  /// @param subscriptions those of all clusters
  /// @param ofCluster the cluster's own one
  VaultAccess read(Section vault, List<String> subscriptions, String ofCluster) {
    String name = vault.name("name", NameRule.VAULT);
    String group = vault.name("resourceGroup", NameRule.RESOURCE_GROUP);
    var subscription = vault.optionalName("subscription", NameRule.SUBSCRIPTION);
    if (subscription.isEmpty() && subscriptions.size() > 1) {
      int count = subscriptions.size();
      complaints.add(new ConfigProblem.VaultSubscriptionMissing(vault.spot(), count));
    }
    var id = ResourceId.vault(subscription.orElse(ofCluster), group, name);
    vault.required("secrets");
    var secrets = new ArrayList<Secret>();
    var names = new HashMap<String, Spot>();
    var aliases = new HashMap<String, Spot>();
    for (Value item : vault.list("secrets").orElse(List.of())) {
      var secret = secret(item);
      checkOnce(secret, item.spot(), names, aliases);
      secrets.add(secret);
    }
    var access = new VaultAccess(id, secrets, means(vault));
    checkLength(access, vault);
    return access;
  }

  private Secret secret(Value item) {
    if (item instanceof Scalar scalar) {
      var text = Section.text(scalar, complaints);
      String name = Names.checked(text, NameRule.SECRET, complaints);
      return new Secret(new SecretName(name), name);
    }
    var section = Section.of(item, Keys.SECRET, complaints);
    String name = item instanceof Mapping ? section.name("name", NameRule.SECRET) : Names.LOST;
    String as = section.optionalName("as", NameRule.SECRET_ALIAS).orElse(name);
    return new Secret(new SecretName(name), as);
  }

  private void checkOnce(
      Secret secret, Spot spot, Map<String, Spot> names, Map<String, Spot> aliases) {
    String name = secret.name().value();
    if (Names.isLost(name)) {
      return;
    }
    // Key Vault compares the names of secrets without case
    var sameName = Optional.ofNullable(names.putIfAbsent(name.toLowerCase(Locale.ROOT), spot));
    var sameAlias = Optional.ofNullable(aliases.putIfAbsent(secret.as(), spot));
    if (sameName.isPresent()) {
      complaints.add(new ConfigProblem.SecretTwice(spot, name, sameName.get()));
    } else if (sameAlias.isPresent() && !Names.isLost(secret.as())) {
      complaints.add(new ConfigProblem.AliasTwice(spot, secret.as(), sameAlias.get()));
    }
  }

  private void checkLength(VaultAccess access, Section vault) {
    int length = SecretCondition.of(access.names()).length();
    if (access.means() == Means.CONDITION && length > SecretCondition.LONGEST) {
      var spot = vault.value("secrets").map(Value::spot).orElse(vault.spot());
      complaints.add(new ConfigProblem.ConditionTooLong(spot, access.names().size(), length));
    }
  }

  private Means means(Section vault) {
    return switch (vault.word("access", ACCESS).orElse("roles")) {
      case "policy" -> Means.POLICY;
      case "condition" -> Means.CONDITION;
      default -> Means.ROLES;
    };
  }

  /// The key vault of a cluster: the file's default, with the cluster's own keys laid over it, and
  /// the cluster's own `secrets` in the place of both.
  static Optional<Value> laid(Section top, Section cluster) {
    return Overlay.of(top.value("keyVault"), cluster.value("keyVault"))
        .map(vault -> withSecrets(vault, cluster));
  }

  private static Value withSecrets(Value vault, Section cluster) {
    return vault instanceof Mapping mapping && cluster.value("secrets").isPresent()
        ? mapping.with("secrets", new Field(cluster.spot(), cluster.value("secrets").get()))
        : vault;
  }
}
