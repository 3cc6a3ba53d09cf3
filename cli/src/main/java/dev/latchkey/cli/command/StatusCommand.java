// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.config.Reading;
import dev.latchkey.cli.record.LastDeploys;
import dev.latchkey.cli.record.RunFolders;
import dev.latchkey.cli.render.ClusterStatus;
import dev.latchkey.cli.render.FleetStatus;
import dev.latchkey.cli.render.LastDeploy;
import dev.latchkey.cli.render.StatusReport;
import dev.latchkey.cli.render.StatusView;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.run.Discovery;
import dev.latchkey.core.run.Planning;
import dev.latchkey.core.run.PodLook;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `latchkey status`: reads Azure and the last records, and prints how the fleet is.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows how each cluster is and when it was deployed last; changes nothing.")
final class StatusCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private CommonOptions options = new CommonOptions();

  StatusCommand(Surroundings around) {
    this.around = around;
  }

  /// The command without `--report`: a look has no run to report of.
  static CommandLine of(Surroundings around) {
    var command = new CommandLine(new StatusCommand(around));
    command.getCommandSpec().remove(command.getCommandSpec().findOption("--report"));
    return command;
  }

  @Override
  public Integer call() throws InterruptedException {
    return switch (Wanted.read(around, options)) {
      case Reading.Refused refused -> Wanted.complain(around, refused);
      case Reading.Accepted wanted when wanted.fleet().targets().isEmpty() ->
          Wanted.nothing(around, options);
      case Reading.Accepted wanted -> {
        try (Lookout lookout = Lookout.open(around, options, wanted.limits())) {
          yield show(look(lookout, wanted.fleet()));
        }
      }
      case Reading.Selecting selecting -> {
        try (Lookout lookout = Lookout.open(around, options, selecting.limits())) {
          yield select(lookout, selecting);
        }
      }
    };
  }

  private int select(Lookout lookout, Reading.Selecting selecting) throws InterruptedException {
    var discovery = new Discovery(lookout.ports());
    var search = new FleetSearch(discovery, around.time(), lookout.runner()::tell);
    Reading found = search.find(selecting.selection(), SelectionRule.ANY);
    return switch (Wanted.cut(found, around, options)) {
      case Reading.Refused refused -> Wanted.complain(around, refused);
      case Reading.Accepted wanted when wanted.fleet().targets().isEmpty() ->
          Wanted.nothing(around, options);
      case Reading.Accepted wanted -> show(look(lookout, wanted.fleet()));
      case Reading.Selecting _ ->
          throw new IllegalStateException("a selection is complete once its clusters are known");
    };
  }

  private FleetStatus look(Lookout lookout, Fleet fleet) throws InterruptedException {
    Planning seen = lookout.runner().plan(fleet);
    var pods = new PodLook(lookout.ports().workloads()).of(fleet, seen.snapshot());
    return status(fleet, seen, pods);
  }

  private FleetStatus status(Fleet fleet, Planning seen, Map<ClusterName, List<Pod>> pods) {
    Map<String, LastDeploy> last =
        LastDeploys.of(
            new RunFolders(around.folder()),
            fleet.application(),
            fleet.targets().stream().map(target -> target.cluster().text()).toList());
    return new FleetStatus(
        fleet,
        seen.plan().clusters().stream()
            .map(
                cluster ->
                    ClusterStatus.of(
                        cluster,
                        seen.snapshot().of(cluster.target().name()),
                        Optional.ofNullable(pods.get(cluster.target().name())),
                        Optional.ofNullable(
                            last.get(cluster.target().cluster().text().toLowerCase(Locale.ROOT)))))
            .toList());
  }

  private int show(FleetStatus status) {
    switch (options.output()) {
      case JSON -> around.out().print(StatusReport.of(status));
      case TEXT ->
          StatusView.of(status, around.screen(), around.time().now(), options.clusters())
              .forEach(line -> around.out().println(around.neutral().text(line)));
    }
    around.out().flush();
    return status.isFine() ? 0 : 1;
  }
}
