// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.secret.Denial.Action;
import dev.latchkey.sandbox.secret.KnownVaults.Deletion;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What can be asked of secrets that are not deleted: `secrets/…`.
final class SecretCalls {
  /// How long the bin takes to show what was deleted, and a vault what was recovered.
  static final Duration REPLICATION = Duration.ofSeconds(10);

  private final KeyVault.World world;
  private final Doorkeeper doorkeeper;
  private final Secrets secrets;
  private final Backups backups;

  SecretCalls(KeyVault.World world, Doorkeeper doorkeeper, Secrets secrets) {
    this.world = world;
    this.doorkeeper = doorkeeper;
    this.secrets = secrets;
    this.backups = new Backups(world.seed());
  }

  /// @param words of the path after `secrets`
  Answer answer(Visit visit, List<String> words) throws Denied {
    if (words.isEmpty() && visit.is("GET")) {
      return list(visit);
    }
    if (words.equals(List.of("restore")) && visit.is("POST")) {
      return restore(visit);
    }
    if (words.isEmpty() || words.size() > 2) {
      throw new Denied(new Denial.NoSuchOperation());
    }
    String name = Visit.checkedName(words.getFirst());
    String second = words.size() > 1 ? words.get(1) : "";
    if (second.equals("versions") && visit.is("GET")) {
      return versions(visit, name);
    }
    if (second.equals("backup") && visit.is("POST")) {
      return backup(visit, name);
    }
    return one(visit, name, Optional.of(second).filter(id -> !id.isEmpty()));
  }

  private Answer one(Visit visit, String name, Optional<String> version) throws Denied {
    return switch (visit.ask().method()) {
      case "GET" -> get(visit, name, version);
      case "PUT" -> put(visit, name);
      case "PATCH" -> patch(visit, name, version);
      case "DELETE" -> delete(visit, name);
      default -> throw new Denied(new Denial.NoSuchOperation());
    };
  }

  private Answer list(Visit visit) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkVault(visit.caller(), Action.LIST, vault);
    Shape shape = visit.shape();
    List<Secret> live = secrets.all(vault.name()).stream().filter(this::isReadable).toList();
    return Answer.json(
        200,
        Paging.of(visit.ask())
            .page(live, Secret::name, shape::listed, shape.base() + "/secrets", visit.ask()));
  }

  private Answer versions(Visit visit, String name) throws Denied {
    doorkeeper.checkSecret(visit.caller(), Action.LIST, visit.vault(), name);
    Shape shape = visit.shape();
    Secret secret = readable(visit, name, name);
    List<Secret.Version> byId =
        secret.versions().stream().sorted((one, other) -> one.id().compareTo(other.id())).toList();
    return Answer.json(
        200,
        Paging.of(visit.ask())
            .page(
                byId,
                Secret.Version::id,
                version -> shape.ofVersion(secret, version),
                shape.base() + "/secrets/" + secret.name() + "/versions",
                visit.ask()));
  }

  private Answer get(Visit visit, String name, Optional<String> version) throws Denied {
    doorkeeper.checkSecret(visit.caller(), Action.GET, visit.vault(), name);
    String asked = version.map(id -> name + "/" + id).orElse(name);
    Secret secret = readable(visit, name, asked);
    Secret.Version found = version(secret, version, asked);
    if (!found.enabled()) {
      throw new Denied(new Denial.Disabled());
    }
    return Answer.json(200, visit.shape().withValue(secret, found));
  }

  private static Secret.Version version(Secret secret, Optional<String> id, String asked)
      throws Denied {
    return id.isEmpty()
        ? secret.latest()
        : id.flatMap(secret::version).orElseThrow(() -> new Denied(new Denial.NotFound(asked)));
  }

  private Answer put(Visit visit, String name) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkSecret(visit.caller(), Action.SET, vault, name);
    Wanted wanted = Wanted.read(visit.ask());
    checkFree(vault, name);
    Secret.Version version =
        wanted.version(secrets.newVersion(vault.name(), name), world.clock().now());
    secrets.put(vault.name(), name, version);
    return Answer.json(200, visit.shape().withValue(readable(visit, name, name), version));
  }

  /// A name in the bin is taken, and so is one that comes back from it.
  private void checkFree(Rules vault, String name) throws Denied {
    Optional<Secret> known = secrets.find(vault.name(), name);
    Optional<Secret.Deletion> bin = known.flatMap(Secret::deletion);
    Instant now = world.clock().now();
    if (bin.isPresent()) {
      throw new Denied(
          now.isBefore(bin.get().settled())
              ? new Denial.BeingDeleted(name)
              : new Denial.DeletedButRecoverable(name));
    }
    if (known.isPresent() && now.isBefore(known.get().readableFrom())) {
      throw new Denied(new Denial.BeingRecovered(name));
    }
  }

  private Answer patch(Visit visit, String name, Optional<String> id) throws Denied {
    doorkeeper.checkSecret(visit.caller(), Action.UPDATE, visit.vault(), name);
    String asked = id.map(version -> name + "/" + version).orElse(name);
    Secret secret = readable(visit, name, asked);
    Secret.Version changed =
        Wanted.patch(visit.ask(), version(secret, id, asked), world.clock().now());
    secrets.put(visit.vault().name(), name, changed);
    return Answer.json(200, visit.shape().ofVersion(secret, changed));
  }

  private Answer delete(Visit visit, String name) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkSecret(visit.caller(), Action.DELETE, vault, name);
    Secret secret = readable(visit, name, name);
    if (vault.deletion() == Deletion.FINAL) {
      secrets.remove(vault.name(), name);
      return Answer.json(200, visit.shape().ofVersion(secret, secret.latest()));
    }
    Instant now = world.clock().now();
    var bin =
        new Secret.Deletion(
            now,
            now.plus(world.pace().of(REPLICATION)),
            now.plus(Duration.ofDays(vault.retentionDays())));
    Secret deleted =
        secrets
            .update(vault.name(), name, one -> one.deleted(bin))
            .orElseThrow(() -> new Denied(new Denial.NotFound(name)));
    return Answer.json(200, visit.shape().deleted(deleted));
  }

  private Answer backup(Visit visit, String name) throws Denied {
    doorkeeper.checkSecret(visit.caller(), Action.BACKUP, visit.vault(), name);
    Secret secret = readable(visit, name, name);
    String blob = backups.make(visit.vault(), secret);
    return Answer.json(200, JsonMapper.shared().createObjectNode().put("value", blob));
  }

  private Answer restore(Visit visit) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkVault(visit.caller(), Action.RESTORE, vault);
    Secret backup = backups.open(vault, Wanted.read(visit.ask()).body().path("value").asString());
    if (secrets.find(vault.name(), backup.name()).isPresent()) {
      throw new Denied(new Denial.RestoreConflict(backup.name()));
    }
    secrets.restore(vault.name(), backup);
    return Answer.json(200, visit.shape().ofVersion(backup, backup.latest()));
  }

  private Secret readable(Visit visit, String name, String asked) throws Denied {
    return secrets
        .find(visit.vault().name(), name)
        .filter(this::isReadable)
        .orElseThrow(() -> new Denied(new Denial.NotFound(asked)));
  }

  private boolean isReadable(Secret secret) {
    return secret.deletion().isEmpty() && !world.clock().now().isBefore(secret.readableFrom());
  }
}
