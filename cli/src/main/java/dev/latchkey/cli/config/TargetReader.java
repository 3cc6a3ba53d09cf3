// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Mapping;
import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Target.Namespace;
import dev.latchkey.core.fleet.Target.Presence;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.ServiceAccount;
import dev.latchkey.core.resource.Tags;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Resolves what is wanted on one cluster: the file's defaults, and the cluster's own keys over
/// them.
final class TargetReader {
  private final Section top;
  private final String application;
  private final ServiceAccount serviceAccount;
  private final Namespace namespace;
  private final Optional<ChartReader> chart;
  private final List<String> subscriptions;
  private final Complaints complaints;

  /// @param chart empty when the file has none, which was complained about
  /// @param subscriptions those of all clusters
  TargetReader(
      Section top,
      String application,
      Optional<ChartReader> chart,
      List<String> subscriptions,
      Complaints complaints) {
    this.top = top;
    this.application = application;
    this.serviceAccount = serviceAccount();
    this.namespace =
        top.section("namespace", Keys.NAMESPACE)
                .flatMap(section -> section.truth("create"))
                .orElse(true)
            ? Namespace.CREATE
            : Namespace.EXISTING;
    this.chart = chart;
    this.subscriptions = subscriptions;
    this.complaints = complaints;
  }

  private ServiceAccount serviceAccount() {
    var section = top.section("serviceAccount", Keys.SERVICE_ACCOUNT);
    return new ServiceAccount(
        section
            .flatMap(account -> account.optionalName("namespace", NameRule.NAMESPACE))
            .orElse(application),
        section
            .flatMap(account -> account.optionalName("name", NameRule.SERVICE_ACCOUNT))
            .orElse(application));
  }

  Target read(ClusterEntry entry) {
    var cluster = entry.section();
    var environment =
        cluster
            .optionalName("environment", NameRule.ENVIRONMENT)
            .or(() -> top.optionalName("environment", NameRule.ENVIRONMENT));
    boolean optional = cluster.truth("optional").orElse(false);
    return new Target(
        new ClusterName(entry.shortName()),
        ResourceId.cluster(entry.subscription(), entry.resourceGroup(), entry.name()),
        application,
        optional ? Presence.OPTIONAL : Presence.REQUIRED,
        environment,
        serviceAccount,
        namespace,
        identity(entry, environment),
        vault(entry),
        chart.map(reader -> reader.wish(cluster)).orElseGet(TargetReader::lostChart),
        Overlay.of(top.value("manage"), cluster.value("manage"))
            .map(manage -> Section.of(manage, Keys.MANAGE, complaints))
            .map(ManagementReader::read)
            .orElse(Management.ALL));
  }

  private IdentityWish identity(ClusterEntry entry, Optional<String> environment) {
    var identity = identitySection(entry);
    String group =
        identity
            .optionalName("resourceGroup", NameRule.RESOURCE_GROUP)
            .orElse(entry.resourceGroup());
    if (group.toUpperCase(Locale.ROOT).startsWith("MC_")) {
      var spot =
          identity
              .value("resourceGroup")
              .or(() -> entry.section().value("resourceGroup"))
              .map(Value::spot)
              .orElse(entry.spot());
      complaints.add(new ConfigProblem.NodeResourceGroup(spot, group));
    }
    var placeholders = new HashMap<String, String>();
    placeholders.put("application", application);
    placeholders.put("cluster", entry.shortName());
    placeholders.put("clusterResourceGroup", entry.resourceGroup());
    environment.ifPresent(name -> placeholders.put(IdentityName.ENVIRONMENT, name));
    var template =
        identity.text("name").orElseGet(() -> Scalar.text(entry.spot(), IdentityName.DEFAULT));
    return new IdentityWish(
        identity.optionalName("subscription", NameRule.SUBSCRIPTION).orElse(entry.subscription()),
        group,
        IdentityName.rendered(template, placeholders, complaints),
        identity.optionalName("location", NameRule.LOCATION),
        tags(identity));
  }

  private Section identitySection(ClusterEntry entry) {
    return Overlay.of(top.value("identity"), entry.section().value("identity"))
        .map(identity -> Section.of(identity, Keys.IDENTITY, complaints))
        .orElseGet(() -> new Section(new Mapping(entry.spot(), Map.of()), complaints));
  }

  private Tags tags(Section identity) {
    var tags = new LinkedHashMap<String, String>();
    identity
        .value("tags")
        .map(value -> Section.mapping(value, complaints).fields())
        .orElse(Map.of())
        .forEach((name, field) -> tags.put(tag(name, field), text(field.value())));
    return new Tags(tags);
  }

  private String tag(String name, Value.Field field) {
    var spot = field.value().spot();
    if (name.toLowerCase(Locale.ROOT).startsWith("latchkey-")) {
      complaints.add(new ConfigProblem.TagReserved(spot, name));
    }
    return Names.checked(Scalar.text(spot, name), NameRule.TAG, complaints);
  }

  private String text(Value value) {
    return Section.text(value, complaints).text();
  }

  private VaultAccess vault(ClusterEntry entry) {
    return VaultReader.laid(top, entry.section())
        .or(() -> top.required("keyVault"))
        .map(value -> Section.of(value, Keys.KEY_VAULT, complaints))
        .map(
            section ->
                new VaultReader(complaints).read(section, subscriptions, entry.subscription()))
        .orElseGet(TargetReader::lostVault);
  }

  private static VaultAccess lostVault() {
    return new VaultAccess(
        ResourceId.vault(Names.LOST, Names.LOST, Names.LOST), List.of(), Means.ROLES);
  }

  private static ChartWish lostChart() {
    return new ChartWish(Names.LOST, Optional.empty(), Names.LOST, ChartValues.none(), Map.of());
  }
}
