// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Mistakes.Asked;
import dev.latchkey.cli.config.RolloutReader.Known;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.resource.ObservedCluster;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `latchkey.yaml`: the only validator of what the user writes.
///
/// Text → values with their spots → variables filled in → checks. All mistakes are found in one
/// reading, before anything is asked of Azure. `docs/configuration.md` describes every key.
public final class FleetFile {
  private static final List<String> API_VERSIONS = List.of("latchkey/v1");
  private static final String AGENT = "agent";

  private final Path folder;
  private final Complaints complaints;

  private FleetFile(Path folder, Complaints complaints) {
    this.folder = folder;
    this.complaints = complaints;
  }

  /// Reads a file, and the values files and the chart's folder that it names.
  ///
  /// @param environment where `${NAME}` is looked up
  public static Reading read(Path file, Map<String, String> environment) {
    return read(file, file.toString(), environment);
  }

  /// Reads a file.
  ///
  /// @param name what mistakes call it
  static Reading read(Path file, String name, Map<String, String> environment) {
    var complaints = new Complaints();
    return content(file, name, complaints)
        .flatMap(content -> value(name, content, complaints))
        .map(value -> new Substitution(new Variables(environment), complaints).fill(value))
        .flatMap(
            value -> {
              var folder = Optional.ofNullable(file.toAbsolutePath().getParent());
              return new FleetFile(folder.orElse(file), complaints).fleet(value, Optional.empty());
            })
        .filter(_ -> complaints.isEmpty())
        .orElseGet(() -> new Reading.Refused(complaints.mistakes(Asked.NOTHING)));
  }

  /// Reads the same text once more, when Azure's clusters are known.
  private Reading completed(Value value, List<ObservedCluster> found) {
    var again = new Complaints();
    return new FleetFile(folder, again)
        .fleet(value, Optional.of(found))
        .filter(_ -> again.isEmpty())
        .orElseGet(() -> new Reading.Refused(again.mistakes(Asked.CLUSTERS)));
  }

  private static Optional<String> content(Path file, String name, Complaints complaints) {
    var whole = Spot.written(Place.whole(name), "");
    if (!Files.exists(file)) {
      complaints.add(new ConfigProblem.FileMissing(whole));
      return Optional.empty();
    }
    if (Files.isDirectory(file)) {
      complaints.add(new ConfigProblem.FileUnreadable(whole, "it is a folder"));
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException _) {
      complaints.add(new ConfigProblem.FileUnreadable(whole, "it is not written in UTF-8"));
    } catch (IOException _) {
      complaints.add(new ConfigProblem.FileUnreadable(whole, "reading it fails"));
    }
    return Optional.empty();
  }

  private static Optional<Value> value(String name, String content, Complaints complaints) {
    var value = YamlReader.file(name, content, complaints);
    boolean nothing =
        value.isEmpty()
            || (value.get() instanceof Value.Scalar scalar
                && scalar.kind() == Value.Scalar.Kind.NOTHING);
    if (nothing && complaints.isEmpty()) {
      complaints.add(new ConfigProblem.FileEmpty(Spot.written(Place.whole(name), "")));
    }
    return value.filter(_ -> !nothing);
  }

  /// @param found Azure's clusters; empty while they are not known
  private Optional<Reading> fleet(Value value, Optional<List<ObservedCluster>> found) {
    if (!(value instanceof Value.Mapping)) {
      Section.mapping(value, complaints);
      return Optional.empty();
    }
    var top = Section.of(value, Keys.TOP, complaints);
    top.required("apiVersion").ifPresent(_ -> top.word("apiVersion", API_VERSIONS));
    refuseWhatComesLater(top);
    String application = top.name("application", NameRule.APPLICATION);
    var limits =
        top.section("azure", Keys.AZURE)
            .map(section -> new LimitsReader(complaints).read(section))
            .orElseGet(Limits::azure);
    var chart =
        top.required("chart")
            .map(section -> Section.of(section, Keys.CHART, complaints))
            .map(section -> new ChartReader(section, application, folder, complaints));
    var clusters = ClusterList.read(top, complaints);
    var entries = clusters.with(found.orElse(List.of()), complaints);
    FleetChecks.clusters(entries, complaints);
    var reader = new TargetReader(top, application, chart, clusters.subscriptions(), complaints);
    if (clusters.items().isEmpty()) {
      reader.read(ClusterEntry.none(complaints));
    }
    clusters.selects().forEach(select -> reader.read(select.unknown()));
    var targets = entries.stream().map(reader::read).toList();
    FleetChecks.identities(entries, targets, complaints);
    boolean open = found.isEmpty() && !clusters.selects().isEmpty();
    var rollout =
        top.section("rollout", Keys.ROLLOUT)
            .map(
                section ->
                    new RolloutReader(entries, open ? Known.SOME : Known.ALL, complaints)
                        .read(section))
            .orElseGet(RolloutWish::sideBySide);
    if (open) {
      var selection = new Selection(application, clusters, seen -> completed(value, seen));
      return Optional.of(new Reading.Selecting(selection, limits));
    }
    found.ifPresent(seen -> refuseNothing(clusters, entries, seen.size()));
    return Optional.of(new Reading.Accepted(new Fleet(application, targets, rollout), limits));
  }

  private void refuseNothing(ClusterList clusters, List<ClusterEntry> entries, int seen) {
    if (entries.isEmpty()) {
      clusters
          .selects()
          .forEach(select -> complaints.add(new ConfigProblem.SelectionEmpty(select.spot(), seen)));
    }
  }

  private void refuseWhatComesLater(Section top) {
    top.section("verify", Keys.VERIFY)
        .flatMap(verify -> verify.word("from", List.of(AGENT, "cluster", "none")))
        .filter(from -> !from.equals(AGENT))
        .flatMap(_ -> top.section("verify", Keys.VERIFY).flatMap(verify -> verify.text("from")))
        .ifPresent(from -> later(from.spot(), ConfigProblem.Later.VERIFY_FROM));
  }

  private void later(Spot spot, ConfigProblem.Later feature) {
    complaints.add(new ConfigProblem.ComesLater(spot, feature));
  }
}
