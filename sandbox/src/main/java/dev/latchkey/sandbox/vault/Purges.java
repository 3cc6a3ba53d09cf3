// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Operation;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `locations/{location}/operationResults/{id}`: where a client asks whether a purge is done.
final class Purges implements ResourceType {
  private static final String NAME = "Microsoft.KeyVault/locations/operationResults";
  private static final Duration USUAL = Duration.ofSeconds(8);

  /// With a blank where others write a T.
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final VaultWorld world;

  Purges(VaultWorld world) {
    this.world = world;
  }

  /// The answer to a purge that has just begun.
  Answer begun(Call call) {
    String path = call.target().path();
    String location = path.substring(0, path.toLowerCase(Locale.ROOT).indexOf("/deletedvaults/"));
    Instant done = call.now().plus(world.pace().of(USUAL));
    var operation = new Operation(ticket(path), "Purging", call.now(), done);
    String id = location + "/operationResults/" + operation.id();
    world.store().put(Stored.of(id, NAME, JsonMapper.shared().createObjectNode()).with(operation));
    return patient(call, Answer.empty(202).with("location", address(call, id)));
  }

  /// The versions since 2021 say when to ask again.
  private static Answer patient(Call call, Answer answer) {
    return call.since("2021-01-01") ? answer.with("Retry-After", "5") : answer;
  }

  private String ticket(String path) {
    String hash = world.seed().hex("purge", path, 32).toUpperCase(Locale.ROOT);
    String text = "UT|0%d|%s".formatted(world.clock().now().getEpochSecond(), hash);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String address(Call call, String id) {
    return world.addresses().arm() + id + "?api-version=" + call.apiVersion();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return KeyVaults.VERSIONS;
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
  public Answer read(Call call) {
    return world
        .store()
        .find(call.target().path())
        .flatMap(Stored::operation)
        .map(operation -> told(call, operation))
        .orElseGet(() -> VaultBin.notFound(call.target().name()));
  }

  private Answer told(Call call, Operation operation) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("createdDateTime", MOMENT.format(operation.startedAt()));
    if (operation.runsAt(call.now())) {
      return patient(
          call,
          Answer.json(202, tree.put("status", "NotStarted"))
              .with("location", address(call, call.target().path())));
    }
    tree.put("lastActionDateTime", MOMENT.format(operation.doneAt()));
    return Answer.json(200, tree.put("status", "Succeeded"));
  }
}
