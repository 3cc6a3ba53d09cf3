// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `runCommand`: a command begins at once and its result can be read once it is due.
final class RunCommands {
  /// What AKS keeps of a command's output.
  private static final int MOST_OUTPUT = 512 * 1024;

  private final Runs runs;
  private final Supplier<Commands> commands;
  private final Seed seed;
  private final Addresses addresses;
  private final Durations durations;
  private final Situations situations;

  RunCommands(
      Runs runs,
      Supplier<Commands> commands,
      Seed seed,
      Pace pace,
      Addresses addresses,
      Situations situations) {
    this.runs = runs;
    this.commands = commands;
    this.seed = seed;
    this.addresses = addresses;
    this.durations = new Durations(pace, seed);
    this.situations = situations;
  }

  Answer run(Call call, Stored cluster) {
    return new ClusterChecks(situations)
        .stopped(call, cluster)
        .or(() -> refusal(call.body(), cluster))
        .orElseGet(() -> begun(call, cluster));
  }

  private Optional<Answer> refusal(JsonNode body, Stored cluster) {
    JsonNode properties = cluster.tree().path("properties");
    if (properties.path("apiServerAccessProfile").path("disableRunCommand").asBoolean(false)) {
      return refused("RunCommandDisabled", "Run command is disabled on this managed cluster.");
    }
    if (body.path("command").asString("").isBlank()) {
      return refused("InvalidParameter", "Required parameter command is missing (null).");
    }
    boolean entra = properties.path("aadProfile").path("managed").asBoolean(false);
    return entra && body.path("clusterToken").asString("").isBlank()
        ? refused(
            "InvalidParameter",
            "Required parameter clusterToken is missing (null): the managed cluster is AAD enabled.")
        : Optional.empty();
  }

  private Optional<Answer> refused(String code, String message) {
    return Optional.of(AksError.of(situations.release(), 400, code, message));
  }

  private Answer begun(Call call, Stored cluster) {
    String id = seed.uuid("command", cluster.id()).toString().replace("-", "");
    Optional<String> token =
        call.body().path("clusterToken").asStringOpt().filter(text -> !text.isBlank());
    Commands.Output output =
        commands.get().run(cluster.id(), call.body().path("command").asString(), token);
    Instant done = call.now().plus(durations.of("RunningCommand", cluster.id()));
    runs.began(cluster.id(), new Runs.Run(id, call.now(), done, output));
    return Answer.empty(202).with("location", address(call, id));
  }

  /// AKS writes the type's word its own way here.
  private String address(Call call, String id) {
    return "%s/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ContainerService/managedclusters/%s/commandResults/%s?api-version=%s"
        .formatted(
            addresses.arm(),
            call.target().subscription().orElse(""),
            call.target().group().orElse(""),
            call.target().names().getFirst(),
            id,
            call.apiVersion());
  }

  Answer result(Call call, String clusterId) {
    return runs.find(clusterId, call.target().name())
        .map(run -> result(call, run))
        .orElseGet(
            () ->
                AksError.of(
                    situations.release(),
                    404,
                    "NotFound",
                    "The command '%s' was not found.".formatted(call.target().name())));
  }

  private Answer result(Call call, Runs.Run run) {
    return call.now().isBefore(run.doneAt())
        ? Answer.json(202, tree(run, "Running"))
            .with("content-type", "application/json")
            .with("location", address(call, run.id()))
        : Answer.json(200, ended(run)).with("content-type", "application/json");
  }

  private static ObjectNode tree(Runs.Run run, String state) {
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("id", run.id());
    tree.putObject("properties").put("provisioningState", state);
    return tree;
  }

  private static ObjectNode ended(Runs.Run run) {
    ObjectNode tree = tree(run, "Succeeded");
    ClusterShape.properties(tree)
        .put("exitCode", run.output().exitCode())
        .put("startedAt", seconds(run.startedAt()))
        .put("finishedAt", seconds(run.doneAt()))
        .put("logs", cut(run.output().logs()));
    return tree;
  }

  private static String seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String cut(String logs) {
    byte[] bytes = logs.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MOST_OUTPUT
        ? logs
        : new String(bytes, 0, MOST_OUTPUT, StandardCharsets.UTF_8);
  }
}
