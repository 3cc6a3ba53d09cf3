// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.config.Reading;
import dev.latchkey.cli.config.Selection;
import dev.latchkey.cli.config.SelectionChange;
import dev.latchkey.cli.config.SelectionProblem;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Event.Selected.Turn;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.run.Discovery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Finds the clusters that a file selects, and tells which they are before anything else is done.
public final class FleetSearch {
  private final Discovery discovery;
  private final Time time;
  private final Consumer<Event> listener;

  /// A search that tells what it finds.
  public FleetSearch(Discovery discovery, Time time, Consumer<Event> listener) {
    this.discovery = discovery;
    this.time = time;
    this.listener = listener;
  }

  /// The file with its fleet.
  ///
  /// @throws ProblemException when the rule forbids what was found
  public Reading find(Selection selection, SelectionRule rule) throws InterruptedException {
    List<ObservedCluster> found = discovery.clusters(selection.subscriptions());
    Reading reading = selection.complete(found);
    switch (reading) {
      case Reading.Accepted wanted -> tell(selection, rule, found, wanted.fleet());
      case Reading.Refused _, Reading.Selecting _ -> {}
    }
    return reading;
  }

  private void tell(
      Selection selection, SelectionRule rule, List<ObservedCluster> found, Fleet fleet)
      throws InterruptedException {
    List<ResourceId> chosen = selection.chosen(found);
    Optional<SelectionChange> change =
        discovery
            .managed(selection.application(), homes(selection, fleet))
            .map(managed -> selection.change(chosen, managed));
    listener.accept(
        new Event.Selected(
            time.now(),
            chosen,
            change
                .map(known -> OptionalInt.of(known.before().size()))
                .orElseGet(OptionalInt::empty),
            change.map(SelectionChange::added).orElse(List.of()),
            change.map(SelectionChange::gone).orElse(List.of()),
            selection.idle(found),
            change.filter(SelectionChange::isSudden).isPresent() ? Turn.SUDDEN : Turn.GRADUAL));
    change
        .filter(known -> rule == SelectionRule.GRADUAL && known.isSudden())
        .ifPresent(
            sudden -> {
              throw new ProblemException(new SelectionProblem.Sudden(sudden));
            });
  }

  /// Where identities of the application can be: beside the clusters, or where the file puts them.
  private static Set<String> homes(Selection selection, Fleet fleet) {
    var homes = new TreeSet<>(selection.subscriptions());
    for (Target target : fleet.targets()) {
      homes.add(target.identity().subscription().toLowerCase(Locale.ROOT));
    }
    return homes;
  }
}
