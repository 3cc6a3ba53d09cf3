// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/// Where a client asks whether a group is gone: 202 while it goes, then 200, both without body.
public final class GroupDeletions implements ResourceType {
  private static final String PAUSE_SECONDS = "15";

  private final Store store;
  private final Addresses addresses;
  private final Seed seed;

  /// The deletions of the groups in this store.
  public GroupDeletions(Store store, Addresses addresses, Seed seed) {
    this.store = store;
    this.addresses = addresses;
    this.seed = seed;
  }

  /// The id of a deletion: base64 of what the job is, as ARM makes it.
  static String id(Stored group, Seed seed) {
    String job =
        "RESOURCEGROUPDELETIONJOB-%s|%s-%s"
            .formatted(
                escaped(group.name()),
                seed.hex("delete group", group.id(), 16),
                escaped(location(group)));
    String json =
        "{\"jobId\":\"%s\",\"jobLocation\":\"%s\"}"
            .formatted(job.toUpperCase(Locale.ROOT), location(group));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String location(Stored group) {
    return group.tree().path("location").asString("");
  }

  /// ARM writes other characters as a colon and their code.
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars()
        .forEach(
            letter ->
                escaped.append(
                    Character.isLetterOrDigit(letter)
                        ? Character.toString(letter)
                        : ":%02X".formatted(letter)));
    return escaped.toString();
  }

  /// The answer that sends a client to this deletion.
  static Answer follow(Addresses addresses, Seed seed, Call call, Operation operation) {
    String address =
        "%s/subscriptions/%s/operationresults/%s?api-version=%s"
            .formatted(
                addresses.arm(),
                call.target().subscription().orElse(""),
                operation.id(),
                call.apiVersion());
    String signature = PollSignature.of(seed, address, call.now()).query();
    return Answer.empty(202)
        .with("location", address + "&" + signature)
        .with("Retry-After", PAUSE_SECONDS);
  }

  @Override
  public String name() {
    return "Microsoft.Resources/subscriptions/operationresults";
  }

  @Override
  public Set<String> apiVersions() {
    return ResourceGroups.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public Rights rights() {
    return Rights.ANY_TOKEN;
  }

  @Override
  public Answer read(Call call) {
    return store
        .below("/subscriptions/" + call.target().subscription().orElse(""), ResourceGroups.NAME)
        .stream()
        .flatMap(group -> group.operation().stream())
        .filter(operation -> operation.id().equals(call.target().name()))
        .findFirst()
        .map(operation -> follow(addresses, seed, call, operation))
        .orElseGet(() -> Answer.empty(200));
  }
}
