// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  private final Kind kind;
  private final Operations operations;

  OperationStatus(Kind kind, Operations operations) {
    this.kind = kind;
    this.operations = operations;
  }

  @Override
  public String name() {
    return "Microsoft.ContainerService/locations/" + kind.word;
  }

  @Override
  public Set<String> apiVersions() {
    return Set.of("2016-03-30", "2017-08-31", "2025-03-01");
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
    String subscription = call.target().subscription().orElse("").toLowerCase(Locale.ROOT);
    return List.of(
        new Limit("aks:status:" + subscription, 200, 2, Limit.Overflow.CONTAINER_SERVICE));
  }

  @Override
  public Answer read(Call call) {
    return operations
        .find(call.target().name())
        .map(operation -> answer(call, operation))
        .orElseGet(() -> missing(call));
  }

  private Answer answer(Call call, Operation operation) {
    return switch (kind) {
      case STATUS ->
          Answer.json(200, status(call, operation)).with("content-type", "application/json");
      case RESULT -> Answer.empty(operation.runsAt(call.now()) ? 202 : 204);
    };
  }

  private static ObjectNode status(Call call, Operation operation) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    boolean runs = operation.runsAt(call.now());
    tree.put("name", operation.id()).put("status", runs ? "InProgress" : "Succeeded");
    tree.put("startTime", operation.startedAt().toString());
    if (!runs) {
      tree.put("endTime", operation.doneAt().toString());
    }
    return tree;
  }

  private static Answer missing(Call call) {
    return Refusal.flat(
        404, "NotFound", "The operation '%s' was not found.".formatted(call.target().name()), "");
  }
}
