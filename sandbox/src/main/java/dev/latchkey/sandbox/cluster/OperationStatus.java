// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Polling: `locations/{location}/operations/{id}` says how far, `operationresults/{id}` only when.
final class OperationStatus implements ResourceType {
  /// Which of the two addresses.
  enum Kind {
    STATUS("operations"),
    RESULT("operationresults");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  private static final Set<String> VERSIONS =
      Stream.concat(ApiVersion.ALL.stream(), Stream.of("2016-03-30"))
          .collect(Collectors.toUnmodifiableSet());
  private static final String PREEMPTED_BEFORE_2024 =
      "Cannot proceed with the operation. Either the operation has been preempted by another one, or the information needed by the operation failed to be saved (or hasn't been saved yet).";
  private static final String PREEMPTED =
      "The operation has been preempted by another one. Please wait for the other operation to complete and try again..";

  private final Kind kind;
  private final Operations operations;
  private final Addresses addresses;

  OperationStatus(Kind kind, Operations operations, Addresses addresses) {
    this.kind = kind;
    this.operations = operations;
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return "Microsoft.ContainerService/locations/" + kind.word;
  }

  /// Clients follow addresses of every year, whatever this year's version is.
  @Override
  public Set<String> apiVersions() {
    return VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  /// The address is the right.
  @Override
  public Rights rights() {
    return Rights.ANY_TOKEN;
  }

  @Override
  public List<Limit> limits(Call call) {
    return ClusterLimits.ofOperations(call);
  }

  @Override
  public Answer read(Call call) {
    return operations
        .find(call.target().name())
        .map(known -> answer(call, known))
        .orElseGet(() -> missing(call));
  }

  private Answer answer(Call call, Operations.Known known) {
    return switch (kind) {
      case STATUS ->
          Answer.json(200, tree(known, call.now())).with("content-type", "application/json");
      case RESULT ->
          Answer.empty(known.operation().runsAt(call.now()) ? 202 : 204)
              .with("content-type", "application/json")
              .with("location", addresses.arm() + call.ask().path() + query(call));
    };
  }

  private static String query(Call call) {
    return call.ask().query().entrySet().stream()
        .map(
            pair ->
                pair.getKey()
                    + "="
                    + URLEncoder.encode(pair.getValue().getFirst(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "?", ""));
  }

  private static ObjectNode tree(Operations.Known known, Instant now) {
    Operation operation = known.operation();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    boolean runs = operation.runsAt(now);
    tree.put("name", name(known));
    tree.put("status", status(known, now));
    tree.put("startTime", operation.startedAt().toString());
    if (!runs) {
      tree.put("endTime", operation.doneAt().toString());
    }
    error(tree, known, runs);
    return tree;
  }

  /// The word of the moment.
  static String status(Operations.Known known, Instant now) {
    Operation operation = known.operation();
    return operation.runsAt(now) ? Progress.at(known, now) : operation.stateAt(now);
  }

  private static void error(ObjectNode tree, Operations.Known known, boolean runs) {
    if (known.note() == Operations.Note.PREEMPTED) {
      boolean older = known.release().polls().form() == Release.Polls.Form.PLAIN;
      tree.putObject("error")
          .put("code", "NotLatestOperation")
          .put("message", older ? PREEMPTED_BEFORE_2024 : PREEMPTED);
    }
    if (!runs && known.operation().outcome() instanceof Operation.Outcome.Failed failed) {
      tree.putObject("error").put("code", failed.code()).put("message", failed.message());
    }
  }

  private static String name(Operations.Known known) {
    String id = known.operation().id();
    return switch (known.release().polls().form()) {
      case SIGNED -> id;
      case PLAIN ->
          "%s-%s-%s%s"
              .formatted(
                  swapped(id.substring(0, 8)),
                  swapped(id.substring(9, 13)),
                  swapped(id.substring(14, 18)),
                  id.substring(18));
    };
  }

  /// The bytes in the other order, as a GUID of Microsoft's has them in memory.
  private static String swapped(String group) {
    var swapped = new StringBuilder();
    for (int i = group.length(); i > 0; i -= 2) {
      swapped.append(group, i - 2, i);
    }
    return swapped.toString();
  }

  private static Answer missing(Call call) {
    return Refusal.flat(
        404, "NotFound", "The operation '%s' was not found.".formatted(call.target().name()), "");
  }
}
