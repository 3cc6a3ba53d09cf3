// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Key vaults. A write is done at once and answers 200 also when it creates.
public final class KeyVaults implements ResourceType, Vaults {
  static final String NAME = "Microsoft.KeyVault/vaults";

  static final Set<String> VERSIONS =
      Set.of(
          "2014-12-19-preview",
          "2015-06-01",
          "2016-10-01",
          "2018-02-14-preview",
          "2018-02-14",
          "2019-09-01",
          "2020-04-01-preview",
          "2021-04-01-preview",
          "2021-06-01-preview",
          "2021-10-01",
          "2021-11-01-preview",
          "2022-02-01-preview",
          "2022-07-01",
          "2022-11-01",
          "2023-02-01",
          "2023-07-01",
          "2023-08-01-preview",
          "2024-04-01-preview",
          "2024-11-01",
          "2024-12-01-preview",
          "2025-05-01",
          "2026-02-01");

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.MILLI_OF_SECOND, 0, 3, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final VaultWorld world;
  private final Store store;
  private final VaultShape shape;
  private final VaultBin bin;
  private final ConcurrentMap<String, String> idsByName = new ConcurrentHashMap<>();

  /// The vaults of a world; one that leaves with its group goes where deleted vaults are.
  public KeyVaults(VaultWorld world) {
    this.world = world;
    this.store = world.store();
    this.shape = new VaultShape(world.addresses());
    this.bin = new VaultBin(world);
    store.onFarewell(
        gone -> {
          if (gone.type().equalsIgnoreCase(NAME)) {
            bin.bury(gone);
          }
        });
  }

  /// These and what belongs to them: access policies, secrets, deleted vaults, purges, names.
  public List<ResourceType> types() {
    var purges = new Purges(world);
    return List.of(
        this,
        new AccessPolicies(store),
        new VaultSecrets(store, world.secrets(), world.addresses()),
        new DeletedVaults(DeletedVaults.Kind.LIST, bin, purges, world.addresses()),
        new DeletedVaults(DeletedVaults.Kind.ONE, bin, purges, world.addresses()),
        purges,
        new VaultNames(this, bin));
  }

  /// Adds a vault that has been there for long.
  ///
  /// @return its resource id
  public String add(
      String subscriptionId,
      String group,
      String name,
      String location,
      Vault.PermissionModel model) {
    String id =
        "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
            .formatted(subscriptionId, group, NAME, name);
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    properties.put("tenantId", world.tenantId()).put("softDeleteRetentionInDays", 90);
    properties.putObject("sku").put("family", "A").put("name", "standard");
    switch (model) {
      case ROLES -> properties.put("enableRbacAuthorization", true);
      case ACCESS_POLICIES -> properties.put("enableRbacAuthorization", false);
    }
    JsonNode place = JsonMapper.shared().valueToTree(location);
    JsonNode none = JsonMapper.shared().missingNode();
    store.put(Stored.of(id, NAME, shape.vault(id, place, none, properties)));
    return id;
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
  public Optional<Vault> find(String name) {
    return stored(name).map(VaultView::of);
  }

  @Override
  public List<Vault> all() {
    return store.below("/subscriptions", NAME).stream().map(VaultView::of).toList();
  }

  /// Each request for a secret asks for its vault, so where a name was found is remembered.
  private Optional<Stored> stored(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    Optional<Stored> where = Optional.ofNullable(idsByName.get(key)).flatMap(store::find);
    return where.isPresent() ? where : sought(key);
  }

  private Optional<Stored> sought(String key) {
    Optional<Stored> found =
        store.below("/subscriptions", NAME).stream()
            .filter(vault -> vault.name().equalsIgnoreCase(key))
            .findFirst();
    found.ifPresent(vault -> idsByName.put(key, vault.id()));
    return found;
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(vault -> Answer.json(200, VaultShape.shown(call, vault.tree())))
        .orElseGet(() -> Answers.notFound(call));
  }

  @Override
  public Answer list(Call call) {
    return VaultPages.of(
        call,
        world.addresses(),
        store.below(Answers.scope(call), NAME),
        vault -> VaultShape.shown(call, vault.tree()));
  }

  @Override
  public Answer put(Call call) {
    return VaultChecks.whole(call).orElseGet(() -> store.alone(NAME, () -> written(call)));
  }

  private Answer written(Call call) {
    Optional<Stored> before = store.find(call.target().path());
    boolean taken = before.isEmpty() && stored(call.target().name()).isPresent();
    if (taken) {
      return Refusal.of(
          409,
          "VaultAlreadyExists",
          "The vault name '%s' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, follow this link: https://go.microsoft.com/fwlink/?linkid=2147740"
              .formatted(call.target().name()));
    }
    if (before.isEmpty() && wantsRecovery(call)) {
      return bin.named(call.target().name())
          .map(deleted -> recovered(call, deleted))
          .orElseGet(() -> VaultBin.notFound(call.target().name()));
    }
    if (before.isEmpty() && bin.named(call.target().name()).isPresent()) {
      return Refusal.of(
          409,
          "ConflictError",
          "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.");
    }
    return VaultChecks.switches(call, before.map(KeyVaults::properties))
        .orElseGet(() -> stored(call, before));
  }

  private static boolean wantsRecovery(Call call) {
    return call.body().at("/properties/createMode").asString("").equalsIgnoreCase("recover");
  }

  private static JsonNode properties(Stored vault) {
    return vault.tree().path("properties");
  }

  private Answer stored(Call call, Optional<Stored> before) {
    ObjectNode tree = tree(call, before);
    store.put(Stored.of(tree.path("id").asString(), NAME, tree));
    ObjectNode shown = VaultShape.shown(call, tree);
    return Answer.json(200, before.isPresent() ? shown : shape.registering(shown));
  }

  private ObjectNode tree(Call call, Optional<Stored> before) {
    String id =
        before.map(Stored::id).orElseGet(() -> Answers.id(call, store, NAME, "resourceGroups"));
    ObjectNode wanted = VaultShape.wanted(call, before.map(KeyVaults::properties));
    ObjectNode body = call.body();
    return withHistory(
        call, before, shape.vault(id, body.path("location"), body.path("tags"), wanted));
  }

  /// The vault comes back as it was; of the request only its name counts.
  private Answer recovered(Call call, Stored deleted) {
    ObjectNode tree =
        bin.recover(deleted)
            .map(was -> withHistory(call, Optional.of(Stored.of(deleted.id(), NAME, was)), was))
            .orElseGet(() -> tree(call, Optional.empty()));
    store.put(Stored.of(tree.path("id").asString(), NAME, tree));
    return Answer.json(200, VaultShape.shown(call, tree));
  }

  private static ObjectNode withHistory(Call call, Optional<Stored> before, ObjectNode vault) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    for (String member : List.of("id", "name", "type", "location", "tags")) {
      tree.set(member, vault.path(member));
    }
    tree.set("systemData", systemData(call, before));
    tree.set("properties", vault.path("properties"));
    return tree;
  }

  private static ObjectNode systemData(Call call, Optional<Stored> before) {
    ObjectNode data =
        before
            .map(vault -> vault.tree().path("systemData"))
            .filter(JsonNode::isObject)
            .map(kept -> (ObjectNode) kept.deepCopy())
            .orElseGet(JsonMapper.shared()::createObjectNode);
    String now = moment(call.now());
    if (data.isEmpty()) {
      data.put("createdBy", call.caller().name());
      data.put("createdByType", call.caller().kind()).put("createdAt", now);
    }
    data.put("lastModifiedBy", call.caller().name());
    return data.put("lastModifiedByType", call.caller().kind()).put("lastModifiedAt", now);
  }

  private static String moment(Instant now) {
    return MOMENT.format(now);
  }

  @Override
  public Answer patch(Call call) {
    return store.alone(
        NAME,
        () ->
            store
                .find(call.target().path())
                .map(vault -> patched(call, vault))
                .orElseGet(() -> Answers.notFound(call)));
  }

  private Answer patched(Call call, Stored vault) {
    return VaultChecks.switches(call, Optional.of(properties(vault)))
        .orElseGet(
            () -> {
              ObjectNode tree = changed(call, vault);
              store.put(vault.with(tree));
              return Answer.json(200, VaultShape.shown(call, tree));
            });
  }

  private ObjectNode changed(Call call, Stored vault) {
    ObjectNode wanted = (ObjectNode) properties(vault).deepCopy();
    call.body()
        .path("properties")
        .properties()
        .forEach(member -> wanted.set(member.getKey(), member.getValue()));
    JsonNode tags = call.body().has("tags") ? call.body().path("tags") : vault.tree().path("tags");
    ObjectNode tree = shape.vault(vault.id(), vault.tree().path("location"), tags, wanted);
    return withHistory(call, Optional.of(vault), tree);
  }

  @Override
  public Answer delete(Call call) {
    if (store.find(call.target().path()).isEmpty()) {
      return Answer.empty(204);
    }
    store.remove(call.target().path());
    return Answer.empty(200);
  }
}
