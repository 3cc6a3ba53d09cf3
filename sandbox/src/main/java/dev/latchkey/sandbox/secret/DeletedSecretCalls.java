// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.secret.Denial.Action;
import dev.latchkey.sandbox.secret.KnownVaults.Deletion;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What can be asked of a vault's bin: `deletedsecrets/…`.
final class DeletedSecretCalls {
  private final KeyVault.World world;
  private final Doorkeeper doorkeeper;
  private final Secrets secrets;

  DeletedSecretCalls(KeyVault.World world, Doorkeeper doorkeeper, Secrets secrets) {
    this.world = world;
    this.doorkeeper = doorkeeper;
    this.secrets = secrets;
  }

  /// @param words of the path after `deletedsecrets`
  Answer answer(Visit visit, List<String> words) throws Denied {
    if (words.isEmpty() && visit.is("GET")) {
      return list(visit);
    }
    if (words.isEmpty()) {
      throw new Denied(new Denial.NoSuchOperation());
    }
    String name = Visit.checkedName(words.getFirst());
    if (words.size() == 2 && words.get(1).equals("recover") && visit.is("POST")) {
      return recover(visit, name);
    }
    if (words.size() > 1) {
      throw new Denied(new Denial.NoSuchOperation());
    }
    return switch (visit.ask().method()) {
      case "GET" -> get(visit, name);
      case "DELETE" -> purge(visit, name);
      default -> throw new Denied(new Denial.NoSuchOperation());
    };
  }

  private Answer list(Visit visit) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkVault(visit.caller(), Action.LIST, vault);
    Shape shape = visit.shape();
    List<Secret> inBin = secrets.all(vault.name()).stream().filter(this::isSettled).toList();
    return Answer.json(
        200,
        Paging.of(visit.ask())
            .page(
                inBin,
                Secret::name,
                shape::deletedListed,
                shape.base() + "/deletedsecrets",
                visit.ask()));
  }

  private Answer get(Visit visit, String name) throws Denied {
    doorkeeper.checkSecret(visit.caller(), Action.LIST, visit.vault(), name);
    Secret secret =
        secrets
            .find(visit.vault().name(), name)
            .filter(this::isSettled)
            .orElseThrow(() -> new Denied(new Denial.DeletedNotFound(name)));
    return Answer.json(200, visit.shape().deleted(secret));
  }

  private Answer recover(Visit visit, String name) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkSecret(visit.caller(), Action.RECOVER, vault, name);
    Optional<Secret> known = secrets.find(vault.name(), name);
    if (known.isPresent() && known.get().deletion().isEmpty()) {
      throw new Denied(
          world.clock().now().isBefore(known.get().readableFrom())
              ? new Denial.RecoveryRuns()
              : new Denial.NotDeleted(name));
    }
    checkSettled(known, name);
    Instant readable = world.clock().now().plus(world.pace().of(SecretCalls.REPLICATION));
    Secret back =
        secrets
            .update(vault.name(), name, secret -> secret.recovered(readable))
            .orElseThrow(() -> new Denied(new Denial.DeletedNotFound(name)));
    return Answer.json(200, visit.shape().ofVersion(back, back.latest()));
  }

  private Answer purge(Visit visit, String name) throws Denied {
    Rules vault = visit.vault();
    doorkeeper.checkSecret(visit.caller(), Action.PURGE, vault, name);
    if (vault.deletion() == Deletion.PROTECTED) {
      throw new Denied(new Denial.PurgeProtected(vault));
    }
    checkSettled(secrets.find(vault.name(), name), name);
    secrets.remove(vault.name(), name);
    return Answer.empty(204);
  }

  /// What is still on its way into the bin can neither be taken out of it nor destroyed.
  private void checkSettled(Optional<Secret> known, String name) throws Denied {
    Secret.Deletion bin =
        known
            .flatMap(Secret::deletion)
            .orElseThrow(() -> new Denied(new Denial.DeletedNotFound(name)));
    if (world.clock().now().isBefore(bin.settled())) {
      throw new Denied(new Denial.DeletionRuns());
    }
  }

  private boolean isSettled(Secret secret) {
    return secret
        .deletion()
        .filter(bin -> !world.clock().now().isBefore(bin.settled()))
        .isPresent();
  }
}
