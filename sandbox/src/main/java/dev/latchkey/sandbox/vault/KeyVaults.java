// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Answers;
import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Pages;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Key vaults. A write is done at once and answers 200 also when it creates.
public final class KeyVaults implements ResourceType, Vaults {
  static final String NAME = "Microsoft.KeyVault/vaults";

  static final Set<String> VERSIONS =
      Set.of(
          "2015-06-01",
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
          "2024-04-01-preview",
          "2024-11-01",
          "2024-12-01-preview",
          "2025-05-01",
          "2026-02-01");

  /// Since this version a new vault uses roles unless the request says otherwise.
  private static final String ROLES_BY_DEFAULT = "2026-02-01";

  private static final String VALID_NAME = "[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]";

  private final Store store;
  private final Addresses addresses;
  private final String tenantId;

  /// The vaults of this store.
  public KeyVaults(Store store, Addresses addresses, String tenantId) {
    this.store = store;
    this.addresses = addresses;
    this.tenantId = tenantId;
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
    ObjectNode body = JsonMapper.shared().createObjectNode().put("location", location);
    ObjectNode properties = body.putObject("properties").put("tenantId", tenantId);
    properties.putObject("sku").put("family", "A").put("name", "standard");
    switch (model) {
      case ROLES -> properties.put("enableRbacAuthorization", true);
      case ACCESS_POLICIES -> properties.put("enableRbacAuthorization", false);
    }
    ObjectNode tree = frame(id, body);
    tree.set("properties", content(name, properties));
    store.put(Stored.of(id, NAME, tree));
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
    return stored(name).map(KeyVaults::view);
  }

  @Override
  public List<Vault> all() {
    return store.below("/subscriptions", NAME).stream().map(KeyVaults::view).toList();
  }

  private Optional<Stored> stored(String name) {
    return store.below("/subscriptions", NAME).stream()
        .filter(vault -> vault.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static Vault view(Stored vault) {
    JsonNode properties = vault.tree().path("properties");
    return new Vault(
        vault.id(),
        vault.name(),
        properties.path("tenantId").asString(""),
        vault.tree().path("location").asString(""),
        properties.path("enableRbacAuthorization").asBoolean(false)
            ? Vault.PermissionModel.ROLES
            : Vault.PermissionModel.ACCESS_POLICIES,
        properties.path("accessPolicies").valueStream().map(KeyVaults::policy).toList(),
        network(properties));
  }

  private static Vault.AccessPolicy policy(JsonNode tree) {
    return new Vault.AccessPolicy(
        tree.path("tenantId").asString(""),
        tree.path("objectId").asString(""),
        tree.path("permissions")
            .path("secrets")
            .valueStream()
            .map(permission -> permission.asString("").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  private static Vault.Network network(JsonNode properties) {
    JsonNode rules = properties.path("networkAcls");
    return new Vault.Network(
        properties.path("publicNetworkAccess").asString("").equalsIgnoreCase("Disabled")
            ? Vault.PublicAccess.DISABLED
            : Vault.PublicAccess.ENABLED,
        rules.path("defaultAction").asString("").equalsIgnoreCase("Deny")
            ? Vault.DefaultAction.DENY
            : Vault.DefaultAction.ALLOW,
        rules.path("ipRules").valueStream().map(rule -> rule.path("value").asString("")).toList());
  }

  @Override
  public Answer read(Call call) {
    return store
        .find(call.target().path())
        .map(vault -> Answer.json(200, vault.tree()))
        .orElseGet(() -> Answers.notFound(call));
  }

  @Override
  public Answer list(Call call) {
    List<ObjectNode> all =
        store.below(Answers.scope(call), NAME).stream().map(Stored::tree).toList();
    return Pages.of(call, addresses, all);
  }

  @Override
  public Answer put(Call call) {
    return invalid(call).orElseGet(() -> store.alone(NAME, () -> written(call)));
  }

  private static Optional<Answer> invalid(Call call) {
    JsonNode properties = call.body().path("properties");
    if (!call.target().name().matches(VALID_NAME)) {
      return refused(
          "VaultNameNotValid",
          "The vault name '%s' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742"
              .formatted(call.target().name()));
    }
    if (call.body().path("location").asString("").isBlank()) {
      return refused("LocationRequired", "The location property is required for this definition.");
    }
    boolean whole = properties.has("sku") && properties.has("tenantId");
    return whole
        ? Optional.empty()
        : refused(
            "BadRequest",
            "The parameters 'properties.sku' and 'properties.tenantId' are required.");
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
    String id =
        before.map(Stored::id).orElseGet(() -> Answers.id(call, store, NAME, "resourceGroups"));
    ObjectNode tree = tree(call, id, before);
    store.put(Stored.of(id, NAME, tree));
    return Answer.json(200, before.isPresent() ? tree : registering(tree));
  }

  /// The first answer comes before the vault's name resolves, and its address lacks the slash.
  private static ObjectNode registering(ObjectNode tree) {
    ObjectNode first = tree.deepCopy();
    ObjectNode properties = (ObjectNode) first.path("properties");
    String uri = properties.path("vaultUri").asString("");
    properties.put("vaultUri", uri.substring(0, uri.length() - 1));
    properties.put("provisioningState", "RegisteringDns");
    return first;
  }

  private ObjectNode tree(Call call, String id, Optional<Stored> before) {
    ObjectNode tree = frame(id, call.body());
    tree.set("systemData", systemData(call, before));
    ObjectNode wanted = (ObjectNode) call.body().path("properties").deepCopy();
    roles(call, wanted, before)
        .ifPresent(enabled -> wanted.put("enableRbacAuthorization", enabled));
    tree.set("properties", content(tree.path("name").asString(), wanted));
    return tree;
  }

  private static ObjectNode frame(String id, ObjectNode body) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", id.substring(id.lastIndexOf('/') + 1)).put("type", NAME);
    tree.set("location", body.path("location"));
    tree.set(
        "tags",
        body.path("tags") instanceof ObjectNode tags
            ? tags.deepCopy()
            : JsonMapper.shared().createObjectNode());
    return tree;
  }

  private ObjectNode content(String name, ObjectNode wanted) {
    ObjectNode properties = JsonMapper.shared().createObjectNode();
    properties.set("sku", wanted.path("sku").deepCopy());
    properties.set("tenantId", wanted.path("tenantId"));
    copy(wanted, properties, "networkAcls");
    properties.set(
        "accessPolicies",
        wanted.path("accessPolicies").isArray()
            ? wanted.path("accessPolicies").deepCopy()
            : JsonMapper.shared().createArrayNode());
    properties.put("enabledForDeployment", wanted.path("enabledForDeployment").asBoolean(false));
    copy(wanted, properties, "enabledForDiskEncryption");
    copy(wanted, properties, "enabledForTemplateDeployment");
    properties.put("enableSoftDelete", true);
    properties.put("softDeleteRetentionInDays", wanted.path("softDeleteRetentionInDays").asInt(90));
    copy(wanted, properties, "enableRbacAuthorization");
    copy(wanted, properties, "enablePurgeProtection");
    properties.put("vaultUri", addresses.vault(name) + "/");
    properties.put("provisioningState", "Succeeded");
    properties.put("publicNetworkAccess", wanted.path("publicNetworkAccess").asString("Enabled"));
    return properties;
  }

  private static Optional<Boolean> roles(Call call, JsonNode wanted, Optional<Stored> before) {
    if (wanted.path("enableRbacAuthorization").isBoolean()) {
      return Optional.of(wanted.path("enableRbacAuthorization").asBoolean());
    }
    if (before.isPresent()) {
      JsonNode kept = before.get().tree().path("properties").path("enableRbacAuthorization");
      return kept.isBoolean() ? Optional.of(kept.asBoolean()) : Optional.empty();
    }
    return call.since(ROLES_BY_DEFAULT) ? Optional.of(true) : Optional.empty();
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
      data.put("createdBy", call.caller().clientId());
      data.put("createdByType", "Application").put("createdAt", now);
    }
    data.put("lastModifiedBy", call.caller().clientId());
    return data.put("lastModifiedByType", "Application").put("lastModifiedAt", now);
  }

  private static String moment(Instant now) {
    return now.truncatedTo(ChronoUnit.MILLIS).toString();
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
    ObjectNode tree = vault.tree().deepCopy();
    if (call.body().has("tags")) {
      tree.set("tags", call.body().path("tags").deepCopy());
    }
    ObjectNode properties = (ObjectNode) tree.path("properties");
    call.body()
        .path("properties")
        .properties()
        .forEach(member -> properties.set(member.getKey(), member.getValue().deepCopy()));
    tree.set("systemData", systemData(call, Optional.of(vault)));
    store.put(vault.with(tree));
    return Answer.json(200, tree);
  }

  @Override
  public Answer delete(Call call) {
    if (store.find(call.target().path()).isEmpty()) {
      return Answer.empty(204);
    }
    store.remove(call.target().path());
    return Answer.empty(200);
  }

  private static void copy(JsonNode from, ObjectNode to, String name) {
    if (from.has(name) && !from.path(name).isNull()) {
      to.set(name, from.path(name).deepCopy());
    }
  }

  private static Optional<Answer> refused(String code, String message) {
    return Optional.of(Refusal.of(400, code, message));
  }
}
