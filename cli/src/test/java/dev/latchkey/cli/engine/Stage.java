// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.AzurePorts;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.cli.command.FleetSearch;
import dev.latchkey.cli.command.SelectionRule;
import dev.latchkey.cli.command.WallTime;
import dev.latchkey.cli.command.Wiring;
import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.run.Approval;
import dev.latchkey.core.run.Discovery;
import dev.latchkey.core.run.Planning;
import dev.latchkey.core.run.Runner;
import dev.latchkey.core.step.Steps;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import dev.latchkey.kubernetes.KubernetesPorts;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A sandbox, and an engine that is wired to it as the commands wire it.
final class Stage implements AutoCloseable {
  static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
  static final String PIPELINE = "c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31";
  static final String VAULT =
      "/subscriptions/%s/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared"
          .formatted(SUBSCRIPTION);
  private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";

  final Sandbox sandbox;
  final List<Event> events = Collections.synchronizedList(new ArrayList<>());
  private final Path folder;
  private final Map<String, String> environment;

  private Stage(Sandbox sandbox, Path folder) {
    this.sandbox = sandbox;
    this.folder = folder;
    try {
      this.environment = sandbox.writeTo(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A world without durations, its pods simulated.
  static Stage of(int clusters, Path folder) {
    return with(Options.defaults().withClusters(clusters), folder);
  }

  static Stage with(Options options, Path folder) {
    Path chart = Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");
    return new Stage(
        Sandbox.start(options.withChart(chart).withRequestLog(folder.resolve("requests.jsonl"))),
        folder);
  }

  /// Deploys what the sandbox's file says.
  Summary deploy() {
    return deploy(UnaryOperator.identity());
  }

  /// Deploys what the sandbox's file says once it was edited.
  Summary deploy(UnaryOperator<String> edit) {
    return run(edit, Runner::deploy);
  }

  /// Deploys what the edited file says, though it selects suddenly other clusters.
  Summary deployAccepted(UnaryOperator<String> edit) {
    return run(edit, SelectionRule.ANY, Runner::deploy);
  }

  /// Deploys what the sandbox's file says once it was edited, if that is approved.
  Summary deploy(UnaryOperator<String> edit, Approval approval) {
    return run(edit, (runner, fleet) -> runner.deploy(fleet, approval));
  }

  /// What would be deployed.
  Planning plan() {
    return plan(UnaryOperator.identity());
  }

  /// What would be deployed once the sandbox's file was edited.
  Planning plan(UnaryOperator<String> edit) {
    var plans = new ArrayList<Planning>();
    run(
        edit,
        (runner, fleet) -> {
          plans.add(runner.plan(fleet));
          return new Summary(List.of(), Duration.ZERO);
        });
    return plans.getFirst();
  }

  /// Verifies what the sandbox's file says.
  Summary verify() {
    return run(UnaryOperator.identity(), Runner::verify);
  }

  private interface Command {
    Summary run(Runner runner, Fleet fleet) throws InterruptedException;
  }

  private Summary run(UnaryOperator<String> edit, Command command) {
    return run(edit, SelectionRule.GRADUAL, command);
  }

  private Summary run(UnaryOperator<String> edit, SelectionRule rule, Command command) {
    Reading reading = reading(edit);
    return with(
        limits(reading),
        (ports, steps) -> {
          var runner = new Runner(ports, limits(reading), steps, List.of(events::add));
          var search = new FleetSearch(new Discovery(ports), ports.time(), runner::tell);
          return command.run(runner, fleet(reading, search, rule));
        });
  }

  private static Limits limits(Reading reading) {
    return switch (reading) {
      case Reading.Refused refused -> throw new AssertionError(refused.mistakes().render());
      case Reading.Accepted wanted -> wanted.limits();
      case Reading.Selecting selecting -> selecting.limits();
    };
  }

  private Reading reading(UnaryOperator<String> edit) {
    try {
      Path file = Files.createTempFile(folder, "edited", ".yaml");
      Files.writeString(file, edit.apply(Files.readString(folder.resolve("latchkey.yaml"))));
      return FleetFile.read(file, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is done with the ports to the sandbox.
  interface Use<T> {
    T with(Ports ports) throws InterruptedException;
  }

  /// Asks through the ports to the sandbox, without an engine.
  <T> T ask(Use<T> use) {
    return with(limits(reading(UnaryOperator.identity())), (ports, _) -> use.with(ports));
  }

  private interface Wired<T> {
    T with(Ports ports, Steps steps) throws InterruptedException;
  }

  private <T> T with(Limits limits, Wired<T> use) {
    var time = new WallTime();
    var agent = new Agent("0", "test");
    try (AzurePorts azure = AzurePorts.open(environment, Optional.empty(), time, limits, agent);
        var kubernetes =
            new KubernetesPorts(
                azure.clusterTokens()::forClusters, environment, agent.toString(), time)) {
      Ports ports = Wiring.of(time, azure, kubernetes);
      var steps = new Steps(azure.cloud().authority().toString(), "latchkey-probe-0a1b2c");
      return use.with(ports, steps);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Fleet fleet(Reading reading, FleetSearch search, SelectionRule rule)
      throws InterruptedException {
    return switch (reading) {
      case Reading.Refused refused -> throw new AssertionError(refused.mistakes().render());
      case Reading.Accepted wanted -> wanted.fleet();
      case Reading.Selecting open -> fleet(search.find(open.selection(), rule), search, rule);
    };
  }

  /// Asks ARM as the operator; the answer must be a success.
  JsonNode arm(String method, String id, String apiVersion, String body) {
    Answer answer = sandbox.askArm(method, id, apiVersion, body);
    assertThat(answer.status()).as("%s %s: %s", method, id, answer).isLessThan(300);
    return tree(answer);
  }

  /// Asks a cluster as its administrator; the answer must be a success.
  JsonNode cluster(String name, String method, String path, String body) {
    Answer answer = sandbox.askCluster(clusterId(name), method, path, body);
    assertThat(answer.status()).as("%s %s: %s", method, path, answer).isLessThan(300);
    return tree(answer);
  }

  private static JsonNode tree(Answer answer) {
    return answer.body() instanceof Answer.Body.Json(JsonNode tree)
        ? tree.deepCopy() // the answer shows the stored tree itself
        : JsonMapper.shared().createObjectNode();
  }

  /// Takes roles from the pipeline.
  ///
  /// @param scope as it ends, such as `rg-weu`
  void take(String role, String scope) {
    JsonNode all = arm("GET", "/subscriptions/" + SUBSCRIPTION + ASSIGNMENTS, "2022-04-01", "");
    List<String> ids =
        all.path("value")
            .valueStream()
            .filter(each -> each.at("/properties/principalId").asString().equals(PIPELINE))
            .filter(each -> each.at("/properties/roleDefinitionId").asString().endsWith(role))
            .filter(each -> each.at("/properties/scope").asString().endsWith(scope))
            .map(each -> each.path("id").asString())
            .toList();
    assertThat(ids).as("the pipeline's role %s at %s", role, scope).isNotEmpty();
    ids.forEach(id -> arm("DELETE", id, "2022-04-01", ""));
  }

  /// Gives a role to a principal.
  void give(String role, String principal, String scope, int number) {
    arm(
        "PUT",
        "%s%s/00000000-0000-4000-8000-%012d".formatted(scope, ASSIGNMENTS, number),
        "2022-04-01",
        """
        {"properties":{"roleDefinitionId":"/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s",
        "principalId":"%s","principalType":"ServicePrincipal"}}"""
            .formatted(SUBSCRIPTION, role, principal));
  }

  static String group(String name) {
    return "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/" + name;
  }

  static String clusterId(String name) {
    return "%s/providers/Microsoft.ContainerService/managedClusters/%s"
        .formatted(group("rg-" + name.split("-", -1)[1]), name);
  }

  static String identityId(String cluster) {
    return "%s/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-%s"
        .formatted(group("rg-" + cluster.split("-", -1)[1]), cluster);
  }

  static ClusterResult result(Summary summary, String cluster) {
    return summary.clusters().stream()
        .filter(each -> each.target().name().value().equals(cluster))
        .findFirst()
        .orElseThrow();
  }

  static Duration took(ClusterResult result, Step step) {
    return Objects.requireNonNull(result.steps().get(step)).took();
  }

  /// How many requests of a kind were answered so.
  ///
  /// @param path as it ends
  long requests(String method, String path, int status) {
    try (var lines = Files.lines(folder.resolve("requests.jsonl"))) {
      return lines
          .map(line -> JsonMapper.shared().readTree(line))
          .filter(line -> line.path("method").asString().equals(method))
          .filter(line -> line.path("path").asString().endsWith(path))
          .filter(line -> line.path("status").asInt() == status)
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How many requests meant to change something, at ARM or in a cluster.
  long writes() {
    try (var lines = Files.lines(folder.resolve("requests.jsonl"))) {
      return lines
          .map(line -> JsonMapper.shared().readTree(line).path("method").asString())
          .filter(
              method -> method.equals("PUT") || method.equals("PATCH") || method.equals("DELETE"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How each step ended, in one line each: `2 identity changed`, with the problem's code.
  static List<String> steps(ClusterResult result) {
    return result.steps().entrySet().stream()
        .map(
            entry ->
                "%s %s%s"
                    .formatted(
                        entry.getKey().title(),
                        entry.getValue().outcome().word(),
                        Optional.ofNullable(result.problems().get(entry.getKey()))
                            .map(problem -> " " + problem.code())
                            .orElse("")))
        .toList();
  }

  /// A problem as people read it, with what differs from run to run cut out.
  static String told(ClusterResult result, Step step) {
    assertThat(result.problems()).as("steps: %s", steps(result)).containsKey(step);
    return told(Objects.requireNonNull(result.problems().get(step)));
  }

  static String told(Problem problem) {
    var text = problem.text();
    String seen =
        text.seen().stream().map(line -> "seen: " + line + "\n").collect(Collectors.joining());
    return "%s: %s\n%swhy: %s\nnext: %s"
        .formatted(problem.code(), text.what(), seen, text.why(), text.next())
        .replaceAll("correlation id [-0-9a-f]{36}", "correlation id …")
        .replaceAll("localhost:[0-9]+", "localhost");
  }

  /// What was shown of a hop.
  static List<String> verdicts(ClusterResult result, Hop hop) {
    return result.proofs().stream()
        .filter(proof -> proof.hop() == hop)
        .map(proof -> proof.about() + " " + proof.verdict().word())
        .toList();
  }

  static List<Proof> proofs(ClusterResult result, Hop hop) {
    return result.proofs().stream().filter(proof -> proof.hop() == hop).toList();
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
