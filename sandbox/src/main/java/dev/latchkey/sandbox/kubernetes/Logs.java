// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What containers have written, as it is or as it grows.
final class Logs {
  private static final long LOOKS_PER_SECOND = 5;

  private final KubernetesCluster cluster;
  private final NodeSide nodes;

  Logs(KubernetesCluster cluster, NodeSide nodes) {
    this.cluster = cluster;
    this.nodes = nodes;
  }

  Answer answer(Ask ask, Route route, String verb, ObjectNode pod) {
    if (!route.kind().equals(Kinds.POD) || !verb.equals("get")) {
      throw Refusal.noSuchPath();
    }
    String container = container(ask, pod);
    if (Query.says(ask, "previous")) {
      throw Refusal.badRequest(
          "previous terminated container \""
              + container
              + "\" in pod \""
              + route.name()
              + "\" not found");
    }
    String log = nodes.log(cluster, pod, container).orElseThrow(() -> waiting(pod, container));
    String text = Query.number(ask, "tailLines").map(lines -> lastLines(log, lines)).orElse(log);
    if (Query.says(ask, "follow")) {
      return answer(new Answer.Body.Stream(out -> follow(out, pod, container, log, text)));
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int limit =
        Query.number(ask, "limitBytes")
            .map(most -> (int) Math.min(most, bytes.length))
            .orElse(bytes.length);
    return answer(
        new Answer.Body.Raw(
            new String(bytes, 0, limit, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)));
  }

  private static Answer answer(Answer.Body body) {
    return new Answer(200, Map.of("content-type", "text/plain"), body);
  }

  private static String container(Ask ask, ObjectNode pod) {
    List<String> names =
        List.of("containers", "initContainers").stream()
            .flatMap(list -> Trees.items(Trees.at(pod, "spec", list)).stream())
            .map(each -> Trees.text(each, "name"))
            .toList();
    List<JsonNode> main = Trees.items(Trees.at(pod, "spec", "containers"));
    String said = ask.parameter("container").orElse("");
    String name = Trees.text(pod, "metadata", "name");
    if (said.isEmpty() && main.size() > 1) {
      throw Refusal.badRequest(
          "a container name must be specified for pod "
              + name
              + ", choose one of: "
              + main.stream()
                  .map(each -> Trees.text(each, "name"))
                  .toList()
                  .toString()
                  .replace(",", ""));
    }
    if (!said.isEmpty() && !names.contains(said)) {
      throw Refusal.badRequest("container " + said + " is not valid for pod " + name);
    }
    return said.isEmpty() ? names.getFirst() : said;
  }

  private static Refusal waiting(ObjectNode pod, String container) {
    String reason =
        Trees.items(Trees.at(pod, "status", "containerStatuses")).stream()
            .filter(each -> Trees.text(each, "name").equals(container))
            .map(each -> Trees.text(each, "state", "waiting", "reason"))
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse("ContainerCreating");
    return Refusal.badRequest(
        "container \""
            + container
            + "\" in pod \""
            + Trees.text(pod, "metadata", "name")
            + "\" is waiting to start: "
            + reason);
  }

  private static String lastLines(String log, long wanted) {
    List<String> lines = log.lines().toList();
    int from = (int) Math.max(0, lines.size() - wanted);
    List<String> last = lines.subList(from, lines.size());
    return String.join("\n", last) + (last.isEmpty() ? "" : "\n");
  }

  /// Writes what is new until the pod has ended or is gone.
  ///
  /// @param seen the log up to here
  /// @param first what of it is to be shown
  private void follow(OutputStream out, ObjectNode pod, String container, String seen, String first)
      throws IOException, InterruptedException {
    String home = Trees.text(pod, "metadata", "namespace");
    String name = Trees.text(pod, "metadata", "name");
    write(out, first);
    int length = seen.length();
    Store store = cluster.store();
    while (runs(store.find(Kinds.POD, home, name), pod)) {
      // nobody tells when a log grows: it is looked at now and then, and at every change of objects
      long _ = store.await(store.version(), Store.seconds(1) / LOOKS_PER_SECOND);
      String log = nodes.log(cluster, pod, container).orElse(seen);
      if (log.length() > length) {
        write(out, log.substring(length));
        length = log.length();
      }
    }
  }

  private static boolean runs(Optional<ObjectNode> there, ObjectNode pod) {
    String uid = Trees.text(pod, "metadata", "uid");
    return there
        .filter(now -> Trees.text(now, "metadata", "uid").equals(uid))
        .map(now -> Trees.text(now, "status", "phase"))
        .filter(phase -> phase.equals("Running") || phase.equals("Pending"))
        .isPresent();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
