// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Lags;
import dev.latchkey.sandbox.arm.Limit;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Federated credentials of managed identities: written at once, honoured by Entra later.
public final class FederatedCredentials implements ResourceType {
  static final String NAME = UserAssignedIdentities.NAME + "/federatedIdentityCredentials";
  private static final String VALID_NAME = "[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}";
  private static final int MOST = 20;

  /// Older versions of the provider know identities alone.
  private static final Set<String> VERSIONS =
      UserAssignedIdentities.VERSIONS.stream()
          .filter(version -> version.compareTo("2022") > 0)
          .collect(Collectors.toUnmodifiableSet());

  private final Store store;
  private final Lags lags;
  private final Addresses addresses;
  private final CredentialHistory history;
  private final CredentialWrites writes = new CredentialWrites();

  /// The credentials of all identities of this store.
  public FederatedCredentials(Store store, Lags lags, Addresses addresses, SandboxClock clock) {
    this.store = store;
    this.lags = lags;
    this.addresses = addresses;
    this.history = new CredentialHistory(clock);
    store.onFarewell(this::leave);
  }

  /// As Entra sees them.
  public Credentials credentials() {
    return history;
  }

  /// What Entra was told, by identity: a saved world holds the dates, not only the credentials.
  public SortedMap<String, List<Credential>> saved() {
    return history.saved();
  }

  /// Tells Entra what it was told when the world was saved.
  public void restore(Map<String, List<Credential>> saved) {
    history.restore(saved);
  }

  /// Who writes right now; a situation in which another does is made here.
  public CredentialWrites writes() {
    return writes;
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
    return Home.GROUP;
  }

  @Override
  public List<Limit> limits(Call call) {
    return UserAssignedIdentities.limits(call, call.target().parent().orElse(""));
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(credential -> Answer.json(200, credential.tree()))
        .orElseGet(() -> missing(call));
  }

  private Answer missing(Call call) {
    return Refusal.of(
        404,
        "NotFound",
        "Resource '%s' was not found.".formatted(id(identity(call), call.target().name())));
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> all = there(identity(call)).stream().map(Stored::tree).toList();
    return Pages.of(call, addresses, all);
  }

  @Override
  public Answer put(Call call) {
    return refused(call).orElseGet(() -> alone(call, () -> written(call)));
  }

  @Override
  public Answer delete(Call call) {
    return alone(call, () -> deleted(call));
  }

  private Answer alone(Call call, Supplier<Answer> work) {
    Optional<CredentialWrites.Permit> permit = writes.begin(identity(call).id());
    if (permit.isEmpty()) {
      return concurrent(identity(call).id());
    }
    try (CredentialWrites.Permit _ = permit.get()) {
      return work.get();
    }
  }

  private static Answer concurrent(String identityId) {
    return Refusal.of(
        409,
        "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity",
        "Too many Federated Identity Credentials are written concurrently for the managed identity '%s'. Concurrent Federated Identity Credentials writes under the same managed identity are not supported."
            .formatted(identityId.toLowerCase(Locale.ROOT)));
  }

  private static Optional<Answer> refused(Call call) {
    if (!call.target().name().matches(VALID_NAME)) {
      return refused("Federated Identity Credential name '%s' is invalid.", call.target().name());
    }
    JsonNode properties = call.body().path("properties");
    boolean empty =
        properties.path("issuer").asString("").isBlank()
            || properties.path("subject").asString("").isBlank()
            || !properties.has("audiences");
    if (empty) {
      return refused("Federated Identity Credential from HTTP body has empty properties.", "");
    }
    if (properties.path("audiences").size() != 1) {
      return refused("Federated Identity Credential must have exactly one audience.", "");
    }
    return Optional.empty();
  }

  private static Optional<Answer> refused(String message, String name) {
    return Optional.of(Refusal.of(400, "BadRequest", message.formatted(name)));
  }

  private Answer written(Call call) {
    Stored identity = identity(call);
    JsonNode properties = call.body().path("properties");
    String issuer = properties.path("issuer").asString("");
    String subject = properties.path("subject").asString("");
    Optional<Stored> before = store.find(call.target().path());
    List<Stored> others = there(identity).stream().filter(other -> !isSame(other, before)).toList();
    if (others.stream().anyMatch(other -> trusts(other, issuer, subject))) {
      return Refusal.of(
          409,
          "Conflict",
          "Issuer and subject combination already exists for this Managed Identity.");
    }
    if (others.size() >= MOST) {
      return Refusal.of(
          400,
          "FederatedIdentityCredentialsLimitExceeded",
          "Too many Federated Identity Credentials are assigned to the managed identity '%s'. The limit is %d."
              .formatted(identity.id(), MOST));
    }
    return stored(call, identity, before);
  }

  private Answer stored(Call call, Stored identity, Optional<Stored> before) {
    JsonNode properties = call.body().path("properties");
    String name = before.map(Stored::name).orElse(call.target().name());
    String id = id(identity, name);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", name).put("type", NAME);
    ObjectNode kept = tree.putObject("properties");
    kept.set("issuer", properties.path("issuer"));
    kept.set("subject", properties.path("subject"));
    kept.set("audiences", properties.path("audiences").deepCopy());
    store.put(Stored.of(id, NAME, tree));
    tell(identity, name, properties, before);
    return before.isPresent()
        ? Answer.json(200, tree)
        : Answer.json(201, tree).with("location", id);
  }

  /// The same content again changes nothing at Entra either.
  private void tell(Stored identity, String name, JsonNode properties, Optional<Stored> before) {
    boolean same =
        before
            .map(credential -> credential.tree().path("properties"))
            .filter(old -> old.path("issuer").equals(properties.path("issuer")))
            .filter(old -> old.path("subject").equals(properties.path("subject")))
            .filter(old -> old.path("audiences").equals(properties.path("audiences")))
            .isPresent();
    if (!same) {
      history.written(
          identity.id(),
          new Credential(
              name,
              properties.path("issuer").asString(""),
              properties.path("subject").asString(""),
              properties.path("audiences").path(0).asString(""),
              lags.noticed(Lags.Lag.CREDENTIAL, id(identity, name)),
              Instant.MAX));
    }
  }

  private Answer deleted(Call call) {
    if (store.find(call.target().path()).isEmpty()) {
      return Answer.empty(204);
    }
    store.remove(call.target().path());
    return Answer.empty(200);
  }

  private void leave(Stored gone) {
    if (gone.type().equals(UserAssignedIdentities.NAME)) {
      history.forgotten(gone.id());
    }
    if (gone.type().equals(NAME)) {
      String identity = gone.id().substring(0, gone.id().indexOf("/federatedIdentityCredentials"));
      history.deleted(identity, gone.name(), lags.noticed(Lags.Lag.CREDENTIAL, gone.id()));
    }
  }

  private List<Stored> there(Stored identity) {
    return store.below(identity.id(), NAME);
  }

  private static boolean isSame(Stored one, Optional<Stored> other) {
    return other.filter(stored -> stored.id().equalsIgnoreCase(one.id())).isPresent();
  }

  /// Compared character by character, as Entra does.
  private static boolean trusts(Stored credential, String issuer, String subject) {
    JsonNode properties = credential.tree().path("properties");
    return properties.path("issuer").asString("").equals(issuer)
        && properties.path("subject").asString("").equals(subject);
  }

  private Stored identity(Call call) {
    return call.target()
        .parent()
        .flatMap(store::find)
        .orElseThrow(() -> new IllegalStateException("the gateway looked for the parent before"));
  }

  private static String id(Stored identity, String name) {
    return identity.id() + "/federatedIdentityCredentials/" + name;
  }
}
