// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.lock;

import dev.latchkey.sandbox.access.Scope;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Filter;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Locks on a subscription, a group or any resource.
///
/// @see <a href="https://learn.microsoft.com/rest/api/resources/management-locks">management
///   locks</a>
public final class Locks implements ResourceType {
  static final String NAME = "Microsoft.Authorization/locks";

  /// What stands between the scope of a lock and its name, lower-cased.
  static final String BELOW = "/providers/microsoft.authorization/locks/";

  private static final Set<String> VERSIONS =
      Set.of("2015-01-01", "2015-05-01-preview", "2016-09-01", "2017-04-01", "2020-05-01");

  private final Store store;
  private final Addresses addresses;

  /// The locks in this store.
  public Locks(Store store, Addresses addresses) {
    this.store = store;
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> apiVersions() {
    return VERSIONS;
  }

  @Override
  public Home home() {
    return Home.ANY_SCOPE;
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(lock -> Answer.json(200, shown(call, lock)))
        .orElseGet(
            () ->
                Refusal.byGateway(
                    404,
                    "LockNotFound",
                    "The lock '%s' could not be found.".formatted(call.target().name())));
  }

  /// Those of the scope, of the scopes above it and, unless `atScope()` is asked for, below it.
  @Override
  public Answer list(Call call) {
    Scope scope = Scope.of(call.target().scope());
    Stream<Stored> above =
        scope.upwards().stream()
            .flatMap(one -> store.below(one.path() + "/providers/" + NAME).stream());
    Stream<Stored> below =
        new Filter(call.query("$filter")).calls("atScope")
            ? Stream.empty()
            : store.below(scope.path(), NAME).stream().filter(lock -> !isAt(scope, lock));
    return Pages.of(
        call, addresses, Stream.concat(above, below).map(lock -> shown(call, lock)).toList());
  }

  private static boolean isAt(Scope scope, Stored lock) {
    return Scope.of(lock.id()).path().equals(scope.path() + BELOW + Scope.of(lock.name()).path());
  }

  @Override
  public Answer put(Call call) {
    JsonNode sent = call.body().path("properties");
    if (Lock.Level.named(sent.path("level").asString("")).isEmpty()) {
      return Refusal.byGateway(
          400,
          "InvalidRequestContent",
          "The request content was invalid and could not be deserialized: 'The lock level '%s' is not one of CanNotDelete, ReadOnly.'."
              .formatted(sent.path("level").asString("")));
    }
    Optional<Stored> before = store.find(call.target().path());
    Stored lock = Stored.of(call.target().path(), NAME, tree(call, sent, before));
    store.put(lock);
    return Answer.json(before.isPresent() ? 200 : 201, shown(call, lock));
  }

  private static ObjectNode tree(Call call, JsonNode sent, Optional<Stored> before) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.set("properties", sent.deepCopy());
    tree.put("id", call.target().path()).put("type", NAME).put("name", call.target().name());
    JsonNode past = before.map(Stored::tree).orElse(tree).path("systemData");
    ObjectNode data = tree.putObject("systemData");
    String caller = call.caller().objectId();
    String now = call.now().toString();
    data.put("createdBy", past.path("createdBy").asString(caller));
    data.put("createdByType", past.path("createdByType").asString("Application"));
    data.put("createdAt", past.path("createdAt").asString(now));
    data.put("lastModifiedBy", caller).put("lastModifiedByType", "Application");
    data.put("lastModifiedAt", now);
    return tree;
  }

  /// Who wrote a lock is told since 2020.
  private static ObjectNode shown(Call call, Stored lock) {
    ObjectNode tree = lock.tree().deepCopy();
    if (!call.since("2020-05-01")) {
      tree.remove("systemData");
    }
    return tree;
  }

  @Override
  public Answer delete(Call call) {
    boolean there = store.find(call.target().path()).isPresent();
    store.remove(call.target().path());
    return Answer.empty(there ? 200 : 204);
  }
}
