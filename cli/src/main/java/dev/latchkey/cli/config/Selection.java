// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What a file selects: the question for Azure that must be answered before its fleet is known.
public final class Selection {
  /// What may change at once where the file does not say it, in percent.
  private static final BigDecimal USUAL = BigDecimal.valueOf(20);

  private final String application;
  private final ClusterList clusters;
  private final Function<List<ObservedCluster>, Reading> reading;

  /// @param reading reads the file once more, with what was found
  Selection(
      String application, ClusterList clusters, Function<List<ObservedCluster>, Reading> reading) {
    this.application = application;
    this.clusters = clusters;
    this.reading = reading;
  }

  /// Whose clusters they are.
  public String application() {
    return application;
  }

  /// How many selections the file has.
  public int count() {
    return clusters.selects().size();
  }

  /// How many clusters the file lists by name.
  public int listed() {
    return clusters.listed().size();
  }

  /// The subscriptions whose clusters must be known.
  public Set<String> subscriptions() {
    var all = new TreeSet<String>();
    clusters.selects().forEach(select -> all.addAll(select.subscriptions()));
    return all;
  }

  /// The fleet, or what is wrong with the file now that its clusters are known.
  ///
  /// @param found all clusters of the subscriptions
  public Reading complete(List<ObservedCluster> found) {
    return reading.apply(found);
  }

  /// Which of them the selections found, those without them that the file lists by name.
  public List<ResourceId> chosen(List<ObservedCluster> found) {
    List<ResourceId> listed = listedIds();
    return clusters.with(found, new Complaints()).stream()
        .map(ClusterEntry::id)
        .filter(id -> !listed.contains(id))
        .toList();
  }

  private List<ResourceId> listedIds() {
    return clusters.listed().stream().map(ClusterEntry::id).toList();
  }

  /// The places of the selections that find nothing.
  public List<String> idle(List<ObservedCluster> found) {
    return clusters.selects().stream()
        .filter(select -> found.stream().noneMatch(select::takes))
        .map(ClusterSelect::place)
        .toList();
  }

  /// What is different from the clusters that are managed now.
  ///
  /// @param managed the clusters that have an identity of the application
  public SelectionChange change(List<ResourceId> chosen, List<ResourceId> managed) {
    List<ResourceId> listed = listedIds();
    List<ResourceId> before =
        managed.stream()
            .filter(id -> !listed.contains(id))
            .filter(id -> clusters.selects().stream().anyMatch(select -> select.covers(id)))
            .sorted(Comparator.comparing(ResourceId::key))
            .distinct()
            .toList();
    return new SelectionChange(
        before,
        chosen.stream().filter(id -> !before.contains(id)).toList(),
        before.stream().filter(id -> !chosen.contains(id)).toList(),
        share());
  }

  /// The smallest that an entry says.
  private BigDecimal share() {
    return clusters.selects().stream()
        .flatMap(select -> select.maxChange().stream())
        .min(Comparator.naturalOrder())
        .orElse(USUAL);
  }
}
