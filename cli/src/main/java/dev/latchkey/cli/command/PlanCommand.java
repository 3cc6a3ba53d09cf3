// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.record.SavedPlan;
import dev.latchkey.cli.render.PipelineCommands;
import dev.latchkey.cli.render.PlanDocument;
import dev.latchkey.cli.render.PlanMarkdown;
import dev.latchkey.cli.render.PlanView;
import dev.latchkey.cli.render.PlanView.Detail;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.rollout.Forecast;
import dev.latchkey.core.run.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// `latchkey plan`: shows what `deploy` would do, and changes nothing.
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows what deploy would do; changes nothing.",
    modelTransformer = PlanCommand.WithoutReport.class)
final class PlanCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int CHANGES = 3;

  private final Surroundings around;

  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--all",
      description = "every cluster for itself, also where the changes are the same")
  private boolean all;

  @Option(
      names = "--detailed-exitcode",
      description = "end with 3 when there is something to do, with 0 when there is nothing")
  private boolean detailedExitCode;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description =
          "writes the plan as Markdown too; Azure Pipelines shows it in the run's summary")
  private @Nullable Path markdown;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "saves the plan with all that it depends on, for: latchkey deploy --plan FILE")
  private @Nullable Path out;

  private PlanCommand(Surroundings around) {
    this.around = around;
  }

  /// The command, its options without those that a plan has no use for; picocli transforms only
  /// what stands by itself.
  static CommandLine line(Surroundings around) {
    return new CommandLine(new PlanCommand(around));
  }

  @Override
  public Integer call() throws InterruptedException {
    checkFiles();
    return Session.plan(around, options, this::show);
  }

  /// What could not be written in the end is said before Azure is asked.
  private void checkFiles() {
    Optional.ofNullable(out).ifPresent(file -> check("--out", file));
    Optional.ofNullable(markdown).ifPresent(file -> check("--markdown", file));
    if (out != null && markdown != null && whole(out).equals(whole(markdown))) {
      throw options.wrong("--out and --markdown: `%s` cannot hold both".formatted(out));
    }
  }

  private void check(String option, Path file) {
    Path whole = whole(file);
    if (whole.equals(whole(options.file()))) {
      throw options.wrong("%s: `%s` is the fleet file, it stays as it is".formatted(option, file));
    }
    if (Files.isDirectory(whole)) {
      throw options.wrong("%s: `%s` is a folder".formatted(option, file));
    }
    Optional.ofNullable(whole.getParent())
        .filter(parent -> !Files.isDirectory(parent))
        .ifPresent(
            parent -> {
              throw options.wrong("%s: there is no folder `%s`".formatted(option, parent));
            });
  }

  private Path whole(Path file) {
    return around.folder().resolve(file).toAbsolutePath().normalize();
  }

  private int show(Planning planning) {
    Plan plan = planning.plan();
    Forecast forecast = planning.forecast();
    switch (options.output()) {
      case JSON -> around.out().print(PlanDocument.of(plan, forecast));
      case TEXT ->
          PlanView.of(plan, forecast, around.screen(), all ? Detail.ALL : Detail.GROUPED)
              .forEach(line -> around.out().print(around.neutral().text(line) + "\n"));
    }
    around.out().flush();
    boolean written =
        Optional.ofNullable(markdown).map(file -> write(file, plan, forecast)).orElse(true);
    boolean saved = Optional.ofNullable(out).map(file -> save(file, planning)).orElse(true);
    if (!written || !saved || plan.clusters().stream().anyMatch(ClusterPlan::isBlocked)) {
      return FAILED;
    }
    return detailedExitCode && !plan.changes().isEmpty() ? CHANGES : 0;
  }

  /// Whether the page could be written.
  private boolean write(Path file, Plan plan, Forecast forecast) {
    Path page = whole(file);
    try {
      Files.writeString(page, PlanMarkdown.of(plan, forecast));
    } catch (IOException e) {
      around.err().println("the plan cannot be written as Markdown: " + e);
      return false;
    }
    if (around.inPipeline()) {
      around.err().println(PipelineCommands.uploadSummary(page));
    }
    return true;
  }

  /// Whether the plan could be saved.
  private boolean save(Path file, Planning planning) {
    try {
      SavedPlan.write(whole(file), planning, around.version(), around.time().now());
    } catch (IOException e) {
      around.err().println("the plan cannot be saved: " + e);
      return false;
    }
    boolean possible = !planning.plan().clusters().stream().allMatch(ClusterPlan::isBlocked);
    String next =
        possible
            ? "To do exactly this: latchkey deploy --plan " + Typed.word(file) + options.clusters()
            : "It can be done on no cluster: mend what is in the way, then plan again.";
    around.err().println("Saved. " + next);
    return true;
  }

  /// A report draws what was proven, and a plan proves nothing.
  static final class WithoutReport implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      command.remove(Objects.requireNonNull(command.findOption("--report")));
      return command;
    }
  }
}
