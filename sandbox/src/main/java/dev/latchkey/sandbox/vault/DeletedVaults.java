// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Refusal;
import dev.latchkey.sandbox.arm.ResourceType;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.util.Set;

/// Deleted vaults: the list of a subscription, and each at its location, where it can be purged.
final class DeletedVaults implements ResourceType {
  /// Which of the two addresses.
  enum Kind {
    LIST("Microsoft.KeyVault/deletedVaults"),
    ONE("Microsoft.KeyVault/locations/deletedVaults");

    private final String type;

    Kind(String type) {
      this.type = type;
    }
  }

  private final Kind kind;
  private final VaultBin bin;
  private final Purges purges;
  private final Addresses addresses;

  DeletedVaults(Kind kind, VaultBin bin, Purges purges, Addresses addresses) {
    this.kind = kind;
    this.bin = bin;
    this.purges = purges;
    this.addresses = addresses;
  }

  @Override
  public String name() {
    return kind.type;
  }

  @Override
  public Set<String> apiVersions() {
    return KeyVaults.VERSIONS;
  }

  @Override
  public Home home() {
    return Home.SUBSCRIPTION;
  }

  @Override
  public Set<String> actions() {
    return switch (kind) {
      case LIST -> Set.of();
      case ONE -> Set.of("purge");
    };
  }

  @Override
  public Answer list(Call call) {
    return switch (kind) {
      case LIST ->
          VaultPages.of(
              call, addresses, bin.of(call.target().subscription().orElse("")), VaultBin::shown);
      case ONE -> ResourceType.notAllowed(call);
    };
  }

  @Override
  public Answer read(Call call) {
    return bin.find(call.target().path())
        .map(deleted -> Answer.json(200, VaultBin.shown(deleted)))
        .orElseGet(() -> VaultBin.notFound(call.target().name()));
  }

  @Override
  public Answer post(Call call) {
    return bin.find(call.target().path())
        .map(deleted -> purged(call, deleted))
        .orElseGet(() -> VaultBin.notFound(call.target().name()));
  }

  private Answer purged(Call call, Stored deleted) {
    if (VaultBin.isProtected(deleted)) {
      return Refusal.of(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");
    }
    bin.purge(deleted);
    return purges.begun(call);
  }
}
