// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import dev.latchkey.sandbox.message.Service;
import dev.latchkey.sandbox.secret.Denial.Action;
import dev.latchkey.sandbox.secret.Denial.Caller;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;
import dev.latchkey.sandbox.token.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The data plane of all vaults, for secrets.
public final class KeyVault implements Service {
  private static final Set<String> VERSIONS =
      Set.of("2016-10-01", "7.0", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "2025-07-01");
  private static final Duration REPLICATION = Duration.ofSeconds(10);

  private final World world;
  private final Doorkeeper doorkeeper;
  private final KnownVaults vaults;
  private final Secrets secrets;

  /// What the data plane is built on.
  public record World(
      SandboxClock clock, Pace pace, Seed seed, Keys keys, Access access, Addresses addresses) {}

  /// The data plane of these vaults.
  public KeyVault(World world, KnownVaults vaults, Secrets secrets) {
    this.world = world;
    this.doorkeeper =
        new Doorkeeper(world.clock(), world.keys(), world.access(), world.addresses());
    this.vaults = vaults;
    this.secrets = secrets;
  }

  @Override
  public Answer answer(Ask ask) {
    Optional<Rules> vault =
        switch (ask.origin()) {
          case Origin.Vault(String name) -> vaults.find(name);
          case Origin.Front() -> Optional.empty();
          case Origin.Cluster _ -> Optional.empty();
        };
    return vault.map(rules -> answer(ask, rules)).orElse(Answer.empty(404));
  }

  private Answer answer(Ask ask, Rules vault) {
    try {
      Caller caller = doorkeeper.caller(ask, vault);
      return traced(ask, vault, new Visit(ask, vault, caller, shape(ask, vault)).answer());
    } catch (Denied denied) {
      return traced(ask, vault, refused(denied.why(), vault));
    }
  }

  private Shape shape(Ask ask, Rules vault) throws Denied {
    String version =
        ask.parameter("api-version").orElseThrow(() -> new Denied(new Denial.VersionMissing()));
    if (!VERSIONS.contains(version)) {
      throw new Denied(new Denial.VersionUnknown(version));
    }
    return new Shape(world.addresses(), vault, version);
  }

  private Answer refused(Denial why, Rules vault) {
    DenialWording wording = DenialWording.of(why);
    Answer answer = Answer.json(wording.status(), wording.body());
    return wording.status() == 401
        ? answer.with("WWW-Authenticate", challenge(why, vault))
        : answer;
  }

  private String challenge(Denial why, Rules vault) {
    String challenge =
        "Bearer authorization=\"%s/%s\", resource=\"%s\""
            .formatted(
                world.addresses().login(), vault.tenantId(), world.addresses().vaultResource());
    return why instanceof Denial.TokenMissing ? challenge : challenge + ", error=\"invalid_token\"";
  }

  private Answer traced(Ask ask, Rules vault, Answer answer) {
    Answer traced =
        answer
            .with("x-ms-keyvault-region", vault.location())
            .with("x-ms-request-id", world.seed().uuid("request", ask.path()).toString())
            .with(
                "x-ms-keyvault-network-info",
                "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;")
            .with("Cache-Control", "no-cache")
            .with("X-Content-Type-Options", "nosniff");
    return ask.header("x-ms-client-request-id")
        .map(id -> traced.with("x-ms-client-request-id", id))
        .orElse(traced);
  }

  /// One request of a caller whose token is good.
  private final class Visit {
    private final Ask ask;
    private final Rules vault;
    private final Caller caller;
    private final Shape shape;

    Visit(Ask ask, Rules vault, Caller caller, Shape shape) {
      this.ask = ask;
      this.vault = vault;
      this.caller = caller;
      this.shape = shape;
    }

    Answer answer() throws Denied {
      List<String> parts =
          Arrays.stream(ask.path().split("/", -1)).filter(part -> !part.isEmpty()).toList();
      String place = parts.isEmpty() ? "" : parts.getFirst();
      return switch (place) {
        case "secrets" -> secrets(parts);
        case "deletedsecrets" -> deletedSecrets(parts);
        default -> throw new Denied(new Denial.NoSuchOperation());
      };
    }

    private Answer secrets(List<String> parts) throws Denied {
      if (parts.size() == 1 && isGet()) {
        return list();
      }
      if (parts.size() == 3 && parts.get(2).equals("versions") && isGet()) {
        return versions(parts.get(1));
      }
      if (parts.size() < 2 || parts.size() > 3) {
        throw new Denied(new Denial.NoSuchOperation());
      }
      String name = parts.get(1);
      Optional<String> version = parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty();
      return switch (ask.method()) {
        case "GET" -> get(name, version);
        case "PUT" -> put(name);
        case "PATCH" -> patch(name, version);
        case "DELETE" -> delete(name);
        default -> throw new Denied(new Denial.NoSuchOperation());
      };
    }

    private Answer deletedSecrets(List<String> parts) throws Denied {
      if (parts.size() == 1 && isGet()) {
        return listDeleted();
      }
      if (parts.size() == 3 && parts.get(2).equals("recover") && ask.method().equals("POST")) {
        return recover(parts.get(1));
      }
      if (parts.size() == 2 && isGet()) {
        doorkeeper.checkSecret(caller, Action.LIST, vault, parts.get(1));
        return Answer.json(200, shape.deleted(settled(parts.get(1))));
      }
      if (parts.size() == 2 && ask.method().equals("DELETE")) {
        return purge(parts.get(1));
      }
      throw new Denied(new Denial.NoSuchOperation());
    }

    private boolean isGet() {
      return ask.method().equals("GET");
    }

    private Answer list() throws Denied {
      doorkeeper.checkVault(caller, Action.LIST, vault);
      List<Secret> live =
          secrets.all(vault.name()).stream().filter(secret -> isReadable(secret)).toList();
      return Answer.json(
          200,
          Paging.of(ask).page(live, Secret::name, shape::listed, shape.base() + "/secrets", ask));
    }

    private Answer listDeleted() throws Denied {
      doorkeeper.checkVault(caller, Action.LIST, vault);
      List<Secret> inBin =
          secrets.all(vault.name()).stream().filter(secret -> isSettled(secret)).toList();
      return Answer.json(
          200,
          Paging.of(ask)
              .page(
                  inBin,
                  Secret::name,
                  shape::deletedListed,
                  shape.base() + "/deletedsecrets",
                  ask));
    }

    private Answer versions(String name) throws Denied {
      doorkeeper.checkSecret(caller, Action.LIST, vault, name);
      Secret secret = readable(name, name);
      List<Secret.Version> byId =
          secret.versions().stream()
              .sorted((one, other) -> one.id().compareTo(other.id()))
              .toList();
      return Answer.json(
          200,
          Paging.of(ask)
              .page(
                  byId,
                  Secret.Version::id,
                  version -> shape.ofVersion(secret, version),
                  shape.base() + "/secrets/" + secret.name() + "/versions",
                  ask));
    }

    private Answer get(String name, Optional<String> version) throws Denied {
      doorkeeper.checkSecret(caller, Action.GET, vault, name);
      String asked = version.map(id -> name + "/" + id).orElse(name);
      Secret secret = readable(name, asked);
      Secret.Version found = version(secret, version, asked);
      if (!found.enabled()) {
        throw new Denied(new Denial.Disabled());
      }
      return Answer.json(200, shape.withValue(secret, found));
    }

    private Secret.Version version(Secret secret, Optional<String> id, String asked) throws Denied {
      return id.isEmpty()
          ? secret.latest()
          : id.flatMap(secret::version).orElseThrow(() -> new Denied(new Denial.NotFound(asked)));
    }

    private Answer put(String name) throws Denied {
      doorkeeper.checkSecret(caller, Action.SET, vault, name);
      Optional<Secret> known = secrets.find(vault.name(), name);
      if (known.flatMap(Secret::deletion).isPresent()) {
        boolean settled = isSettled(known.get());
        throw new Denied(
            settled ? new Denial.DeletedButRecoverable(name) : new Denial.BeingDeleted(name));
      }
      Wanted wanted = Wanted.read(ask);
      Secret.Version version =
          wanted.version(secrets.newVersion(vault.name(), name), world.clock().now());
      secrets.put(vault.name(), name, version);
      return Answer.json(200, shape.withValue(readable(name, name), version));
    }

    private Answer patch(String name, Optional<String> id) throws Denied {
      doorkeeper.checkSecret(caller, Action.UPDATE, vault, name);
      String asked = id.map(version -> name + "/" + version).orElse(name);
      Secret secret = readable(name, asked);
      Secret.Version changed = Wanted.patch(ask, version(secret, id, asked), world.clock().now());
      secrets.put(vault.name(), name, changed);
      return Answer.json(200, shape.ofVersion(secret, changed));
    }

    private Answer delete(String name) throws Denied {
      doorkeeper.checkSecret(caller, Action.DELETE, vault, name);
      readable(name, name);
      Instant now = world.clock().now();
      var bin =
          new Secret.Deletion(
              now,
              now.plus(world.pace().of(REPLICATION)),
              now.plus(Duration.ofDays(vault.retentionDays())));
      Secret deleted =
          secrets
              .update(vault.name(), name, secret -> secret.deleted(bin))
              .orElseThrow(() -> new Denied(new Denial.NotFound(name)));
      return Answer.json(200, shape.deleted(deleted));
    }

    private Answer recover(String name) throws Denied {
      doorkeeper.checkSecret(caller, Action.RECOVER, vault, name);
      Optional<Secret> known = secrets.find(vault.name(), name);
      if (known.isPresent() && known.get().deletion().isEmpty()) {
        throw new Denied(new Denial.NotDeleted(name));
      }
      settled(name);
      Instant readable = world.clock().now().plus(world.pace().of(REPLICATION));
      Secret back =
          secrets
              .update(vault.name(), name, secret -> secret.recovered(readable))
              .orElseThrow(() -> new Denied(new Denial.DeletedNotFound(name)));
      return Answer.json(200, shape.ofVersion(back, back.latest()));
    }

    private Answer purge(String name) throws Denied {
      doorkeeper.checkSecret(caller, Action.PURGE, vault, name);
      settled(name);
      secrets.remove(vault.name(), name);
      return Answer.empty(204);
    }

    private Secret readable(String name, String asked) throws Denied {
      return secrets
          .find(vault.name(), name)
          .filter(this::isReadable)
          .orElseThrow(() -> new Denied(new Denial.NotFound(asked)));
    }

    private Secret settled(String name) throws Denied {
      return secrets
          .find(vault.name(), name)
          .filter(this::isSettled)
          .orElseThrow(() -> new Denied(new Denial.DeletedNotFound(name)));
    }

    private boolean isReadable(Secret secret) {
      return secret.deletion().isEmpty() && !world.clock().now().isBefore(secret.readableFrom());
    }

    private boolean isSettled(Secret secret) {
      return secret
          .deletion()
          .filter(bin -> !world.clock().now().isBefore(bin.settled()))
          .isPresent();
    }
  }
}
