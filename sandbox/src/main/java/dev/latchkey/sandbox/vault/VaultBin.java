// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The deleted vaults that can still be recovered. Their names stay taken.
///
/// Each is stored under its id with the vault as it was in a member that no answer shows.
final class VaultBin {
  static final String TYPE = "Microsoft.KeyVault/deletedVaults";

  private static final String VAULT = "vault";

  private final VaultWorld world;
  private final Store store;

  VaultBin(VaultWorld world) {
    this.world = world;
    this.store = world.store();
  }

  /// Keeps what a vault was, unless its deletion is final.
  void bury(Stored vault) {
    JsonNode properties = vault.tree().path("properties");
    if (VaultView.deletion(properties) == Vault.Deletion.FINAL) {
      world.secrets().get().forget(vault.name());
      return;
    }
    Instant now = world.clock().now().truncatedTo(ChronoUnit.SECONDS);
    Duration kept = Duration.ofDays(properties.path("softDeleteRetentionInDays").asInt(90));
    String id = id(vault);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("id", id).put("name", vault.name()).put("type", TYPE);
    ObjectNode told = tree.putObject("properties").put("vaultId", vault.id());
    told.set("location", vault.tree().path("location"));
    told.set("tags", vault.tree().path("tags"));
    told.put("deletionDate", now.toString()).put("scheduledPurgeDate", now.plus(kept).toString());
    if (VaultView.deletion(properties) == Vault.Deletion.PROTECTED) {
      told.put("purgeProtectionEnabled", true);
    }
    tree.set(VAULT, vault.tree());
    store.put(Stored.of(id, TYPE, tree));
  }

  private static String id(Stored vault) {
    String[] words = vault.id().split("/", 4);
    return "/subscriptions/%s/providers/Microsoft.KeyVault/locations/%s/deletedVaults/%s"
        .formatted(words[2], vault.tree().path("location").asString(""), vault.name());
  }

  /// Those of a subscription.
  List<Stored> of(String subscription) {
    return store.below("/subscriptions/" + subscription, TYPE).stream()
        .filter(this::isKept)
        .toList();
  }

  /// The one of this name, wherever it was.
  Optional<Stored> named(String name) {
    return store.below("/subscriptions", TYPE).stream()
        .filter(deleted -> deleted.name().equalsIgnoreCase(name))
        .filter(this::isKept)
        .findFirst();
  }

  /// The one of this id.
  Optional<Stored> find(String id) {
    return store.find(id).filter(this::isKept);
  }

  /// Past its date a vault is gone for good, its secrets too.
  private boolean isKept(Stored deleted) {
    String date = deleted.tree().at("/properties/scheduledPurgeDate").asString("");
    boolean kept = date.isEmpty() || world.clock().now().isBefore(Instant.parse(date));
    if (!kept) {
      purge(deleted);
    }
    return kept;
  }

  void purge(Stored deleted) {
    store.remove(deleted.id());
    world.secrets().get().forget(deleted.name());
  }

  /// The vault as it was, which leaves the bin.
  Optional<ObjectNode> recover(Stored deleted) {
    store.remove(deleted.id());
    return deleted.tree().path(VAULT) instanceof ObjectNode vault
        ? Optional.of(vault)
        : Optional.empty();
  }

  /// A deleted vault as answers show it.
  static ObjectNode shown(Stored deleted) {
    ObjectNode shown = deleted.tree().deepCopy();
    shown.remove(VAULT);
    return shown;
  }

  static boolean isProtected(Stored deleted) {
    return deleted.tree().at("/properties/purgeProtectionEnabled").asBoolean(false);
  }

  static Answer notFound(String name) {
    return Refusal.of(
        404,
        "DeletedVaultNotFound",
        "The specified deleted vault '%s' does not exist. Ensure that the vault was indeed deleted and that it is in recoverable state. If soft delete was not enabled then the vault is permanently deleted. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2149745"
            .formatted(name));
  }
}
