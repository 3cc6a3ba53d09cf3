// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Mapping;
import dev.latchkey.cli.config.Value.Scalar;
import dev.latchkey.core.resource.Tags;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads an entry of `clusters` with `select`.
final class SelectReader {
  private static final Pattern SHARE = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,2})?) ?%");

  private final Section top;
  private final List<ClusterEntry> listed;
  private final Complaints complaints;

  /// @param listed the entries that name a cluster
  SelectReader(Section top, List<ClusterEntry> listed, Complaints complaints) {
    this.top = top;
    this.listed = listed;
    this.complaints = complaints;
  }

  static boolean isOne(Value item) {
    return item instanceof Mapping mapping && mapping.value("select").isPresent();
  }

  ClusterSelect read(Value item) {
    var entry = Section.of(item, Keys.SELECTION, complaints);
    var select =
        entry
            .section("select", Keys.SELECT)
            .orElseThrow(() -> new IllegalStateException("only asked of entries with a select"));
    if (select.mapping().fields().isEmpty()) {
      complaints.add(new ConfigProblem.SelectOpen(select.spot()));
    }
    return new ClusterSelect(
        entry,
        subscriptions(select),
        tags(select),
        globs(select, "resourceGroups", NameRule.RESOURCE_GROUP),
        globs(select, "names", NameRule.CLUSTER),
        entry.value("maxChange").flatMap(this::share));
  }

  /// Its own; else the file's; else the one of the clusters that are listed.
  private List<String> subscriptions(Section select) {
    var own = select.list("subscriptions");
    if (own.isPresent()) {
      return own.get().stream().map(this::subscription).distinct().toList();
    }
    var ofFile = top.value("subscription");
    if (ofFile.isPresent()) {
      return List.of(subscription(ofFile.get()));
    }
    List<String> others =
        listed.stream()
            .map(ClusterEntry::subscription)
            .filter(name -> !Names.isLost(name))
            .map(Names::folded)
            .distinct()
            .toList();
    if (others.size() != 1) {
      complaints.add(new ConfigProblem.SelectSubscriptionUnclear(select.spot(), others.size()));
    }
    return others;
  }

  private String subscription(Value value) {
    var text = Section.text(value, complaints);
    return Names.folded(Names.checked(text, NameRule.SUBSCRIPTION, complaints));
  }

  private Tags tags(Section select) {
    var tags = new LinkedHashMap<String, String>();
    select
        .value("tags")
        .map(value -> Section.mapping(value, complaints).fields())
        .orElse(Map.of())
        .forEach(
            (name, field) -> {
              var spot = field.value().spot();
              String tag = Names.checked(Scalar.text(spot, name), NameRule.TAG, complaints);
              tags.put(tag, Section.text(field.value(), complaints).text());
            });
    return new Tags(tags);
  }

  private List<Glob> globs(Section select, String key, NameRule rule) {
    return select.list(key).orElse(List.of()).stream()
        .map(item -> Section.text(item, complaints))
        .filter(text -> isGlob(text, rule))
        .map(text -> new Glob(text.text()))
        .toList();
  }

  private boolean isGlob(Scalar text, NameRule rule) {
    if (!text.isLost() && !Glob.isOne(text.text(), rule)) {
      complaints.add(new ConfigProblem.PatternRefused(text.spot(), text.text(), rule));
      return false;
    }
    return !text.isLost();
  }

  private Optional<BigDecimal> share(Value value) {
    if (value instanceof Scalar scalar && !scalar.isLost()) {
      var share = SHARE.matcher(scalar.text());
      if (share.matches()) {
        return Optional.of(new BigDecimal(share.group(1)));
      }
    }
    complaints.add(new ConfigProblem.ShareRefused(value.spot()));
    return Optional.empty();
  }
}
