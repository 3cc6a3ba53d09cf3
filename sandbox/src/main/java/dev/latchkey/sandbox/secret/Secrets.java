// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/// The secrets of all vaults, and every value that ever was one. Safe for use by several threads.
public final class Secrets {
  private static final Duration RETENTION = Duration.ofDays(90);

  private final SandboxClock clock;
  private final Seed seed;
  private final ConcurrentMap<String, ConcurrentSkipListMap<String, Secret>> vaults =
      new ConcurrentHashMap<>();
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /// No secrets yet.
  public Secrets(SandboxClock clock, Seed seed) {
    this.clock = clock;
    this.seed = seed;
  }

  /// Adds a secret with a generated value.
  public void generate(String vault, String name) {
    Instant now = clock.now();
    var value = new SecretValue("sandbox-" + seed.hex("secret", vault + "/" + name, 40));
    put(vault, name, version(vault, name, value, Optional.empty(), now));
  }

  /// Adds a secret, or a version of one, with a value of the caller's.
  public void set(String vault, String name, String value, Optional<String> contentType) {
    put(vault, name, version(vault, name, new SecretValue(value), contentType, clock.now()));
  }

  private Secret.Version version(
      String vault, String name, SecretValue value, Optional<String> contentType, Instant now) {
    return new Secret.Version(
        newVersion(vault, name),
        value,
        contentType,
        true,
        OptionalLong.empty(),
        OptionalLong.empty(),
        now,
        now,
        Map.of());
  }

  /// Switches the newest version off, as somebody at the portal would.
  public void disable(String vault, String name) {
    update(vault, name, secret -> secret.withVersion(secret.latest().switched(false)));
  }

  /// Switches the newest version on again.
  public void enable(String vault, String name) {
    update(vault, name, secret -> secret.withVersion(secret.latest().switched(true)));
  }

  /// Moves a secret to the vault's bin, where it lies at once.
  public void delete(String vault, String name) {
    Instant now = clock.now();
    var bin = new Secret.Deletion(now, now, now.plus(RETENTION));
    update(vault, name, secret -> secret.deleted(bin));
  }

  /// Takes a secret out of the bin; it can be read at once.
  public void recover(String vault, String name) {
    update(vault, name, secret -> secret.recovered(clock.now()));
  }

  /// One secret with all its versions and values, as a saved world holds it.
  ///
  /// @param vault the vault's name in lower case
  /// @param versions oldest first, at least one
  /// @param bin present while it lies in the vault's bin
  public record Saved(
      String vault,
      String name,
      List<Written> versions,
      Instant readableFrom,
      Optional<Binned> bin) {
    public Saved {
      versions = List.copyOf(versions);
      if (versions.isEmpty()) {
        throw new IllegalArgumentException("a secret has at least one version");
      }
    }
  }

  /// When a secret was deleted, when the bin shows it, and when the bin is emptied of it.
  public record Binned(Instant at, Instant settled, Instant purge) {}

  /// All secrets of all vaults, in the order of their names.
  public List<Saved> saved() {
    return vaults.keySet().stream()
        .sorted()
        .flatMap(vault -> all(vault).stream().map(secret -> saved(vault, secret)))
        .toList();
  }

  private static Saved saved(String vault, Secret secret) {
    return new Saved(
        vault,
        secret.name(),
        secret.versions().stream().map(version -> written(secret.name(), version)).toList(),
        secret.readableFrom(),
        secret.deletion().map(bin -> new Binned(bin.at(), bin.settled(), bin.purge())));
  }

  /// Adds what was saved.
  public void restore(List<Saved> saved) {
    for (Saved one : saved) {
      one.versions().forEach(version -> values.add(version.value()));
      restore(
          one.vault(),
          new Secret(
              one.name(),
              one.versions().stream().map(Secrets::version).toList(),
              one.readableFrom(),
              one.bin().map(bin -> new Secret.Deletion(bin.at(), bin.settled(), bin.purge()))));
    }
  }

  /// What may be told of a secret without its value: its newest version.
  public record Known(
      String name,
      String version,
      Optional<String> contentType,
      boolean enabled,
      Instant created,
      Instant updated) {}

  /// A vault's secrets, without those in its bin.
  public List<Known> known(String vault) {
    return all(vault).stream()
        .filter(secret -> secret.deletion().isEmpty())
        .map(Secrets::known)
        .toList();
  }

  private static Known known(Secret secret) {
    Secret.Version latest = secret.latest();
    return new Known(
        secret.name(),
        latest.id(),
        latest.contentType(),
        latest.enabled(),
        latest.created(),
        latest.updated());
  }

  /// Every value that a secret has or had, so that tests can look for leaks of them.
  public Set<String> values() {
    return Set.copyOf(values);
  }

  String newVersion(String vault, String name) {
    return seed.hex("version", vault + "/" + name, 32);
  }

  void put(String vault, String name, Secret.Version version) {
    version.value().use(values::add);
    vault(vault)
        .compute(
            key(name),
            (_, known) ->
                known == null || !isNotPurged(known)
                    ? new Secret(name, List.of(version), Instant.EPOCH, Optional.empty())
                    : known.withVersion(version));
  }

  void restore(String vault, Secret secret) {
    vault(vault).put(key(secret.name()), secret);
  }

  Optional<Secret> find(String vault, String name) {
    return Optional.ofNullable(vault(vault).get(key(name))).filter(this::isNotPurged);
  }

  List<Secret> all(String vault) {
    return vault(vault).values().stream().filter(this::isNotPurged).toList();
  }

  Optional<Secret> update(String vault, String name, UnaryOperator<Secret> change) {
    return Optional.ofNullable(
        vault(vault).computeIfPresent(key(name), (_, known) -> change.apply(known)));
  }

  void remove(String vault, String name) {
    vault(vault).remove(key(name));
  }

  /// A version of a secret as somebody wrote it long ago.
  ///
  /// @param notBefore Unix seconds
  /// @param expires Unix seconds
  public record Written(
      String name,
      String version,
      String value,
      Optional<String> contentType,
      boolean enabled,
      OptionalLong notBefore,
      OptionalLong expires,
      Instant created,
      Instant updated,
      Map<String, String> tags) {
    @Override
    public String toString() {
      return "Written[" + name + "/" + version + "]";
    }
  }

  /// Adds a version that has been there for long.
  public void add(String vault, Written written) {
    put(vault, written.name(), version(written));
  }

  private static Secret.Version version(Written written) {
    return new Secret.Version(
        written.version(),
        new SecretValue(written.value()),
        written.contentType(),
        written.enabled(),
        written.notBefore(),
        written.expires(),
        written.created(),
        written.updated(),
        written.tags());
  }

  private static Written written(String name, Secret.Version version) {
    return new Written(
        name,
        version.id(),
        version.value().use(value -> value),
        version.contentType(),
        version.enabled(),
        version.notBefore(),
        version.expires(),
        version.created(),
        version.updated(),
        version.tags());
  }

  /// Puts a secret into the bin, where everybody sees it at once.
  ///
  /// @param purge when the bin is emptied of it
  public void bin(String vault, String name, Instant purge) {
    Instant now = clock.now();
    update(vault, name, secret -> secret.deleted(new Secret.Deletion(now, now, purge)));
  }

  /// When the last deletion or recovery of a secret is seen by all; empty for an unknown one.
  public Optional<Instant> settled(String vault, String name) {
    return find(vault, name)
        .map(
            secret ->
                secret.deletion().map(Secret.Deletion::settled).orElse(secret.readableFrom()));
  }

  /// Whether a secret lies in the bin; empty for an unknown one.
  public Optional<Place> place(String vault, String name) {
    return find(vault, name).map(secret -> secret.deletion().isPresent() ? Place.BIN : Place.VAULT);
  }

  /// Where a secret is.
  public enum Place {
    VAULT,
    BIN
  }

  /// Forgets a secret, as if it had never been.
  public void forget(String vault, String name) {
    remove(vault, name);
  }

  /// Forgets a whole vault, its bin too.
  public void forget(String vault) {
    vaults.remove(key(vault));
  }

  private boolean isNotPurged(Secret secret) {
    return secret.deletion().map(bin -> clock.now().isBefore(bin.purge())).orElse(true);
  }

  private ConcurrentSkipListMap<String, Secret> vault(String name) {
    return vaults.computeIfAbsent(key(name), _ -> new ConcurrentSkipListMap<>());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
