// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Backups of secrets. What a client gets is opaque and holds no value: the sandbox itself keeps
/// what it stands for, as Azure alone can open its own.
///
/// A backup can be restored to any vault of the same subscription.
final class Backups {
  private record Backup(String subscription, Secret secret) {}

  private final Seed seed;
  private final ConcurrentMap<String, Backup> byBlob = new ConcurrentHashMap<>();

  Backups(Seed seed) {
    this.seed = seed;
  }

  String make(Rules vault, Secret secret) {
    byte[] bytes =
        HexFormat.of().parseHex(seed.hex("backup", vault.id() + "/" + secret.name(), 64));
    String blob = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    byBlob.put(blob, new Backup(subscription(vault), secret));
    return blob;
  }

  Secret open(Rules vault, String blob) throws Denied {
    return Optional.ofNullable(byBlob.get(blob))
        .filter(backup -> backup.subscription().equalsIgnoreCase(subscription(vault)))
        .map(Backup::secret)
        .orElseThrow(
            () ->
                new Denied(
                    new Denial.BodyInvalid(
                        "The backup blob is invalid, or of another subscription.")));
  }

  private static String subscription(Rules vault) {
    String[] words = vault.id().split("/", 4);
    return words.length > 2 ? words[2] : "";
  }
}
